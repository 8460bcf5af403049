import { ancestorsOf, isAtOrBelow, labelCount, type Name } from "../wire/name.ts";
import type { Question } from "../wire/message.ts";
import type { Ds } from "../wire/rdata/ds.ts";
import { judgeDelegation, type Delegation, type DelegationProof } from "./delegation.ts";
import { authenticateKeys, type EntryKind, type KeySet } from "./key-set.ts";
import { earliestExpiry, indeterminate, type Bogus, type Indeterminate, type SignatureUse } from "./outcome.ts";
import type { Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";
import { summariseKey } from "./zone-key.ts";
import type { ZoneStep, ZoneWalk } from "./zone-walk.ts";

/** A walk, and the keys of the deepest secure zone on it. */
export interface GuidedWalk {
  readonly walk: ZoneWalk;
  readonly signer: Signer | null;
  /** Whether the last step is a zone that provably begins there, so that the keys above say nothing about what is in it. */
  readonly endsAtCut: boolean;
}

/**
 * Follows the chain of trust from the anchor towards `target`. Anchors of the uppermost zone that has any and encloses the
 * target are where it starts: with the root's configured, those; others are not used.
 */
export function walkTowards(target: Name, session: Session): GuidedWalk {
  const start = startOf(target, session);
  const way: Way = { target, session, steps: [], uncut: [], uses: [], signer: null };
  if (start === null) {
    const record = { name: target, type: "DNSKEY" };
    const failure = indeterminate("internal", "no-trust-anchor", target, record, "no trust anchor encloses the name");
    return { walk: walkOf(way, "indeterminate", { failure }), signer: null, endsAtCut: false };
  }
  const entered = enterZone(start.zone, start.entries, { kind: "anchor", uses: [], rcode: null }, way);
  if (entered !== null) return entered;
  for (const name of ancestorsOf(target).slice(labelCount(start.zone) + 1)) {
    if (way.signer === null) break;
    const delegation = judgeDelegation(name, way.signer, session);
    const end = passName(name, delegation, way);
    if (end !== null) return end;
    if (delegation.kind === "uncut" && !delegation.mayContinue) break;
  }
  return { walk: walkOf(way, "secure"), signer: way.signer, endsAtCut: false };
}

/** What the walk has gathered on its way. */
interface Way {
  readonly target: Name;
  readonly session: Session;
  readonly steps: ZoneStep[];
  readonly uncut: Name[];
  readonly uses: SignatureUse[];
  signer: Signer | null;
}

interface Entry {
  readonly kind: EntryKind;
  readonly uses: readonly SignatureUse[];
  readonly rcode: number | null;
}

/** Null: the walk goes on. */
function passName(name: Name, delegation: Delegation, way: Way): GuidedWalk | null {
  switch (delegation.kind) {
    case "uncut":
      way.uncut.push(name);
      way.uses.push(...delegation.uses);
      return null;
    case "signed":
      return enterZone(name, delegation.ds, { kind: "ds", uses: delegation.uses, rcode: delegation.rcode }, way);
    case "unsigned": {
      const { reason, provenBy, uses, nsec3, rcode } = delegation;
      way.steps.push(step(name, { status: "insecure", insecure: reason, provenBy, nsec3, rcode }, uses));
      return { walk: walkOf(way, "insecure"), signer: way.signer, endsAtCut: reason === "no-ds" };
    }
    case "failed": {
      const { failure, rcode } = delegation;
      if (failure.status === "need") return needing(name, way);
      way.steps.push(step(name, { status: failure.status, failure, provenBy: "none", rcode }, []));
      return { walk: walkOf(way, failure.status), signer: way.signer, endsAtCut: false };
    }
  }
}

/** Null: the zone's keys are authenticated, and the walk goes on with them. */
function enterZone(zone: Name, entries: readonly Ds[], entry: Entry, way: Way): GuidedWalk | null {
  const keySet = authenticateKeys(zone, entries, entry.kind, way.session);
  const provenBy: DelegationProof = entry.kind;
  const ds = entries.map(({ keyTag, algorithm, digestType }) => ({ keyTag, algorithm, digestType }));
  const base = { provenBy, rcode: entry.rcode, ds };
  if (keySet.kind === "trusted") {
    const uses = [...entry.uses, ...keySet.uses];
    const { keyTag, algorithm, digestType } = keySet.entry;
    const keys = keySet.published.map(summariseKey);
    way.steps.push(step(zone, { ...base, status: "secure", keys, entry: { keyTag, algorithm, digestType } }, uses));
    way.uses.push(...uses);
    way.signer = keySet.signer;
    return null;
  }
  const end = untrustedEnd(zone, keySet, way);
  if (end === null) return needing(zone, way);
  const signerAbove = way.signer;
  way.steps.push(step(zone, { ...base, ...end }, entry.uses));
  return { walk: walkOf(way, end.status), signer: signerAbove, endsAtCut: true };
}

type StepEnd = Pick<ZoneStep, "status"> & Partial<Pick<ZoneStep, "insecure" | "failure" | "keys">>;

/** How the walk ends at a zone whose keys are not authenticated; null: questions are missing. */
function untrustedEnd(zone: Name, keySet: Exclude<KeySet, { kind: "trusted" }>, way: Way): StepEnd | null {
  if (keySet.kind === "failed") {
    const { failure, published } = keySet;
    return failure.status === "need" ? null : { status: failure.status, failure, keys: published.map(summariseKey) };
  }
  if (way.steps.length > 0) return { status: "insecure", insecure: keySet.reason };
  const record = { name: zone, type: "DNSKEY" };
  const detail = "no trust anchor has an algorithm and digest that are validated";
  return { status: "indeterminate", failure: indeterminate("internal", "no-trust-anchor", zone, record, detail) };
}

function step(
  zone: Name,
  facts: StepEnd & Pick<ZoneStep, "provenBy" | "rcode"> & Partial<Pick<ZoneStep, "ds" | "entry" | "nsec3">>,
  signatures: readonly SignatureUse[],
): ZoneStep {
  const end = earliestExpiry(signatures);
  const tightest = signatures.find(({ expiration }) => expiration === end) ?? null;
  return {
    insecure: null,
    failure: null,
    ds: [],
    keys: [],
    entry: null,
    nsec3: null,
    ...facts,
    zone,
    signatures,
    tightest,
  };
}

function needing(from: Name, way: Way): GuidedWalk {
  return { walk: walkOf(way, "need", { needs: questionsFrom(from, way) }), signer: way.signer, endsAtCut: false };
}

/** Zones begin at top-level and registered names; below those, a DNSKEY is asked for when a DS has been seen. */
const USUAL_CUT_LABELS = 2;

/**
 * DS and DNSKEY of `from` and of the names below it on the way to the target, as far as they were not asked: one round trip
 * instead of one per label, without asking every host for keys.
 */
function questionsFrom(from: Name, { target, session }: Way): readonly Question[] {
  const { levelsPerRound } = session.context.policy.bounds;
  const first = labelCount(from);
  const names = ancestorsOf(target).slice(first, first + levelsPerRound);
  const questions = names.flatMap((name): Question[] => {
    const ds = { name, type: "DS" };
    const keys = { name, type: "DNSKEY" };
    if (name === ".") return [keys];
    const isUsualCut = labelCount(name) <= USUAL_CUT_LABELS;
    return isUsualCut || session.lookup(ds) !== undefined ? [ds, keys] : [ds];
  });
  return questions.filter((question) => session.lookup(question) === undefined);
}

function walkOf(
  { target, steps, uncut, uses }: Way,
  status: ZoneWalk["status"],
  more: { readonly failure?: Bogus | Indeterminate; readonly needs?: readonly Question[] } = {},
): ZoneWalk {
  const zone = steps.findLast((each) => each.status === "secure")?.zone ?? null;
  const expiresAt = status === "secure" ? earliestExpiry(uses) : null;
  return { target, status, zone, steps, uncut, needs: more.needs ?? [], failure: more.failure ?? null, expiresAt };
}

interface Start {
  readonly zone: Name;
  readonly entries: readonly Ds[];
}

function startOf(target: Name, { context }: Session): Start | null {
  const enclosing = context.anchors.filter(({ zone }) => isAtOrBelow(target, zone));
  const [uppermost] = enclosing.map(({ zone }) => zone).sort((a, b) => labelCount(a) - labelCount(b));
  if (uppermost === undefined) return null;
  const entries = enclosing
    .filter(({ zone }) => zone === uppermost)
    .map(({ digest, ...fields }) => ({ ...fields, digest: Buffer.from(digest, "hex") }));
  return { zone: uppermost, entries };
}
