import { name, type Name } from "../wire/name.ts";
import { PRACTICE_CASES, type PracticeCase, WEB_CASES, type WebCase } from "./cases.ts";
import { assetNameOf } from "./web-case.ts";

/** Addresses of the practice resolvers, as in their certificate. Either answers over DoH and over plain DNS. */
export const DOH_ADDRESS = "185.20.0.53";
export const PLAIN_ADDRESS = "185.20.0.54";

/** Absolute paths. */
export interface PracticeFiles {
  readonly trustAnchors: string;
  /** The certificate authorities of the practice resolvers and of the practice web. */
  readonly authority: string;
}

/** The cases whose zones are right on any day: those about remaining signature life exist only in the lab. */
export function standingCases(): readonly PracticeCase[] {
  return PRACTICE_CASES.filter((each) => each.fresh !== true);
}

/** The standing cases that the municipality has unless told otherwise: all that are looked at in a moment. */
export function usualCases(): readonly PracticeCase[] {
  return standingCases().filter((each) => each.slow !== true);
}

/** The web hosts and services that the municipality has unless told otherwise. */
export function usualWebCases(): readonly WebCase[] {
  return WEB_CASES.filter((each) => each.slow !== true);
}

/** How a watch of the practice municipality goes, in the inventory's words for lengths of time. */
export interface PracticePace {
  readonly confirmAfter: string;
  /** Between rounds of each of the families `domains`, `mail` and `web`. */
  readonly cadence: string;
}

/** Seconds instead of minutes and hours, so that a change can be seen while one looks on. */
export const PRACTICE_PACE: PracticePace = { confirmAfter: "2s", cadence: "10s" };

export interface PracticeSelection {
  /** Domains, hosts, services, or classes of cases; unset: every usual case. A domain does not bring its hosts along. */
  readonly only?: readonly string[] | undefined;
  /** Set: the municipality has somebody to be alerted, and is watched at this pace. */
  readonly pace?: PracticePace | undefined;
}

/** The practice gateway that tells whether port 25 can be reached at all. */
const PRACTICE_CANARY = "mail.oevelse.dk";

/** Whom alerts of the practice municipality are for: a name that RFC 2606 keeps out of the world. */
export const PRACTICE_CONTACT = "it-sikkerhed@ovelseskommunen.example";

/**
 * A small municipality that is verified in a moment: each of its name servers answers at once and whole. Four domains are
 * well, the second in the zone of the first; one is unsigned, and the signatures of one have expired.
 */
export const QUICK_DOMAINS: readonly string[] = [
  "oevelse.dk",
  "mail.oevelse.dk",
  "borgerservice-oevelse.dk",
  "raadhus-oevelse.dk",
  "bibliotek-oevelse.dk",
  "genbrug-oevelse.dk",
];

/** Practice domains whose state is known for certain, to tell whether we see straight. No exercise changes them. */
export const PRACTICE_CONTROLS: { readonly good: readonly Name[]; readonly bad: readonly Name[] } = {
  good: [name("raadhus-oevelse.dk")],
  bad: [name("genbrug-oevelse.dk")],
};

/**
 * The inventory of the practice municipality (version 1), with the selected standing cases as its assets. Throws a
 * RangeError for a selection that names no standing case.
 */
export function practiceInventory(
  { trustAnchors, authority }: PracticeFiles,
  { only, pace }: PracticeSelection = {},
): object {
  const { domains, web } = selectedCases(only);
  return {
    version: 1,
    municipality: { id: "0000", name: "Kommunen Øvelse" },
    reading: "kommune-2024",
    ...(pace === undefined ? {} : { contacts: { email: [PRACTICE_CONTACT] } }),
    assets: [
      ...domains.map(({ domain, delegations, dkimSelectors, sendsMail }) => ({
        ...{ domain, delegations, dkimSelectors, sendsMail },
      })),
      ...web.map(({ asset }) => asset),
    ],
    network: {
      doh: [`https://${DOH_ADDRESS}/dns-query`],
      dns: [PLAIN_ADDRESS],
      authoritative: "direct",
      trustAnchors,
      ca: authority,
      smtpCanaries: [PRACTICE_CANARY],
    },
    ...(pace === undefined ? {} : { settings: settingsAt(pace) }),
  };
}

function settingsAt({ confirmAfter, cadence }: PracticePace): object {
  return { confirmAfter, cadence: { domains: cadence, mail: cadence, web: cadence } };
}

interface Selected {
  readonly domains: readonly PracticeCase[];
  readonly web: readonly WebCase[];
}

function selectedCases(only: readonly string[] | undefined): Selected {
  if (only === undefined) return { domains: usualCases(), web: usualWebCases() };
  const wanted = new Set(only);
  const domains = standingCases().filter((one) => wanted.has(one.domain) || wanted.has(one.class));
  const web = WEB_CASES.filter((one) => wanted.has(assetNameOf(one)) || wanted.has(one.class));
  const known = [
    ...domains.flatMap((one) => [one.domain, one.class]),
    ...web.flatMap((one) => [assetNameOf(one), one.class]),
  ];
  const unknown = only.find((each) => !known.includes(each));
  if (unknown !== undefined) throw new RangeError(`no standing practice case is called ${unknown}`);
  return { domains, web };
}
