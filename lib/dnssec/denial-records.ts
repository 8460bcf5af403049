import { toBase32Hex } from "../wire/base32hex.ts";
import type { ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, labelsOf, parentOf, type Name } from "../wire/name.ts";
import { parseNsec } from "../wire/rdata/nsec.ts";
import { parseNsec3 } from "../wire/rdata/nsec3.ts";
import type { ProvenNsec } from "./denial-nsec.ts";
import type { ProvenNsec3 } from "./denial-nsec3.ts";
import { NSEC3_HASH_OCTETS, NSEC3_SHA1 } from "./nsec3-hash.ts";
import type { RecordRef, SignatureUse } from "./outcome.ts";
import { recordSetsOfType, type RecordSet } from "./record-set.ts";
import { closerProblem, verifySet, type SignatureProblem, type Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";

/** NSEC3 records that were hashed in the same way, so that they can prove something together (RFC 5155 section 8.2). */
export interface Nsec3Group {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly records: readonly ProvenNsec3[];
  readonly uses: readonly SignatureUse[];
}

/** The denial records of one zone in a reply whose signatures are good, and what is wrong with the most promising other one. */
export interface DenialRecords {
  readonly nsecs: readonly ProvenNsec[];
  readonly nsecUses: readonly SignatureUse[];
  readonly nsec3Groups: readonly Nsec3Group[];
  readonly problem: DenialRecordProblem | null;
}

export interface DenialRecordProblem {
  readonly reason: SignatureProblem;
  readonly record: RecordRef;
}

const OPT_OUT_FLAG = 1;

/** Verifies the NSEC and NSEC3 records of the signer's zone in an authority section. */
export function provenDenialRecords(
  authority: readonly ResourceRecord[],
  signer: Signer,
  session: Session,
): DenialRecords {
  const inZone = authority.filter(({ name }) => isAtOrBelow(name, signer.zone));
  const sets = [...recordSetsOfType(inZone, "NSEC"), ...recordSetsOfType(inZone, "NSEC3").filter(isKnownNsec3)];
  const firstOfTooMany = sets.length > session.context.policy.bounds.denialSets ? sets[0] : undefined;
  if (firstOfTooMany !== undefined) {
    const record = { name: signer.zone, type: firstOfTooMany.type };
    return { nsecs: [], nsecUses: [], nsec3Groups: [], problem: { reason: "work-limit", record } };
  }
  const gathered: Gathered = { nsecs: [], nsecUses: [], groups: new Map(), problem: null };
  for (const set of [...sets].sort((a, b) => (a.name < b.name ? -1 : 1))) gather(set, signer, session, gathered);
  const { nsecs, nsecUses, groups, problem } = gathered;
  return { nsecs, nsecUses, nsec3Groups: [...groups.values()], problem };
}

interface GatheredGroup extends Nsec3Group {
  readonly records: ProvenNsec3[];
  readonly uses: SignatureUse[];
}

interface Gathered {
  readonly nsecs: ProvenNsec[];
  readonly nsecUses: SignatureUse[];
  readonly groups: Map<string, GatheredGroup>;
  problem: DenialRecordProblem | null;
}

function gather(set: RecordSet, signer: Signer, session: Session, gathered: Gathered): void {
  const result = verifySet(set, signer, session);
  if (!result.ok) {
    noteProblem(set, result.reason, gathered);
    return;
  }
  // A denial speaks for its own owner: it is never made from a wildcard, and stands alone at its name.
  // Stryker disable next-line OptionalChaining: equivalent, because an array of length 1 has a first element
  const data = result.encloser === null && set.records.length === 1 ? set.records[0]?.data : undefined;
  const isRead =
    data !== undefined &&
    (set.type === "NSEC"
      ? addNsec(set.name, data, result.use, gathered)
      : addNsec3(set.name, signer.zone, data, result.use, gathered));
  if (!isRead) noteProblem(set, "malformed", gathered);
}

function addNsec(owner: Name, data: string, use: SignatureUse, gathered: Gathered): boolean {
  const nsec = parseNsec(data);
  if (!nsec.ok) return false;
  gathered.nsecs.push({ owner, ...nsec.value });
  gathered.nsecUses.push(use);
  return true;
}

function addNsec3(owner: Name, zone: Name, data: string, use: SignatureUse, gathered: Gathered): boolean {
  const nsec3 = parseNsec3(data);
  // Stryker disable next-line StringLiteral: equivalent, because only the root has no label, and no zone is its parent
  const ownerHash = labelsOf(owner)[0] ?? "";
  if (!nsec3.ok || parentOf(owner) !== zone || !/^[0-9a-v]{32}$/.test(ownerHash)) return false;
  const { nextHashed, flags, types, salt, iterations } = nsec3.value;
  if (nextHashed.length !== NSEC3_HASH_OCTETS) return false;
  const groupKey = `${iterations} ${toBase32Hex(salt)}`;
  const group = gathered.groups.get(groupKey) ?? { salt, iterations, records: [], uses: [] };
  gathered.groups.set(groupKey, group);
  group.records.push({ ownerHash, nextHash: toBase32Hex(nextHashed), optOut: (flags & OPT_OUT_FLAG) !== 0, types });
  group.uses.push(use);
  return true;
}

/** Unknown hash algorithms and flags are as if they were not there (RFC 5155 section 8.1 and 8.2). */
function isKnownNsec3(set: RecordSet): boolean {
  return set.records.every(({ data }) => {
    const nsec3 = parseNsec3(data);
    return !nsec3.ok || (nsec3.value.hashAlgorithm === NSEC3_SHA1 && nsec3.value.flags <= OPT_OUT_FLAG);
  });
}

function noteProblem({ name, type }: RecordSet, reason: SignatureProblem, gathered: Gathered): void {
  const known = gathered.problem;
  if (known !== null && closerProblem(known.reason, reason) === known.reason) return;
  gathered.problem = { reason, record: { name, type } };
}
