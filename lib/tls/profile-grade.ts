import type { DhPrime } from "./dh-groups.ts";
import { groupLabel, groupOf } from "./groups.ts";
import {
  type Grade,
  GRADES,
  PROFILE_VERDICTS,
  type ProfileRow,
  type ProfileTable,
  type ProfileTables,
  type ProfileVerdict,
  type SizeRows,
  type TlsProfile,
} from "./profile.ts";
import { suiteLabel, suiteOf } from "./suites.ts";
import type { TlsVersion } from "./versions.ts";

/** One thing that was seen of a server, and that a profile may have a word on. */
export type TlsFact =
  | { readonly kind: "version"; readonly version: TlsVersion }
  | { readonly kind: "suite"; readonly suite: number }
  /** A named group of TLS 1.2 or 1.3; finite-field ones are judged as DH groups. */
  | { readonly kind: "group"; readonly group: number }
  | { readonly kind: "dh"; readonly prime: DhPrime }
  | {
      readonly kind: "certificate-key";
      /** RSA, ECDSA, EdDSA, DSA ... */
      readonly type: string;
      /** RSA only. */
      readonly bits?: number;
      /** ECDSA only: the name among TLS's groups, as secp256r1. */
      readonly curve?: string;
    }
  | { readonly kind: "certificate-hash"; readonly hash: string }
  | { readonly kind: "exchange-hash"; readonly hash: string }
  | { readonly kind: "accepted-hash"; readonly hash: string }
  | { readonly kind: "preference"; readonly state: "enforced" | "not-needed" | "not-enforced" }
  | { readonly kind: "compression"; readonly method: "none" | "DEFLATE" | "other" }
  | { readonly kind: "secure-renegotiation"; readonly state: "supported" | "missing" }
  | { readonly kind: "client-renegotiation"; readonly state: "refused" | "limited" | "unlimited" }
  | { readonly kind: "early-data"; readonly state: "off" | "accepted" }
  | {
      readonly kind: "ocsp-staple";
      /** `not-needed`: the certificate names no OCSP responder. */
      readonly state: "valid" | "not-needed" | "absent" | "invalid" | "must-staple-missing";
    }
  | { readonly kind: "extended-master-secret"; readonly state: "present" | "absent" };

/** One row that was applied. */
export interface AppliedRow {
  /** `version`, `group`, `suite-hash` ... */
  readonly parameter: string;
  readonly value: string;
  readonly grade: Grade;
  readonly verdict: ProfileVerdict;
  readonly isDisputed: boolean;
  readonly source: string;
}

/** A fact's grade: the worst of the rows that speak of it, which come worst first. */
export interface FactGrade {
  readonly grade: Grade;
  readonly verdict: ProfileVerdict;
  readonly isDisputed: boolean;
  readonly rows: readonly AppliedRow[];
}

function apply(profile: TlsProfile, parameter: string, value: string, row: ProfileRow): AppliedRow {
  const own = row.verdict ?? (row.isDisputed === true ? "warn" : profile.verdicts[row.grade]);
  const verdict = profile.isAdvisory && own === "fail" ? "warn" : own;
  const { grade, source } = row;
  return { parameter, value, grade, verdict, isDisputed: row.isDisputed === true, source };
}

/** `hasOwn`, because a value from the net may be called `constructor`. */
function rowOf(table: ProfileTable, value: string): ProfileRow {
  return Object.hasOwn(table.rows, value) ? (table.rows[value] ?? table.otherwise) : table.otherwise;
}

function ofTable(profile: TlsProfile, parameter: Exclude<keyof ProfileTables, "dhGroup13">, value: string): AppliedRow {
  return apply(profile, parameter, value, rowOf(profile.tables[parameter], value));
}

/** A size that is not a number reaches no row, and counts as the smallest. */
function ofSize(profile: TlsProfile, parameter: "rsaBits" | "dhBits", bits: number): readonly AppliedRow[] {
  const sizes: SizeRows = profile[parameter];
  const row = sizes.find(({ atLeast }) => bits >= atLeast) ?? sizes.at(-1);
  return row === undefined ? [] : [apply(profile, parameter, String(bits), row)];
}

function ofSuite(profile: TlsProfile, number: number): readonly AppliedRow[] {
  const { listed, keyExchange, authentication, cipher, hash } = profile.suites;
  const name = suiteLabel(number);
  const rows = [apply(profile, "suite", name, rowOf(listed, name))];
  const suite = suiteOf(number);
  if (suite === null) return rows;
  const add = (parameter: string, table: ProfileTable | undefined, value: string) => {
    if (table !== undefined) rows.push(apply(profile, parameter, value, rowOf(table, value)));
  };
  add("suite-key-exchange", keyExchange, suite.keyExchange);
  add("suite-authentication", authentication, suite.authentication);
  add("suite-cipher", cipher, `${suite.cipher}_${suite.bits}_${suite.mode}`);
  add("suite-hash", hash, suite.hash);
  return rows;
}

function ofDh(profile: TlsProfile, { group, bits }: DhPrime): readonly AppliedRow[] {
  return [ofTable(profile, "dhGroup", group ?? "unknown"), ...ofSize(profile, "dhBits", bits)];
}

function ofGroup(profile: TlsProfile, number: number): readonly AppliedRow[] {
  const isFiniteField = groupOf(number)?.kind === "finite-field";
  if (!isFiniteField) return [ofTable(profile, "group", groupLabel(number))];
  const table = profile.tables.dhGroup13 ?? profile.tables.dhGroup;
  return [apply(profile, "dhGroup", groupLabel(number), rowOf(table, groupLabel(number)))];
}

function ofKey(profile: TlsProfile, fact: Extract<TlsFact, { kind: "certificate-key" }>): readonly AppliedRow[] {
  const { type, bits, curve } = fact;
  const rows = [ofTable(profile, "certificateKey", type)];
  if (type === "RSA") return [...rows, ...ofSize(profile, "rsaBits", bits ?? 0)];
  return type === "ECDSA" ? [...rows, ofTable(profile, "certificateCurve", curve ?? "unknown")] : rows;
}

/** Facts that are one value in one table. */
const TABLE_OF = {
  version: "version",
  "certificate-hash": "certificateHash",
  "exchange-hash": "exchangeHash",
  "accepted-hash": "acceptedHash",
  preference: "preference",
  compression: "compression",
  "secure-renegotiation": "secureRenegotiation",
  "client-renegotiation": "clientRenegotiation",
  "early-data": "earlyData",
  "ocsp-staple": "ocspStaple",
  "extended-master-secret": "extendedMasterSecret",
} as const satisfies Partial<Record<TlsFact["kind"], keyof ProfileTables>>;

function valueOf(fact: Extract<TlsFact, { kind: keyof typeof TABLE_OF }>): string {
  if (fact.kind === "version") return fact.version;
  if (fact.kind === "compression") return fact.method;
  return "hash" in fact ? fact.hash : fact.state;
}

function rowsFor(profile: TlsProfile, fact: TlsFact): readonly AppliedRow[] {
  switch (fact.kind) {
    case "suite":
      return ofSuite(profile, fact.suite);
    case "group":
      return ofGroup(profile, fact.group);
    case "dh":
      return ofDh(profile, fact.prime);
    case "certificate-key":
      return ofKey(profile, fact);
    default:
      return [ofTable(profile, TABLE_OF[fact.kind], valueOf(fact))];
  }
}

const badness = ({ verdict, grade }: AppliedRow): number =>
  PROFILE_VERDICTS.indexOf(verdict) * GRADES.length + GRADES.indexOf(grade);

/** What the profile says of a fact. Pure and total: a value that it does not know falls to the row `otherwise`. */
export function gradeOf(profile: TlsProfile, fact: TlsFact): FactGrade {
  const rows = [...rowsFor(profile, fact)].sort((a, b) => badness(b) - badness(a));
  const [worst] = rows;
  if (worst === undefined) throw new Error(`${profile.id} has no row for ${fact.kind}`);
  return { grade: worst.grade, verdict: worst.verdict, isDisputed: rows.some((row) => row.isDisputed), rows };
}
