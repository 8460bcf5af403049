/**
 * DNSSEC algorithms, digests and limits, reviewed 2026-11-23 against the RFCs named in each row and the IANA registries
 * "DNS Security Algorithm Numbers" and "Delegation Signer (DS) Resource Record Type Digest Algorithms" that RFC 9904 governs.
 * The grades are this product's decisions for S18 and S19; `validatable` is what the validator acts on.
 */
import type { AlgorithmRow, DigestRow, DnssecPolicy, Grade } from "../lib/dnssec/policy.ts";

type Row = readonly [number: number, mnemonic: string, grade: Grade, validatable: boolean, why: string, source: string];

function toRow([number, mnemonic, grade, validatable, why, source]: Row): AlgorithmRow {
  return { number, mnemonic, grade, validatable, why, source };
}

const ALGORITHMS: readonly AlgorithmRow[] = (
  [
    [1, "RSAMD5", "fail", false, "MD5 is broken; must not be validated", "RFC 8624 3.1"],
    [3, "DSA", "fail", false, "must not be validated", "RFC 8624 3.1"],
    [5, "RSASHA1", "fail", false, "SHA-1 is retired; validators must treat the delegation as insecure", "RFC 9905 2"],
    [6, "DSA-NSEC3-SHA1", "fail", false, "must not be validated", "RFC 8624 3.1"],
    [
      ...([7, "RSASHA1-NSEC3-SHA1", "fail", false] as const),
      ...(["SHA-1 is retired; validators must treat the delegation as insecure", "RFC 9905 2"] as const),
    ],
    [8, "RSASHA256", "pass", true, "every validator must support it", "RFC 5702, RFC 9904"],
    [10, "RSASHA512", "warn", true, "must be validated but is not recommended for signing", "RFC 5702, RFC 8624 3.1"],
    [12, "ECC-GOST", "fail", false, "deprecated; must not be used for signing", "RFC 9906"],
    [13, "ECDSAP256SHA256", "pass", true, "recommended for signing", "RFC 6605, RFC 9904"],
    [14, "ECDSAP384SHA384", "pass", true, "sound and widely validated", "RFC 6605, RFC 9904"],
    [15, "ED25519", "pass", true, "recommended for signing", "RFC 8080, RFC 9904"],
    [16, "ED448", "warn", true, "sound, but not every validator supports it", "RFC 8080, RFC 9904"],
    [17, "SM2SM3", "fail", false, "few validators support it, so the domain counts as unsigned", "RFC 9563"],
    [23, "ECC-GOST12", "fail", false, "few validators support it, so the domain counts as unsigned", "RFC 9558"],
  ] satisfies Row[]
).map(toRow);

const DIGESTS: readonly DigestRow[] = (
  [
    [1, "SHA-1", "fail", false, "SHA-1 is retired and is ignored beside a stronger digest", "RFC 9905, RFC 4509 3"],
    [2, "SHA-256", "pass", true, "every validator must support it", "RFC 4509, RFC 9904"],
    [3, "GOST R 34.11-94", "fail", false, "deprecated", "RFC 9906"],
    [4, "SHA-384", "pass", true, "sound and widely validated", "RFC 6605, RFC 9904"],
    [5, "GOST R 34.11-2012", "fail", false, "few validators support it", "RFC 9558"],
    [6, "SM3", "fail", false, "few validators support it", "RFC 9563"],
  ] satisfies Row[]
).map(toRow);

/**
 * The bounds leave room for every honest zone seen: a roll-over has at most a handful of signatures per RRset, and a denial at
 * most four NSEC3 records. Validators in the field allow between 4 and 16 attempts per RRset.
 */
export const DNSSEC_POLICY: DnssecPolicy = {
  reviewed: "2026-11-23",
  algorithms: ALGORITHMS,
  digests: DIGESTS,
  nsec3MaxIterations: 100,
  bounds: {
    signaturesPerSet: 16,
    signaturesPerQuestion: 512,
    digestsPerKeySet: 64,
    hashesPerQuestion: 600,
    denialSets: 32,
    aliases: 16,
    levelsPerRound: 8,
  },
};
