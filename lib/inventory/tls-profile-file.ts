import * as z from "zod";
import { profileOf, TLS_PROFILES } from "../../data/tls-profiles/index.ts";
import {
  defineProfile,
  GRADES,
  PROFILE_VERDICTS,
  type ProfileRow,
  type ProfileTable,
  type SizeRows,
  type TlsProfile,
} from "../tls/profile.ts";
import { parsePositioned } from "./positioned-document.ts";
import { inFileOrder, type InventoryProblem } from "./problem.ts";
import { isFields, ProblemList } from "./problem-list.ts";
import { idForm, lineForm } from "./plain-values.ts";
import { accepted, expected, type Leaf, leafForm } from "./leaf.ts";

const gradeForm = z.enum(GRADES);
const verdictForm = z.enum(PROFILE_VERDICTS);
/** A grade alone, or with what makes the row different from others of that grade. */
const rowForm = z.union([
  gradeForm,
  z.strictObject({
    grade: gradeForm,
    source: lineForm.exactOptional(),
    verdict: verdictForm.exactOptional(),
    isDisputed: z.literal(true).exactOptional(),
  }),
]);
const tableForm = z.strictObject({
  rows: z.record(z.string().min(1).max(100), rowForm).default({}),
  otherwise: rowForm.exactOptional(),
});
const sizesForm = z
  .array(z.strictObject({ atLeast: z.int().min(0), grade: gradeForm, verdict: verdictForm.exactOptional() }))
  .min(1);

type RowForm = z.infer<typeof rowForm>;
type TableForm = z.infer<typeof tableForm>;

const TABLES = [
  ...[
    "version",
    "group",
    "dhGroup",
    "dhGroup13",
    "certificateKey",
    "certificateCurve",
    "certificateHash",
    "exchangeHash",
  ],
  ...["acceptedHash", "preference", "compression", "secureRenegotiation", "clientRenegotiation", "earlyData"],
  ...["ocspStaple", "extendedMasterSecret"],
] as readonly (keyof TlsProfile["tables"])[];
const SUITE_TABLES = ["listed", "keyExchange", "authentication", "cipher", "hash"] as const;

function optionalTables<K extends string>(names: readonly K[]): z.ZodType<Partial<Record<K, TableForm>>> {
  return z.strictObject(Object.fromEntries(names.map((each) => [each, tableForm.exactOptional()]))) as never;
}

/** A TLS profile as a file has it: what differs from a profile of the house. */
export const tlsProfileForm = z.strictObject({
  schema: z.literal("kravvagt/tls-profile/1"),
  id: idForm,
  version: lineForm,
  source: lineForm,
  extends: leafForm(parseBase, "The profile that this one differs from"),
  isInferred: z.boolean().exactOptional(),
  caveat: z.strictObject({ da: lineForm, en: lineForm }).exactOptional(),
  isAdvisory: z.boolean().exactOptional(),
  tables: optionalTables(TABLES).optional(),
  suites: optionalTables(SUITE_TABLES).optional(),
  rsaBits: sizesForm.exactOptional(),
  dhBits: sizesForm.exactOptional(),
});

type ProfileForm = z.infer<typeof tlsProfileForm>;

export type ReadTlsProfile =
  | { readonly ok: true; readonly profile: TlsProfile }
  | { readonly ok: false; readonly problems: readonly InventoryProblem[] };

/** Reads the text of a profile, YAML or JSON; `file` is only for naming. Each problem names line, column and field. */
export function parseTlsProfile(text: string, file: string): ReadTlsProfile {
  const { document, problems } = parsePositioned(text.replace(/^\uFEFF/u, ""));
  const syntax = problems.map(({ position, ...words }) => ({ file, ...position, field: "", ...words }));
  if (document === null || syntax.length > 0) return { ok: false, problems: inFileOrder(syntax) };
  const list = new ProblemList(file, document);
  if (!isFields(document.data))
    list.add([], { da: "felter: schema, id, extends …", en: "fields: schema, id, extends …" });
  const form = isFields(document.data) ? list.read(tlsProfileForm, document.data, []) : undefined;
  if (form === undefined) return { ok: false, problems: list.inOrder() };
  const last = { da: "en sidste række med atLeast: 0", en: "a last row with atLeast: 0" };
  for (const sizes of ["rsaBits", "dhBits"] as const) {
    const rows = form[sizes];
    if (rows !== undefined && !descends(rows.map(({ atLeast }) => atLeast))) list.add([sizes], last);
  }
  const found = list.inOrder();
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, profile: profileFrom(form) };
}

function parseBase(text: string): Leaf<TlsProfile> {
  const base = profileOf(text);
  if (base !== null) return accepted(base);
  const ids = TLS_PROFILES.map(({ id }) => id).join(", ");
  return expected(`en af profilerne ${ids}`, `one of the profiles ${ids}`);
}

function descends(sizes: readonly number[]): boolean {
  return sizes.at(-1) === 0 && sizes.every((size, index) => index === 0 || size < (sizes[index - 1] ?? 0));
}

function profileFrom({ extends: base, tables = {}, suites = {}, rsaBits, dhBits, ...form }: ProfileForm): TlsProfile {
  const { id, version, source } = form;
  const isAdvisory = form.isAdvisory ?? base.isAdvisory;
  const merged = <T extends object>(own: T, changes: Readonly<Record<string, TableForm | undefined>>): T => ({
    ...own,
    ...Object.fromEntries(
      Object.entries(changes).flatMap(([name, change]) =>
        change === undefined ? [] : [[name, mergeTable((own as Record<string, ProfileTable>)[name], change, source)]],
      ),
    ),
  });
  return defineProfile({
    ...{ id, version, source, isAdvisory, reviewed: base.reviewed, verdicts: base.verdicts },
    isInferred: form.isInferred ?? false,
    caveat: form.caveat ?? (form.isInferred === true ? base.caveat : null),
    tables: merged(base.tables, tables),
    suites: merged(base.suites, suites),
    rsaBits: rsaBits === undefined ? base.rsaBits : sizesFrom(rsaBits, source),
    dhBits: dhBits === undefined ? base.dhBits : sizesFrom(dhBits, source),
  });
}

/** Rows of the file come before those of the profile that it extends; a table that the latter lacks has only its own. */
function mergeTable(base: ProfileTable | undefined, change: TableForm, source: string): ProfileTable {
  const rows = Object.entries(change.rows).map(([value, row]) => [value, rowFrom(row, source)] as const);
  const otherwise = change.otherwise === undefined ? base?.otherwise : rowFrom(change.otherwise, source);
  return {
    rows: { ...base?.rows, ...Object.fromEntries(rows) },
    otherwise: otherwise ?? { grade: "good", source },
  };
}

function rowFrom(row: RowForm, source: string): ProfileRow {
  return typeof row === "string" ? { grade: row, source } : { source, ...row };
}

function sizesFrom(rows: z.infer<typeof sizesForm>, source: string): SizeRows {
  return rows.map((row) => ({ source, ...row }));
}
