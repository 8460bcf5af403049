import { createHash } from "node:crypto";
import type { ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, labelCount, wildcardAt, type Name } from "../wire/name.ts";
import type { Rrsig } from "../wire/rdata/rrsig.ts";
import type { BogusReason, SignatureUse } from "./outcome.ts";
import { isValidatableAlgorithm } from "./policy.ts";
import { publicKeyOf } from "./public-key.ts";
import { rdataOf, type RecordSet } from "./record-set.ts";
import { timeNear } from "./serial-time.ts";
import type { Session } from "./session.ts";
import { lastLabels, signedLabelCount, signedOctets } from "./signed-octets.ts";
import type { ZoneKey } from "./zone-key.ts";

/** The keys that may sign data of a zone. */
export interface Signer {
  readonly zone: Name;
  readonly keys: readonly ZoneKey[];
}

/** An RRset with a good signature. `encloser`: the RRset was made from the wildcard directly below it; null: it was not. */
export interface VerifiedSet {
  readonly ok: true;
  /** TTLs are at most what the signature allows (RFC 4035 section 5.3.3). */
  readonly records: readonly ResourceRecord[];
  readonly use: SignatureUse;
  readonly encloser: Name | null;
}

export interface UnverifiedSet {
  readonly ok: false;
  readonly reason: SignatureProblem;
}

/** Later in this list is closer to a good signature: that is the reason to tell when several signatures fail differently. */
const CLOSENESS = [
  "no-signature",
  "malformed",
  "signer-mismatch",
  "unsupported-algorithm",
  "no-matching-key",
  "malformed-key",
  "signature-not-yet-valid",
  "signature-expired",
  "signature-invalid",
  "work-limit",
] as const satisfies readonly BogusReason[];

export type SignatureProblem = (typeof CLOSENESS)[number];

/** Which of two problems is closer to a good signature. */
export function closerProblem(a: SignatureProblem, b: SignatureProblem): SignatureProblem {
  return CLOSENESS.indexOf(b) > CLOSENESS.indexOf(a) ? b : a;
}

/**
 * Whether one signature over the RRset is good (RFC 4035 section 5.3, RFC 6840 section 5.11). Signatures are tried in order of
 * their end, latest first, so neither the order of records nor that of keys matters.
 */
export function verifySet(set: RecordSet, signer: Signer, session: Session): VerifiedSet | UnverifiedSet {
  const rdata = rdataOf(set.records);
  if (rdata === null || rdata.length === 0) return { ok: false, reason: "malformed" };
  const { at } = session.context;
  const ordered = [...set.signatures].sort(
    (a, b) => timeNear(b.expiration, at) - timeNear(a.expiration, at) || Buffer.compare(a.signature, b.signature),
  );
  const attempt: Attempt = { set, rdata, signer, session, left: session.context.policy.bounds.signaturesPerSet };
  let closest: SignatureProblem = set.unreadable > 0 ? "malformed" : "no-signature";
  for (const rrsig of ordered) {
    const problem = fieldProblem(rrsig, attempt) ?? keyProblem(rrsig, attempt);
    if (problem === null) return verified(set, rrsig, session);
    if (problem === "work-limit") return { ok: false, reason: problem };
    closest = closerProblem(closest, problem);
  }
  return { ok: false, reason: closest };
}

interface Attempt {
  readonly set: RecordSet;
  readonly rdata: readonly Uint8Array[];
  readonly signer: Signer;
  readonly session: Session;
  left: number;
}

/** RFC 4035 section 5.3.1: everything about a signature that can be judged without a key. */
function fieldProblem(rrsig: Rrsig, { set, signer, session }: Attempt): SignatureProblem | null {
  const { at, policy } = session.context;
  if (rrsig.signer !== signer.zone || !isAtOrBelow(set.name, signer.zone)) return "signer-mismatch";
  // Fewer labels than the zone has would be a wildcard above the zone, which the zone cannot own.
  if (rrsig.labels > signedLabelCount(set.name) || rrsig.labels < labelCount(signer.zone)) return "malformed";
  if (!isValidatableAlgorithm(policy, rrsig.algorithm)) return "unsupported-algorithm";
  const inception = timeNear(rrsig.inception, at);
  const expiration = timeNear(rrsig.expiration, at);
  if (inception > expiration) return "malformed";
  if (inception > at) return "signature-not-yet-valid";
  if (expiration < at) return "signature-expired";
  return null;
}

/** Null when one of the keys that the signature may mean made it. Key tags collide, so each is tried, within bounds. */
function keyProblem(rrsig: Rrsig, attempt: Attempt): SignatureProblem | null {
  const { set, signer } = attempt;
  const keys = signer.keys.filter(({ keyTag, algorithm }) => keyTag === rrsig.keyTag && algorithm === rrsig.algorithm);
  if (keys.length === 0) return "no-matching-key";
  const signed = signedOctets(rrsig, signedOwner(set.name, rrsig), set.type, attempt.rdata);
  let problem: SignatureProblem = "malformed-key";
  for (const key of keys) {
    if (!spend(attempt)) return "work-limit";
    const result = verifyOnce(key, signed, rrsig.signature, attempt.session);
    if (result === true) return null;
    if (result === false) problem = "signature-invalid";
  }
  return problem;
}

/** The owner that was signed: the wildcard when the RRSIG counts fewer labels than the owner has (RFC 4035 section 5.3.2). */
function signedOwner(owner: Name, rrsig: Rrsig): Name {
  return rrsig.labels === signedLabelCount(owner) ? owner : wildcardAt(lastLabels(owner, rrsig.labels));
}

function spend(attempt: Attempt): boolean {
  const { spent, context } = attempt.session;
  if (attempt.left === 0 || spent.signatures >= context.policy.bounds.signaturesPerQuestion) return false;
  attempt.left -= 1;
  spent.signatures += 1;
  return true;
}

/** A zone's key verifies all of its signatures, and making it ready costs more than verifying one. */
const IMPORTED = new WeakMap<ZoneKey, ReturnType<typeof publicKeyOf>>();

/** Null: the key's octets are no key. */
function verifyOnce(key: ZoneKey, signed: Uint8Array, signature: Uint8Array, session: Session): boolean | null {
  const { memo } = session.context;
  const memoKey = memoKeyOf([key.rdata, signed, signature]);
  const known = memo.recall(memoKey);
  if (known !== undefined) return known;
  const publicKey = IMPORTED.get(key) ?? publicKeyOf(key);
  IMPORTED.set(key, publicKey);
  if (!publicKey.ok) return null;
  const valid = publicKey.value.verifies(signed, signature);
  memo.remember(memoKey, valid);
  return valid;
}

/** Each part is preceded by its length, so that no two lists of parts share a key. */
function memoKeyOf(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return hash.digest("base64");
}

function verified(set: RecordSet, rrsig: Rrsig, session: Session): VerifiedSet {
  const { at } = session.context;
  const expiration = timeNear(rrsig.expiration, at);
  const { name, type } = set;
  const { signer: zone, algorithm, keyTag, originalTtl } = rrsig;
  return {
    ok: true,
    records: set.records.map((record) => ({ ...record, ttl: Math.min(record.ttl, originalTtl, expiration - at) })),
    use: { zone, name, type, algorithm, keyTag, inception: timeNear(rrsig.inception, at), expiration },
    encloser: rrsig.labels === signedLabelCount(name) ? null : lastLabels(name, rrsig.labels),
  };
}
