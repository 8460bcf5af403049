import type { DomainAsset } from "../../core/asset.ts";
import type { Scenario, World, WorldZone } from "../../core/scenario.ts";
import { goodDomain, goodZone, type ZoneChanges } from "./base-world.ts";
import { SCENARIO_KEYS } from "./dkim-scenario-keys.ts";

const KINDS = ["dns.dmarc", "dns.spf", "dns.dkim"] as const;

type Said = Pick<Scenario, "tags" | "verdict" | "cause">;

/** Passes, with exactly these tags of DKIM. */
export const passes = (...tags: string[]): Said => ({ tags, verdict: "pass" });
/** Fails, with exactly these tags of DKIM. */
export const fails = (...tags: string[]): Said => ({ tags, verdict: "fail" });
/** Undecided for a cause, with exactly these tags of DKIM. */
export const open = (cause: NonNullable<Scenario["cause"]>, ...tags: string[]): Said => ({
  tags,
  verdict: "indeterminate",
  cause,
});

/** What else is different. */
export interface Options {
  /** What differs in the inventory. */
  readonly asset?: Partial<DomainAsset>;
  readonly others?: readonly WorldZone[];
  readonly reported?: World["reportedSelectors"];
}

/** The good zone with changes, and what DKIM's check says of it. */
export function dkim(
  name: string,
  changes: ZoneChanges,
  said: Said,
  { asset = {}, others = [], reported }: Options = {},
): Scenario {
  const domain = { ...goodDomain, ...asset };
  const zones = [goodZone(changes), ...others];
  const world: World = reported === undefined ? { zones } : { zones, reportedSelectors: reported };
  return {
    name: `DKIM: ${name}`,
    asset: () => domain,
    observe: (rehearsal) => rehearsal.observeIn(world, domain, KINDS),
    ...said,
  };
}

/** A TXT record in strings of a length that one can have. */
export function txt(owner: string, text: string): string {
  const strings = text.match(/.{1,250}/g) ?? [""];
  return `${owner} TXT ${strings.map((string) => `"${string}"`).join(" ")}`;
}

/** The good domain's selector, as `without`, `failing` and the like name it. */
export const SELECTOR1 = "selector1._domainkey TXT";
/** Another text at the good selector. */
export const at1 = (text: string): ZoneChanges => ({
  without: [SELECTOR1],
  records: [txt("selector1._domainkey", text)],
});
/** The good zone without its key. */
export const bare = (...records: string[]): ZoneChanges => ({ without: [SELECTOR1], records });

/** The inventory names no selector. */
export const NOT_DECLARED: Options = { asset: { dkimSelectors: [] } };
/** Something below `_domainkey` at a selector that nobody would guess. */
export const HIDDEN = txt("kx7ab3._domainkey", `v=DKIM1; p=${SCENARIO_KEYS.ed25519}`);
/** RFC 6376 section 3.6.1 in a wildcard: no selector has a key. */
export const NULL_KEY = '*._domainkey TXT "v=DKIM1; p="';

/** The good domain's MX moved to Microsoft 365, whose zone is another's. */
export const MICROSOFT_MX = ["@ MX 0 kommune-dk.mail.protection.outlook.com."];
/** The zone of that MX. */
export const MICROSOFT: WorldZone = {
  name: "outlook.com",
  records: ["kommune-dk.mail.protection A 192.0.2.80"],
  state: "unsigned",
};
/** Where such a customer's key is. */
export const TENANT = "selector1-kommune-dk._domainkey.kommune";
/** The zone of those keys, without one. */
export const TENANT_ZONE: WorldZone = { name: "onmicrosoft.com", records: ["@ A 192.0.2.81"], state: "unsigned" };

/** What reports say of a selector. */
export const report = (selector: string, lastDay: string) => ({
  ...{ selector, passed: 412, firstDay: "2026-09-01", lastDay },
  reporters: ["google.com", "Enterprise Outlook"],
});
