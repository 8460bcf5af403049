import type { World, WorldZone } from "../../../lib/core/scenario.ts";
import { indexZone, type Zone } from "../../../lib/practice/zone.ts";
import type { ResourceRecord } from "../../../lib/wire/message.ts";
import { isAtOrBelow, labelCount, labelsOf, name, type Name, ROOT } from "../../../lib/wire/name.ts";
import { parseRecordType, type RecordType } from "../../../lib/wire/record-type.ts";
import { parseZoneFile } from "../../../lib/wire/zone-file.ts";
import { signZone } from "./sign-zone.ts";
import { dsOf, keyOf } from "./world-key.ts";

/** One owner and type that a world says something special about. */
export interface Spot {
  readonly owner: Name;
  readonly type: RecordType;
}

/** A zone with its servers, ready to answer. */
export interface PlannedZone {
  readonly origin: Name;
  readonly addresses: readonly [string, string];
  readonly state: NonNullable<WorldZone["state"]>;
  readonly zone: Zone;
  readonly spoilt: readonly Spot[];
  readonly failing: readonly Spot[];
  readonly silent: readonly Spot[];
  readonly compactDenial: boolean;
  readonly deniesEmptyNonTerminals: boolean;
}

const TTL = 3600;
const SOA = "@ SOA ns1 hostmaster 2026112301 7200 3600 1209600 300";
const SERVERS = 2;
const MAX_ZONES = 250;

/** All zones of a world, the root and the top-level domains included, with delegations between them, signed. */
export function planWorld({ zones }: World): readonly PlannedZone[] {
  const given = new Map(zones.map((zone) => [originOf(zone), zone]));
  if (given.size !== zones.length) throw new Error("a zone of the world is given twice");
  for (const origin of [...given.keys()].flatMap(apexesAbove)) {
    if (!given.has(origin)) given.set(origin, { name: origin, records: [] });
  }
  if (given.size > MAX_ZONES) throw new RangeError(`a world has at most ${String(MAX_ZONES)} zones`);
  const drafts = [...given].map(([origin, zone], index) => ({ origin, zone, addresses: addressesOf(index) }));
  return drafts.map((draft) => planZone(draft, drafts));
}

interface Draft {
  readonly origin: Name;
  readonly zone: WorldZone;
  readonly addresses: readonly [string, string];
}

function planZone({ origin, zone, addresses }: Draft, all: readonly Draft[]): PlannedZone {
  const { state = "signed", compactDenial = false, deniesEmptyNonTerminals = false } = zone;
  const origins = all.map((draft) => draft.origin);
  const children = all.filter((draft) => draft.origin !== ROOT && parentAmong(draft.origin, origins) === origin);
  const records = [
    ...readLines(origin, [SOA, ...serverLines(addresses), ...zone.records]),
    ...children.flatMap(delegationOf),
  ];
  const spoilt = spotsOf(origin, zone.spoilt);
  // Denials are spoilt where they are asked for: the record that denies a name may stand at any other.
  const isSpoilt = (owner: Name, type: RecordType): boolean =>
    type !== "NSEC" && spoilt.some((spot) => isAt(spot, owner, type));
  const plan = { origin, key: keyOf(origin), chain: !compactDenial, isSpoilt };
  const signed = state === "unsigned" ? records : signZone(records, plan);
  for (const { owner, type } of spoilt) {
    const isThere = type === "NSEC" || signed.some((record) => record.name === owner && record.type === type);
    if (!isThere || state === "unsigned") throw new Error(`nothing to spoil at ${owner} ${type}`);
  }
  return {
    ...{ origin, addresses, state, spoilt, compactDenial, deniesEmptyNonTerminals, zone: indexZone(origin, signed) },
    ...{ failing: spotsOf(origin, zone.failing), silent: spotsOf(origin, zone.silent) },
  };
}

/** Whether a spot is this owner and type. */
export function isAt(spot: Spot, owner: Name, type: RecordType): boolean {
  return spot.owner === owner && spot.type === type;
}

function originOf({ name: text }: WorldZone): Name {
  return text === "" ? ROOT : name(text);
}

/** The root and the top-level domain: below those a zone begins where a world says so. */
function apexesAbove(origin: Name): readonly Name[] {
  const top = labelsOf(origin).at(-1);
  return top === undefined ? [ROOT] : [ROOT, name(`${top}.`)];
}

function parentAmong(origin: Name, origins: readonly Name[]): Name {
  const above = origins.filter((other) => other !== origin && isAtOrBelow(origin, other));
  return above.reduce((best, other) => (labelCount(other) > labelCount(best) ? other : best), ROOT);
}

/** Two servers a zone, in public space: a probe leaves out what no one can reach. */
function addressesOf(index: number): readonly [string, string] {
  return [`185.21.${String(index)}.1`, `185.21.${String(index)}.2`];
}

function serverLines(addresses: readonly string[]): readonly string[] {
  const servers = addresses.slice(0, SERVERS).map((address, index) => ({ server: `ns${String(index + 1)}`, address }));
  return servers.flatMap(({ server, address }) => [`@ NS ${server}`, `${server} A ${address}`]);
}

/** NS, glue and DS, as the parent has them. A zone that is unsigned has no DS, one that is bogus the DS of another key. */
function delegationOf({ origin, zone: { state = "signed" }, addresses }: Draft): readonly ResourceRecord[] {
  const ds = dsOf(keyOf(origin, state === "bogus" ? "strange" : "own"));
  return [...readLines(origin, serverLines(addresses)), ...(state === "unsigned" ? [] : [ds])];
}

function readLines(origin: Name, lines: readonly string[]): readonly ResourceRecord[] {
  const records = parseZoneFile([`$TTL ${String(TTL)}`, ...lines, ""].join("\n"), origin);
  if (!records.ok) throw new Error(`zone ${origin}: ${records.problem}`);
  const outside = records.value.find((record) => !isAtOrBelow(record.name, origin));
  if (outside !== undefined) throw new Error(`zone ${origin}: ${outside.name} lies outside`);
  return records.value;
}

function spotsOf(origin: Name, texts: readonly string[] = []): readonly Spot[] {
  return texts.map((text) => {
    const [owner, typeText, ...rest] = text.split(" ");
    const type = parseRecordType(typeText ?? "");
    if (owner === undefined || !type.ok || rest.length > 0) throw new Error(`"${text}" is not an owner and a type`);
    return { owner: ownerIn(origin, owner), type: type.value };
  });
}

function ownerIn(origin: Name, text: string): Name {
  if (text === "@") return origin;
  return text.endsWith(".") ? name(text) : name(`${text}.${origin === ROOT ? "" : origin}`);
}
