import type { DomainAsset } from "../../core/asset.ts";
import type { Scenario, World, WorldZone } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";
import { goodDomain, goodZone, type ZoneChanges } from "./base-world.ts";

const KINDS = ["dns.dmarc", "dns.spf", "dns.dkim"] as const;
const GOOD = ["S23_DMARC_PRESENT", "S23_DMARC_REJECT"] as const;

type Said = Pick<Scenario, "tags" | "verdict" | "cause">;

/** DMARC is as it should be; `more` are warnings. */
export const passes = (...more: string[]): Said => ({ tags: [...GOOD, ...more], verdict: "pass" });
/** DMARC fails, with exactly these tags. */
export const fails = (...tags: string[]): Said => ({ tags, verdict: "fail" });
/** The record is there and valid; its policy is what fails. */
export const weak = (...tags: string[]): Said => fails("S23_DMARC_PRESENT", ...tags);

/** What is seen in a world. */
export function inWorld(title: string, world: World, said: Said, asset: DomainAsset = goodDomain): Scenario {
  return {
    name: title,
    asset: () => asset,
    observe: (rehearsal) => rehearsal.observeIn(world, asset, KINDS),
    ...said,
  };
}

/** The good zone with changes, and zones of others beside it. */
export function zones(title: string, changes: ZoneChanges, said: Said, options: Options = {}): Scenario {
  const { others = [], below = [] } = options;
  const asset = below.length === 0 ? goodDomain : { ...goodDomain, delegations: below.map((each) => name(each)) };
  return inWorld(title, { zones: [goodZone(changes), ...others] }, said, asset);
}

/** What else there is. */
export interface Options {
  readonly others?: readonly WorldZone[];
  /** Names below that the inventory knows. */
  readonly below?: readonly string[];
}

const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

/** The good zone with other texts at `_dmarc.kommune.dk`. */
export function texts(title: string, published: readonly string[], said: Said, options: Options = {}): Scenario {
  const records = published.map((text) => `_dmarc TXT ${quoted(text)}`);
  return zones(title, { without: ["_dmarc TXT"], records }, said, options);
}

/** Reports to the domain itself. */
export const REPORTS = "rua=mailto:dmarc@kommune.dk";
