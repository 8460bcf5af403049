import { parseCertificate } from "../../tls/certificate.ts";
import { publicKeyOfSpki } from "../../tls/certificate-signature.ts";
import type { Tlsa } from "../../wire/rdata/tlsa.ts";

/** Certificate usages that mail may rely on (RFC 7672 section 3.1), by the names of RFC 7218. */
export const USAGE = { pkixTa: 0, pkixEe: 1, daneTa: 2, daneEe: 3 } as const;
/** What is matched (RFC 6698 section 2.1.2). */
export const SELECTOR = { certificate: 0, publicKey: 1 } as const;
/** How it is matched (RFC 6698 section 2.1.3). */
export const MATCHING = { full: 0, sha256: 1, sha512: 2 } as const;

/** Why a record is of no use to a sender (RFC 7672 sections 2.2 and 3.1.3); null when it is. */
export type Unusable = "pkix-usage" | "unknown-usage" | "unknown-selector" | "unknown-matching-type" | "wrong-form";

const DIGEST_OCTETS: ReadonlyMap<number, number> = new Map([
  [MATCHING.sha256, 32],
  [MATCHING.sha512, 64],
]);

/** Judges one record by itself: usage 2 or 3, a known selector and matching type, and data of the form that these demand. */
export function unusableBecause({ usage, selector, matchingType, association }: Tlsa): Unusable | null {
  if (usage === USAGE.pkixTa || usage === USAGE.pkixEe) return "pkix-usage";
  if (usage !== USAGE.daneTa && usage !== USAGE.daneEe) return "unknown-usage";
  if (selector !== SELECTOR.certificate && selector !== SELECTOR.publicKey) return "unknown-selector";
  const octets = DIGEST_OCTETS.get(matchingType);
  if (octets !== undefined) return association.length === octets ? null : "wrong-form";
  if (matchingType !== MATCHING.full) return "unknown-matching-type";
  const isReadable =
    selector === SELECTOR.publicKey ? publicKeyOfSpki(association) !== null : parseCertificate(association).ok;
  return isReadable ? null : "wrong-form";
}

/** The records that a sender can use, in the order given. */
export function usableRecords(records: readonly Tlsa[]): readonly Tlsa[] {
  return records.filter((record) => unusableBecause(record) === null);
}

/**
 * The usable records that a sender heeds: of those with the same usage and selector only the ones with the strongest digest,
 * and all that hold the object in full (digest agility, RFC 7671 section 9).
 */
export function heededRecords(records: readonly Tlsa[]): readonly Tlsa[] {
  const usable = usableRecords(records);
  return usable.filter(({ usage, selector, matchingType }) => {
    const rivals = usable.filter((other) => other.usage === usage && other.selector === selector);
    return matchingType === MATCHING.full || rivals.every((other) => other.matchingType <= matchingType);
  });
}

/** "3 1 1": a record by its three numbers. */
export function recordForm({ usage, selector, matchingType }: Tlsa): string {
  return `${usage} ${selector} ${matchingType}`;
}
