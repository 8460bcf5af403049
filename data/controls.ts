/**
 * Domains whose DNSSEC state is common knowledge, to tell whether we see straight before anybody is blamed (S18). They hang
 * on the root that IANA signs, so they say nothing under other trust anchors. Chosen 2026-11-23 by who keeps them, from the
 * sources named, not from a measurement: look them over once a year. The good ones have three keepers, so that one of them
 * can be away.
 */
import { type Name, name } from "../lib/wire/name.ts";

interface ControlDomain {
  readonly domain: Name;
  readonly why: string;
  readonly source: string;
}

/** Signed, and kept by people who would notice within the hour if they were not. */
const GOOD: readonly ControlDomain[] = [
  {
    domain: name("iana.org"),
    why: "its keeper publishes the trust anchors of the root",
    source: "data.iana.org/root-anchors",
  },
  {
    domain: name("internet.nl"),
    why: "its keeper measures the DNSSEC of everybody else",
    source: "sidn.nl/en/news-and-blogs/danish-registry-launches-successful-clone-of-internet-nl",
  },
  {
    domain: name("punktum.dk"),
    why: "its keeper runs .dk and has worked for its signing since 2021",
    source: "punktum.dk/en/articles/we-work-for-safety-on-the-internet",
  },
];

/** Broken on purpose, and kept so. */
const BAD: readonly ControlDomain[] = [
  {
    domain: name("dnssec-failed.org"),
    why: "Comcast keeps a signed zone there that must not validate, for people to test with",
    source:
      "jpmens.net/2012/07/30/is-my-web-site-being-used-via-dnssec-validator; DNSSEC Mastery, 2nd edition, chapter 47",
  },
];

/** `good` must come out as pass, `bad` as fail. */
export const S18_CONTROLS: { readonly good: readonly Name[]; readonly bad: readonly Name[] } = {
  good: GOOD.map(({ domain }) => domain),
  bad: BAD.map(({ domain }) => domain),
};
