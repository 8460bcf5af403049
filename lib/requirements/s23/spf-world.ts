import type { DomainAsset } from "../../core/asset.ts";
import type { Scenario, World, WorldZone } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";
import { goodDomain, goodZone, type ZoneChanges } from "./base-world.ts";

const KINDS = ["dns.dmarc", "dns.spf", "dns.dkim"] as const;

/** Of the tags, those of SPF and of what was not observed; what DMARC and DKIM say of the good world comes to them. */
export type SpfSaid = Pick<Scenario, "tags" | "verdict" | "reading" | "cause">;

export interface SpfOptions {
  /** Zones of others: providers and whoever the record leads to. */
  readonly others?: readonly WorldZone[];
  readonly changes?: ZoneChanges;
  /** Names below that the inventory knows. */
  readonly below?: readonly string[];
  readonly asset?: Partial<DomainAsset>;
}

export const passes = (...more: string[]): SpfSaid => ({ tags: ["S23_SPF_SOUND", ...more], verdict: "pass" });
export const fails = (...tags: string[]): SpfSaid => ({ tags, verdict: "fail" });

/** Nothing fails, and the engine says of one thing that it was not seen. */
export function unknown(cause: NonNullable<Scenario["cause"]>, ...more: string[]): SpfSaid {
  return {
    tags: [`S23_UNOBSERVED_${cause.toUpperCase().replaceAll("-", "_")}`, ...more],
    verdict: "indeterminate",
    cause,
  };
}

/** Nothing fails, and what decides depends on the sender. */
export function notKnown(...tags: string[]): SpfSaid {
  return { tags, verdict: "indeterminate", cause: "not-observable" };
}

/** The good domain with these SPF records, each the text of one TXT record, in place of its own. */
export function published(
  title: string,
  texts: readonly string[],
  said: SpfSaid,
  { others = [], changes = {}, below = [], asset = {} }: SpfOptions = {},
): Scenario {
  const { without = [], records = [], ...rest } = changes;
  const zone = goodZone({
    without: ["@ TXT", ...without],
    records: [...texts.map((text) => `@ TXT ${quoted(text)}`), ...records],
    ...rest,
  });
  return inWorld(title, { zones: [zone, ...others] }, said, {
    ...goodDomain,
    ...(below.length === 0 ? {} : { delegations: below.map((each) => name(each)) }),
    ...asset,
  });
}

export function inWorld(title: string, world: World, said: SpfSaid, asset: DomainAsset = goodDomain): Scenario {
  return {
    name: title,
    asset: () => asset,
    observe: (rehearsal) => rehearsal.observeIn(world, asset, KINDS),
    ...said,
  };
}

/** A provider's zone: the record at `_spf`, and what else is there. */
export function provider(text: string, ...records: readonly string[]): WorldZone {
  return { name: "afsender.dk", records: [`_spf TXT ${quoted(text)}`, ...records] };
}

const STRING_LENGTH = 200;

/** As strings of a TXT record, which hold 255 octets each. */
function quoted(text: string): string {
  const pieces = Array.from({ length: Math.max(1, Math.ceil(text.length / STRING_LENGTH)) }, (_, at) =>
    text.slice(at * STRING_LENGTH, (at + 1) * STRING_LENGTH),
  );
  return pieces.map((piece) => `"${piece}"`).join(" ");
}
