import { join } from "node:path";
import { applyEdits } from "./edits.ts";
import { dsDigest, keyTag, parseDnskey } from "./key-digest.ts";
import { makeKeys, type ZoneKey } from "./keys.ts";
import { DEFAULT_KEYS, type DsPlan, type Recipe, type Validity } from "./recipe.ts";
import { mapSideBySide } from "./run-tool.ts";
import { server } from "./servers.ts";
import { expandZone, type Period, signZone } from "./signing.ts";
import { delegationLines, serverAddressLines } from "./unsigned-zone.ts";
import { parentZone, serversOf, type ZonePlan } from "./zone-plan.ts";
import { formatZoneLines, type ZoneLine } from "./zone-text.ts";

/** A finished zone as master-file text; `copy` is the divergent version that some servers hold. */
export interface MadeZone {
  readonly plan: ZonePlan;
  readonly text: string;
  readonly copy: string | null;
  /** The zone with its DMARC policy at quarantine; null unless the recipe asks for it. */
  readonly weakened: string | null;
  /** What the parent publishes: DS data, one line each. */
  readonly ds: readonly string[];
}

export interface FactorySettings {
  readonly keyFolder: string;
  readonly periods: Readonly<Record<Validity, Period>>;
  /** Signers run side by side. */
  readonly width: number;
}

const SERIAL = 2026010102;
const OLDER_SERIAL = 2026010101;
const NEWER_SERIAL = 2026010103;
const SHA256 = 2;

/** Makes all zones, children before parents, so that each parent is signed with the DS of its children in it. */
export async function makeZones(plans: readonly ZonePlan[], settings: FactorySettings): Promise<readonly MadeZone[]> {
  const names = new Set(plans.map(({ zone }) => zone));
  if (names.size !== plans.length) throw new Error("a zone is planned twice");
  const made: MadeZone[] = [];
  for (let depth = Math.max(...plans.map(({ zone }) => depthOf(zone))); depth >= 0; depth--) {
    const layer = plans.filter(({ zone }) => depthOf(zone) === depth);
    const below = [...made];
    const delegationsOf = (parent: string): readonly string[] =>
      below.filter(({ plan }) => parentZone(plan.zone, names) === parent).flatMap(delegation);
    made.push(
      ...(await mapSideBySide(layer, settings.width, (plan) => makeZone(plan, delegationsOf(plan.zone), settings))),
    );
  }
  return made;
}

/** NS, DS and glue for one zone, as its parent holds them. */
function delegation({ plan: { zone, recipe }, ds }: MadeZone): readonly string[] {
  const servers = serversOf(recipe);
  const glue = servers.filter((id) => `.${server(id).name}`.endsWith(`.${zone}`));
  return [...delegationLines(zone, servers), ...ds.map((data) => `${zone}. DS ${data}`), ...serverAddressLines(glue)];
}

async function makeZone(plan: ZonePlan, delegations: readonly string[], settings: FactorySettings): Promise<MadeZone> {
  const { zone, recipe } = plan;
  const keys = await makeKeys(zone, recipe.keys ?? DEFAULT_KEYS, settings.keyFolder);
  const signText = (validity: Validity, text: string, signers = keys): Promise<readonly ZoneLine[]> =>
    signOrKeep(plan, signers, text, settings.periods[validity]);
  const sign: Sign = (validity, serial, signers) => signText(validity, plan.text(serial, delegations), signers);
  const signed = await sign(recipe.validity ?? "long", SERIAL);
  const needsExpired = recipe.edits?.some(({ kind }) => kind === "expire-signatures") === true;
  const expired = needsExpired ? await sign("expired", SERIAL) : [];
  const lines = applyEdits(signed, recipe.edits ?? [], expired);
  const copy = await makeCopy(plan, delegations, { keys, sign }, settings);
  const weakened =
    recipe.weakened === true ? await signText("long", weakenPolicy(plan.text(NEWER_SERIAL, delegations))) : null;
  return {
    plan,
    text: formatZoneLines(lines),
    copy: copy === null ? null : formatZoneLines(copy),
    weakened: weakened === null ? null : formatZoneLines(weakened),
    ds: dsRecords(zone, recipe, keys),
  };
}

function weakenPolicy(text: string): string {
  const weakened = text.replace(/(v=DMARC1; p=)reject/u, "$1quarantine");
  if (weakened === text) throw new Error("a zone without a DMARC policy that could be weakened");
  return weakened;
}

/** Signs the zone of a plan, by its own keys unless others are given. */
type Sign = (validity: Validity, serial: number, signers?: readonly ZoneKey[]) => Promise<readonly ZoneLine[]>;

async function makeCopy(
  { zone, recipe, text }: ZonePlan,
  delegations: readonly string[],
  { keys, sign }: { readonly keys: readonly ZoneKey[]; readonly sign: Sign },
  settings: FactorySettings,
): Promise<readonly ZoneLine[] | null> {
  switch (recipe.copy) {
    case "unsigned":
      return expandZone(zone, text(SERIAL, delegations));
    case "older":
      return sign("long", OLDER_SERIAL);
    case "expired":
      return sign("expired", OLDER_SERIAL);
    case "without-denial":
      return applyEdits(await sign("long", SERIAL), [{ kind: "drop-records", types: ["NSEC"] }], []);
    case "other-keys":
      return sign("long", SERIAL, await makeKeys(zone, DEFAULT_KEYS, join(settings.keyFolder, "other")));
    case "standby-keys":
      return sign("long", SERIAL, keys.map(swapUse));
    default:
      return null;
  }
}

/** The keys that were kept out take over from those that signed. */
function swapUse(key: ZoneKey): ZoneKey {
  return { ...key, plan: { ...key.plan, use: key.plan.use === "absent" ? "sign" : "absent" } };
}

async function signOrKeep(
  plan: ZonePlan,
  keys: readonly ZoneKey[],
  text: string,
  period: Period,
): Promise<readonly ZoneLine[]> {
  if (keys.every((key) => key.plan.use === "absent")) return expandZone(plan.zone, text);
  return signZone(plan.zone, text, keys, plan.recipe.denial ?? "nsec", period);
}

function dsRecords(zone: string, recipe: Recipe, keys: readonly ZoneKey[]): readonly string[] {
  const plans: readonly DsPlan[] = recipe.ds ?? [{ key: 0, digest: SHA256 }];
  const renumbered = recipe.edits?.find((edit) => edit.kind === "renumber-algorithm");
  return plans.map((plan) => {
    const key = keys[plan.key];
    if (key === undefined) throw new Error(`${zone} has no key ${String(plan.key)}`);
    const fields = parseDnskey(key.data);
    const told = renumbered === undefined ? fields : { ...fields, algorithm: renumbered.to };
    const digest = dsDigest(zone, told, plan.digest);
    const shown = plan.corrupt === true ? reverse(digest) : digest;
    return [keyTag(told), told.algorithm, plan.claimedDigest ?? plan.digest, shown].join(" ");
  });
}

function reverse(text: string): string {
  return Array.from(text).reverse().join("");
}

function depthOf(zone: string): number {
  return zone === "" ? 0 : zone.split(".").length;
}
