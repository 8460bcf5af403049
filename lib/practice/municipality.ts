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

/** The inventory of the practice municipality (version 1), with every standing case as a domain. */
export function practiceInventory({ trustAnchors, authority }: PracticeFiles): object {
  return {
    version: 1,
    municipality: { id: "0000", name: "Kommunen Øvelse" },
    reading: "kommune-2024",
    assets: standingCases().map(({ domain, delegations }) => ({
      domain,
      ...(delegations === undefined ? {} : { delegations }),
    })),
    network: {
      doh: [`https://${DOH_ADDRESS}/dns-query`],
      dns: [PLAIN_ADDRESS],
      authoritative: "direct",
      trustAnchors,
      ca: authority,
    },
  };
}
