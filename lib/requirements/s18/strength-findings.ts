import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { Nsec3Use, SignatureUse } from "../../dnssec/outcome.ts";
import { algorithmRow } from "../../dnssec/policy.ts";
import { RSA_ALGORITHMS } from "../../dnssec/algorithm.ts";
import type { KeySummary } from "../../dnssec/zone-key.ts";
import type { ZoneStep } from "../../dnssec/zone-walk.ts";
import { DNSSEC_POLICY } from "../../../data/dnssec-policy.ts";
import type { Name } from "../../wire/name.ts";
import type { Classified } from "./chain-view.ts";
import { algorithmName } from "./insecure-findings.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName, plainRecord, plainTime } from "../wording.ts";

type Make = FindingMaker<typeof messages>;

/** RSA moduli in bits: below the first there is no protection, below the second there should be more (requirements 18.3). */
const SHORTEST_RSA = 1024;
const RECOMMENDED_RSA = 2048;
const SHA1_DIGEST = 1;

/** What the keys and DS records of a validly signed zone are worth (requirements 18.3). */
export function keyFindings(step: ZoneStep, parentZone: Name, finding: Make): readonly Finding[] {
  const zone = plainName(step.zone);
  const keys = step.keys.filter(
    ({ revoked, algorithm }) => !revoked && algorithmRow(DNSSEC_POLICY, algorithm)?.validatable === true,
  );
  const discouraged = keys
    .map(({ algorithm }) => algorithm)
    .filter((number) => algorithmRow(DNSSEC_POLICY, number)?.grade === "warn");
  const found: Finding[] = [];
  for (const { keyTag, algorithm, bits } of keys) {
    if (!RSA_ALGORITHMS.has(algorithm) || bits === null || bits >= RECOMMENDED_RSA) continue;
    found.push(finding(bits < SHORTEST_RSA ? "S18_KEY_TOO_SHORT" : "S18_KEY_SHORT", { zone, keyTag, bits }));
  }
  const { entry } = step;
  const isEntry = (key: KeySummary): boolean => key.keyTag === entry?.keyTag && key.algorithm === entry.algorithm;
  if (step.keys.some((key) => key.revoked && isEntry(key))) {
    found.push(finding("S18_KEY_REVOKED", { zone, keyTag: entry?.keyTag ?? 0 }));
  }
  if (discouraged.length > 0) {
    found.push(finding("S18_ALGORITHM_DISCOURAGED", { zone, algorithms: plainList(discouraged.map(algorithmName)) }));
  }
  if (step.ds.some(({ digestType }) => digestType === SHA1_DIGEST)) {
    found.push(finding("S18_DIGEST_SHA1_BESIDE", { zone, parent: plainName(parentZone) }));
  }
  return found;
}

/** What the zone's denials cost those who verify them (RFC 9276 sections 3.1 and 3.2, requirements 18.6). */
export function nsec3Findings(own: readonly Classified[], zone: Name, finding: Make): readonly Finding[] {
  const uses = own.flatMap(({ classification }): readonly Nsec3Use[] =>
    (classification.status === "secure" || classification.status === "insecure") && classification.nsec3 !== null
      ? [classification.nsec3]
      : [],
  );
  const iterations = Math.max(0, ...uses.map((use) => use.iterations));
  const saltLength = Math.max(0, ...uses.map((use) => use.saltLength));
  const limit = DNSSEC_POLICY.nsec3MaxIterations;
  if (iterations > limit) return [finding("S18_NSEC3_ITERATIONS", { zone: plainName(zone), iterations, limit })];
  if (iterations === 0 && saltLength === 0) return [];
  return [finding("S18_NSEC3_PARAMETERS", { zone: plainName(zone), iterations, saltLength })];
}

const DAY = 86_400;
/** A signature with less than this part of its life left should have been renewed (requirements 18.7). */
const SMALLEST_REMAINDER = 0.25;
/** A life longer than this should not run down to its last days. */
const LONG_LIFE = 14 * DAY;
const LAST_DAYS = 3 * DAY;

/** The zone's own signatures that are about to end, as one finding that names them. `at` in seconds since 1970. */
export function expiryFindings(
  signatures: readonly SignatureUse[],
  zone: Name,
  at: number,
  finding: Make,
): readonly Finding[] {
  const ending = signatures.filter((signature) => signature.zone === zone && isEnding(signature, at));
  if (ending.length === 0) return [];
  const record = plainList(ending.map((signature) => plainRecord(signature, zone)));
  const expires = plainTime(Math.min(...ending.map(({ expiration }) => expiration)));
  return [finding("S18_SIGNATURE_EXPIRES_SOON", { zone: plainName(zone), record, expires })];
}

function isEnding({ inception, expiration }: SignatureUse, at: number): boolean {
  const life = expiration - inception;
  const left = expiration - at;
  return left < SMALLEST_REMAINDER * life || (life > LONG_LIFE && left < LAST_DAYS);
}
