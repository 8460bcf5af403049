import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type Certificate, parseCertificate } from "../../tls/certificate.ts";
import { type PathProblem, pathProblem, pathFrom } from "../../tls/certificate-path.ts";
import { isSignedWith, publicKeyOfSpki } from "../../tls/certificate-signature.ts";
import { isForName } from "../../tls/server-name.ts";
import type { Name } from "../../wire/name.ts";
import type { Tlsa } from "../../wire/rdata/tlsa.ts";
import { heededRecords, MATCHING, SELECTOR, USAGE } from "./usability.ts";

/** Why no record vouches for what a server presented. The first two are no answers: what was presented could not be judged. */
export type MismatchReason =
  /** A presented certificate that we cannot read, and no record matches what we can. */
  | "unreadable"
  | PathProblem
  | "no-usable-record"
  | "nothing-presented"
  /** No record matches the server's own certificate, and there are no others that could. */
  | "nothing-matches"
  /** As `nothing-matches`, where all records name authorities: none of them is presented, or leads to the server's own. */
  | "anchor-absent"
  /** An authority vouches for the certificate, but it is for other names. */
  | "wrong-name";

/** `depth`: 0 is the server's own certificate; for a bare key, one above the last certificate that it has signed. */
export interface DaneMatched {
  readonly state: "matched";
  readonly record: Tlsa;
  readonly depth: number;
  /** From the server's own certificate to the matched one, or to the one that the bare key has signed. */
  readonly path: readonly Certificate[];
}

export type DaneMatch = DaneMatched | { readonly state: "unmatched"; readonly why: MismatchReason };

/** Certificates of a presented chain that are looked at; the largest in use have five. */
const CHAIN_LIMIT = 16;

/** In this order, what is wrong with the best path is told when there are several. */
const TELLING_ORDER: readonly PathProblem[] = [
  "not-understood",
  "expired",
  "not-yet-valid",
  "not-for-servers",
  "name-not-permitted",
  "path-too-long",
  "not-an-authority",
  "signature-invalid",
];

/**
 * Whether a TLSA set vouches for a presented chain (DER, leaf first), as senders see it. Usage 3 compares the server's own
 * certificate or key, whatever its names and dates (RFC 7672 section 3.1.1). Usage 2 takes an authority that is presented above
 * it, or given in full by the record, and demands a sound path, dates at `at` (epoch milliseconds), and one of `names` (RFC
 * 7672 sections 3.1.2 and 3.2.2); it never matches the server's own certificate. Records that senders do not heed never match.
 */
export function matchDane(
  records: readonly Tlsa[],
  chain: readonly Uint8Array[],
  names: readonly Name[],
  at: number,
): DaneMatch {
  const heeded = heededRecords(records);
  if (heeded.length === 0) return unmatched("no-usable-record");
  const [leafOctets] = chain;
  if (leafOctets === undefined) return unmatched("nothing-presented");
  const presented = chain.slice(0, CHAIN_LIMIT).map(parseCertificate);
  const certificates = presented.flatMap((one) => (one.ok ? [one.value] : []));
  const leaf = presented[0]?.ok === true ? presented[0].value : null;
  const own = heeded.find((record) => record.usage === USAGE.daneEe && matchesLeaf(record, leafOctets, leaf));
  if (own !== undefined) return { state: "matched", record: own, depth: 0, path: leaf === null ? [] : [leaf] };
  const isReadable = certificates.length === chain.length;
  const anchors = heeded.filter(({ usage }) => usage === USAGE.daneTa);
  const found =
    leaf === null || anchors.length === 0
      ? unmatched(anchors.length === heeded.length ? "anchor-absent" : "nothing-matches")
      : matchAnchors(anchors, leaf, certificates.slice(1), { names, at, isOnly: anchors.length === heeded.length });
  if (found.state === "matched" || isReadable) return found;
  return unmatched("unreadable");
}

/** Whether the record's data is this certificate, or its key, in full or by its digest. */
function matchesLeaf(record: Tlsa, octets: Uint8Array, leaf: Certificate | null): boolean {
  if (record.selector === SELECTOR.certificate) return isAssociated(record, octets);
  return leaf !== null && isAssociated(record, leaf.spki);
}

function matchesAuthority(record: Tlsa, { octets, spki }: Certificate): boolean {
  return isAssociated(record, record.selector === SELECTOR.certificate ? octets : spki);
}

function isAssociated({ matchingType, association }: Tlsa, octets: Uint8Array): boolean {
  return Buffer.compare(association, associationOf(matchingType, octets)) === 0;
}

/** The association data of a record over these octets (RFC 6698 section 2.1.3). */
export function associationOf(matchingType: number, octets: Uint8Array): Uint8Array {
  if (matchingType === MATCHING.full) return octets;
  return createHash(matchingType === MATCHING.sha512 ? "sha512" : "sha256")
    .update(octets)
    .digest();
}

interface Demands {
  readonly names: readonly Name[];
  readonly at: number;
  /** Whether there are no records of usage 3 beside. */
  readonly isOnly: boolean;
}

/** A way from the leaf to what a record names. */
interface Anchored {
  readonly record: Tlsa;
  readonly depth: number;
  readonly path: readonly Certificate[];
  readonly problem: PathProblem | null;
}

/** RFC 7672 section 3.1.2, with authorities that a record holds in full added to those presented (RFC 7671 section 5.2). */
function matchAnchors(
  anchors: readonly Tlsa[],
  leaf: Certificate,
  authorities: readonly Certificate[],
  { names, at, isOnly }: Demands,
): DaneMatch {
  const whole = pathFrom(leaf, [...authorities, ...anchors.flatMap(authorityInFull)], at);
  const paths = whole.map((_, depth) => whole.slice(0, depth + 1));
  const anchored = paths.flatMap((path) => [
    ...throughCertificate(anchors, path, at),
    ...throughKey(anchors, path, at),
  ]);
  if (anchored.length === 0) return unmatched(isOnly ? "anchor-absent" : "nothing-matches");
  if (!isForName(leaf, names)) return unmatched("wrong-name");
  const sound = anchored.find(({ problem }) => problem === null);
  if (sound !== undefined) return { state: "matched", record: sound.record, depth: sound.depth, path: sound.path };
  const problems = new Set(anchored.map(({ problem }) => problem));
  return unmatched(TELLING_ORDER.find((problem) => problems.has(problem)) ?? "signature-invalid");
}

function authorityInFull({ selector, matchingType, association }: Tlsa): readonly Certificate[] {
  if (selector !== SELECTOR.certificate || matchingType !== MATCHING.full) return [];
  const certificate = parseCertificate(association);
  return certificate.ok ? [certificate.value] : [];
}

/** The path's last certificate is one that a record names. */
function throughCertificate(anchors: readonly Tlsa[], path: readonly Certificate[], at: number): readonly Anchored[] {
  const last = path.at(-1);
  if (last === undefined || path.length < 2) return [];
  const record = anchors.find((anchor) => matchesAuthority(anchor, last));
  return record === undefined ? [] : [{ record, depth: path.length - 1, path, problem: pathProblem(path, at) }];
}

/** The path's last certificate is signed with a key that a record holds in full: the key needs no certificate. */
function throughKey(anchors: readonly Tlsa[], path: readonly Certificate[], at: number): readonly Anchored[] {
  const last = path.at(-1);
  if (last === undefined) return [];
  return anchors
    .filter(({ selector, matchingType }) => selector === SELECTOR.publicKey && matchingType === MATCHING.full)
    .flatMap((record) => {
      const key = publicKeyOfSpki(record.association);
      if (key === null || !isSignedWith(last, key)) return [];
      return [{ record, depth: path.length, path, problem: pathProblem(path, at, { key }) }];
    });
}

function unmatched(why: MismatchReason): DaneMatch {
  return { state: "unmatched", why };
}
