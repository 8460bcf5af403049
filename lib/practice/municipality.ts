import { name, type Name } from "../wire/name.ts";
import { PRACTICE_CASES, type PracticeCase } from "./cases.ts";

/** Addresses of the practice resolvers, as in their certificate. Either answers over DoH and over plain DNS. */
export const DOH_ADDRESS = "185.20.0.53";
export const PLAIN_ADDRESS = "185.20.0.54";

/** Absolute paths. */
export interface PracticeFiles {
  readonly trustAnchors: string;
  /** The certificate authority of the practice resolvers. */
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

/** How a watch of the practice municipality goes, in the inventory's words for lengths of time. */
export interface PracticePace {
  readonly confirmAfter: string;
  /** Between rounds of each of the families `domains` and `mail`. */
  readonly cadence: string;
}

/** Seconds instead of minutes and hours, so that a change can be seen while one looks on. */
export const PRACTICE_PACE: PracticePace = { confirmAfter: "2s", cadence: "10s" };

export interface PracticeSelection {
  /** Domains, or classes of cases; unset: every usual case. */
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
 * The inventory of the practice municipality (version 1), with the selected standing cases as its domains. Throws a
 * RangeError for a selection that names no standing case.
 */
export function practiceInventory(
  { trustAnchors, authority }: PracticeFiles,
  { only, pace }: PracticeSelection = {},
): object {
  return {
    version: 1,
    municipality: { id: "0000", name: "Kommunen Øvelse" },
    reading: "kommune-2024",
    ...(pace === undefined ? {} : { contacts: { email: [PRACTICE_CONTACT] } }),
    assets: selectedCases(only).map(({ domain, delegations, dkimSelectors, sendsMail }) => ({
      ...{ domain, delegations, dkimSelectors, sendsMail },
    })),
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
  return { confirmAfter, cadence: { domains: cadence, mail: cadence } };
}

function selectedCases(only: readonly string[] | undefined): readonly PracticeCase[] {
  if (only === undefined) return usualCases();
  const cases = standingCases();
  const names = (wanted: string) => (one: PracticeCase) => one.domain === wanted || one.class === wanted;
  const unknown = only.find((wanted) => !cases.some(names(wanted)));
  if (unknown !== undefined) throw new RangeError(`no standing practice case is called ${unknown}`);
  return cases.filter((one) => only.some((wanted) => names(wanted)(one)));
}
