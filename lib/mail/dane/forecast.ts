import type { Certificate } from "../../tls/certificate.ts";
import type { Name } from "../../wire/name.ts";
import type { Tlsa } from "../../wire/rdata/tlsa.ts";
import { type DaneMatched, matchDane } from "./match.ts";
import { recordForm, SELECTOR, usableRecords, USAGE } from "./usability.ts";

const DAY = 86_400_000;

/** Certificates that live no longer than this are renewed by routine, often with a new key: public authorities allow 398 days. */
const ROUTINE_LIFETIME = 400 * DAY;
/** A certificate that is renewed by routine is renewed before this. */
const OWN_END_NEAR = 14 * DAY;
/** An authority's end takes a new TLSA record and new certificates, which take time to arrange. */
const AUTHORITY_END_NEAR = 60 * DAY;

/** What will stop a match, or shows that it was not planned for; it holds today. `until`: epoch milliseconds. */
export type Forecast =
  /** Only the certificate itself is named: any renewal ends the match, at the latest then. */
  | { readonly kind: "renewal-breaks"; readonly form: string; readonly until: number }
  /** Only the key in use is named, and the certificate is renewed by routine: a new key ends the match. */
  | { readonly kind: "key-must-stay"; readonly form: string; readonly until: number }
  /** The path to the authority ends, at its own certificate or above. */
  | { readonly kind: "path-ends"; readonly form: string; readonly until: number }
  /** Outside the certificate's dates, which usage 3 does not look at. */
  | { readonly kind: "out-of-date"; readonly form: string; readonly until: number }
  /** Records of this form match nothing that is presented: senders that rely on them get nowhere (RFC 7671 section 8.4). */
  | { readonly kind: "form-unmatched"; readonly form: string };

/** A presented chain (DER, leaf first) and how it matches. */
export interface MatchedChain {
  readonly chain: readonly Uint8Array[];
  readonly match: DaneMatched;
}

/**
 * What lies ahead of a chain that matches. `others`: all chains that the server presents at this address, so that a record of
 * one is not taken for the next key of another. `at` in epoch milliseconds.
 */
export function forecastsOf(
  records: readonly Tlsa[],
  { chain, match }: MatchedChain,
  others: readonly MatchedChain[],
  { names, at }: { readonly names: readonly Name[]; readonly at: number },
): readonly Forecast[] {
  const usable = usableRecords(records);
  const matches = (record: Tlsa, octets: readonly Uint8Array[]): boolean =>
    matchDane([record], octets, names, at).state === "matched";
  const matching = usable.filter((record) => matches(record, chain));
  const isSpare = (record: Tlsa): boolean =>
    record.usage === USAGE.daneEe && !others.some((other) => matches(record, other.chain));
  const isPrepared = usable.some(isSpare) || matching.some(({ usage }) => usage === USAGE.daneTa);
  const form = recordForm(match.record);
  const [leaf] = match.path;
  return [
    ...(leaf === undefined ? [] : ofOwn({ leaf, form, at, matching, isPrepared })),
    ...(matching.some(({ usage }) => usage === USAGE.daneEe) ? [] : ofPath(match.path, form, at)),
    ...unmatchedForms(usable, matching),
  ];
}

interface Own {
  readonly leaf: Certificate;
  readonly form: string;
  readonly at: number;
  readonly matching: readonly Tlsa[];
  readonly isPrepared: boolean;
}

/** Where the server's own certificate or key is named. */
function ofOwn({ leaf, form, at, matching, isPrepared }: Own): readonly Forecast[] {
  const own = matching.filter(({ usage }) => usage === USAGE.daneEe);
  if (own.length === 0) return [];
  const until = leaf.notAfter;
  const isOutOfDate = until < at || leaf.notBefore > at;
  const dates: readonly Forecast[] = isOutOfDate ? [{ kind: "out-of-date", form, until }] : [];
  if (isPrepared) return dates;
  if (own.every(({ selector }) => selector === SELECTOR.certificate))
    return [...dates, { kind: "renewal-breaks", form, until }];
  const isRoutine = !leaf.isSelfIssued && until - leaf.notBefore <= ROUTINE_LIFETIME;
  return isRoutine ? [...dates, { kind: "key-must-stay", form, until }] : dates;
}

/** Where only authorities are named: every certificate of the path must be in date. */
function ofPath([leaf, ...authorities]: readonly Certificate[], form: string, at: number): readonly Forecast[] {
  if (leaf === undefined) return [];
  const until = Math.min(leaf.notAfter, ...authorities.map(({ notAfter }) => notAfter));
  const isNear =
    leaf.notAfter - at < OWN_END_NEAR || authorities.some(({ notAfter }) => notAfter - at < AUTHORITY_END_NEAR);
  return isNear ? [{ kind: "path-ends", form, until }] : [];
}

function unmatchedForms(usable: readonly Tlsa[], matching: readonly Tlsa[]): readonly Forecast[] {
  const matched = new Set(matching.map(recordForm));
  const forms = new Set(usable.map(recordForm)).difference(matched);
  return [...forms].map((form) => ({ kind: "form-unmatched", form }));
}
