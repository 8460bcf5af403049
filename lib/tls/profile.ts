import { createHash } from "node:crypto";
import { canonicalJson } from "../core/transition.ts";

/** NCSC-NL's four grades, which CFCS's guide translates: god, tilstrækkelig, bør udfases, utilstrækkelig. Best first. */
export const GRADES = ["good", "sufficient", "phase-out", "insufficient"] as const;
export type Grade = (typeof GRADES)[number];

/** What a grade comes to: best first. */
export const PROFILE_VERDICTS = ["pass", "warn", "fail"] as const;
export type ProfileVerdict = (typeof PROFILE_VERDICTS)[number];

/** One line of a profile. */
export interface ProfileRow {
  readonly grade: Grade;
  /** The table, guideline or section that says so. */
  readonly source: string;
  /** Sources differ, or an inference is weak: it warns, whatever the grade. */
  readonly isDisputed?: true;
  /** Where the verdict is not the one of the grade. */
  readonly verdict?: ProfileVerdict;
}

/** Rows by value; `otherwise` is for every value that has none. */
export interface ProfileTable {
  readonly rows: Readonly<Record<string, ProfileRow>>;
  readonly otherwise: ProfileRow;
}

/** The first row whose size is reached holds; sizes descend, the last is 0. */
export type SizeRows = readonly (ProfileRow & { readonly atLeast: number })[];

/** What has a table of its own. Values are those of `TlsFact` in profile-grade.ts. */
export interface ProfileTables {
  readonly version: ProfileTable;
  /** By name of elliptic and hybrid groups. */
  readonly group: ProfileTable;
  /** By name of the DH group; `unknown` for a prime that no RFC defines. */
  readonly dhGroup: ProfileTable;
  /** The same for what TLS 1.3 names among its groups; unset: as dhGroup. */
  readonly dhGroup13?: ProfileTable;
  /** RSA, ECDSA, EdDSA ... */
  readonly certificateKey: ProfileTable;
  /** The curve of an ECDSA certificate. */
  readonly certificateCurve: ProfileTable;
  readonly certificateHash: ProfileTable;
  /** The hash that signs the key exchange when all were offered; `no-sha2` when none of SHA-256 and up is known. */
  readonly exchangeHash: ProfileTable;
  /** A hash that is accepted when it alone is offered. */
  readonly acceptedHash: ProfileTable;
  /** `enforced`, `not-needed`, `not-enforced`. */
  readonly preference: ProfileTable;
  /** `none`, `DEFLATE`. */
  readonly compression: ProfileTable;
  /** `supported`, `missing`. */
  readonly secureRenegotiation: ProfileTable;
  /** `refused`, `limited`, `unlimited`. */
  readonly clientRenegotiation: ProfileTable;
  /** `off`, `accepted`. */
  readonly earlyData: ProfileTable;
  /** `valid`, `not-needed`, `absent`, `invalid`, `must-staple-missing`. */
  readonly ocspStaple: ProfileTable;
  /** `present`, `absent`. */
  readonly extendedMasterSecret: ProfileTable;
}

/** Rules for suites: a suite is as strong as its weakest part, and no better than the list says. */
export interface SuiteRules {
  /** By IANA name. */
  readonly listed: ProfileTable;
  readonly keyExchange?: ProfileTable;
  readonly authentication?: ProfileTable;
  /** By cipher, bits and mode: `AES_128_GCM`, `3DES_168_CBC`, `RC4_128_stream`. */
  readonly cipher?: ProfileTable;
  /** MD5, SHA1, SHA256 ...: the hash that the suite's name ends with. */
  readonly hash?: ProfileTable;
}

/** A TLS profile: data, with where it comes from. Every verdict that rests on it names `id`, `version` and `hash`. */
export interface TlsProfile {
  readonly id: string;
  readonly version: string;
  readonly source: string;
  /** When it was last compared with its source, YYYY-MM-DD. */
  readonly reviewed: string;
  /** The real table was not at hand: each verdict must say so, in the words of `caveat`. */
  readonly isInferred: boolean;
  readonly caveat: { readonly da: string; readonly en: string } | null;
  /** It never fails anything: its findings stand beside those of the profile in force. */
  readonly isAdvisory: boolean;
  readonly verdicts: Readonly<Record<Grade, ProfileVerdict>>;
  readonly tables: ProfileTables;
  readonly suites: SuiteRules;
  readonly rsaBits: SizeRows;
  readonly dhBits: SizeRows;
  /** SHA-256 over everything else, so that a changed row cannot keep an old name. */
  readonly hash: string;
}

/** A profile with its hash. Throws when an advisory one could fail something or a size has no row: a fault of the file. */
export function defineProfile(content: Omit<TlsProfile, "hash">): TlsProfile {
  for (const sizes of [content.rsaBits, content.dhBits])
    if (sizes.at(-1)?.atLeast !== 0) throw new Error(`${content.id}: sizes end with a row for 0`);
  if (content.isAdvisory && Object.values(content.verdicts).includes("fail"))
    throw new Error(`${content.id}: an advisory profile fails nothing`);
  return { ...content, hash: createHash("sha256").update(canonicalJson(content)).digest("hex") };
}

/** A table of rows that share grade and source: values are separated by blanks. */
export function graded(
  source: string,
  grades: Partial<Readonly<Record<Grade, string>>>,
  otherwise: Grade,
): ProfileTable {
  const rows = GRADES.flatMap((grade) =>
    (grades[grade] ?? "").split(" ").flatMap((value) => (value === "" ? [] : [[value, { grade, source }] as const])),
  );
  return { rows: Object.fromEntries(rows), otherwise: { grade: otherwise, source } };
}

/** The table with some rows of its own in place of, or beside, those it has. */
export function withRows(table: ProfileTable, rows: Readonly<Record<string, ProfileRow>>): ProfileTable {
  return { ...table, rows: { ...table.rows, ...rows } };
}
