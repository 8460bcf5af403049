import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import * as z from "zod";
import { type Settings, settingsForm } from "./settings-form.ts";
import { SettingsFileError, type SettingsProblem } from "./settings-problem.ts";

/** Settings are a page of text; no alias is needed in one. */
const MOST_ALIASES = 0;
const LONGEST_QUOTE = 60;

type Path = readonly (string | number)[];

interface Source {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Reads the text of the deployment settings, YAML or JSON. Throws SettingsFileError with everything that is wrong with it. */
export function parseSettings(text: string, file: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/u, ""), { lineCounter: lines });
  const source: Source = { file, document, lines };
  if (document.errors.length > 0)
    throw new SettingsFileError(document.errors.map((error) => unreadable(error, source)));
  const data = contentOf(source);
  const read = settingsForm.safeParse(data, { reportInput: true });
  if (read.success) return read.data;
  const problems = read.error.issues.flatMap((issue) => problemsOf(issue, source));
  throw new SettingsFileError(problems.toSorted((a, b) => a.line - b.line || a.column - b.column));
}

function contentOf({ file, document }: Source): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch {
    const start = { file, line: 1, column: 1, field: "" };
    throw new SettingsFileError([{ ...start, found: "an alias (*name)", expected: "each value written out" }]);
  }
}

function unreadable(
  { pos, message }: { pos: [number, number]; message: string },
  { file, lines }: Source,
): SettingsProblem {
  const [first = message] = message.split("\n");
  return {
    file,
    ...place(pos[0], lines),
    field: "",
    found: `what is not YAML (${first})`,
    expected: "valid YAML or JSON",
  };
}

function problemsOf(issue: z.core.$ZodIssue, source: Source): readonly SettingsProblem[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code !== "unrecognized_keys") {
    const input: unknown = issue.code === "invalid_union" ? source.document.getIn(path) : issue.input;
    return [problemAt(path, source, quoted(input), expectationOf(issue))];
  }
  const known = `a known field: ${fieldsAt(path, source.document).join(", ")}`;
  return issue.keys.map((key) => problemAt([...path, key], source, "an unknown field", known));
}

function problemAt(path: Path, source: Source, found: string, expected: string): SettingsProblem {
  const field = path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
  return { file: source.file, ...place(offsetOf(path, source.document), source.lines), field, found, expected };
}

/** The words that the form gives are whole; where it gives none, the field is a group of fields. */
function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.expected === "object") return "fields (name: value)";
  return issue.message;
}

/** Where the value at `path` stands, by its key; what is missing is told of where it should have stood. */
function offsetOf(path: Path, document: Document.Parsed): number {
  let node: Node | null = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const child = childOf(node, step);
    if (child === null) break;
    offset = startOf(child.key) ?? startOf(child.value) ?? offset;
    node = child.value;
  }
  return offset;
}

/** An item of a list has no key; null when there is nothing at `step`. */
function childOf(parent: Node | null, step: string | number): { key: Node | null; value: Node | null } | null {
  if (isSeq<Node>(parent) && typeof step === "number") {
    const value = parent.items[step];
    return value === undefined ? null : { key: null, value };
  }
  if (!isMap<Node, Node | null>(parent)) return null;
  return parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) ?? null;
}

function startOf(node: Node | null): number | undefined {
  return node?.range?.[0];
}

function place(offset: number, lines: LineCounter): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The fields that the form takes at `path`. The one choice between forms, `api`, is made by what stands in it. */
function fieldsAt(path: Path, document: Document.Parsed): readonly string[] {
  let form: z.ZodType = settingsForm;
  for (const step of path) {
    const shape: Readonly<Record<string, z.ZodType>> = form instanceof z.ZodObject ? form.shape : {};
    form = shape[String(step)] ?? z.unknown();
    while (form instanceof z.ZodDefault) form = form.unwrap() as z.ZodType;
  }
  if (form instanceof z.ZodDiscriminatedUnion) {
    const by: unknown = document.getIn([...path, "by"]);
    const options = form.options as readonly z.ZodObject<{ by: z.ZodType }>[];
    form = options.find(({ shape }) => shape.by.safeParse(by).success) ?? form;
  }
  return form instanceof z.ZodObject ? Object.keys(form.shape) : [];
}

function quoted(value: unknown): string {
  if (value === undefined) return "nothing (the field is missing)";
  if (value === null) return "an empty field";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "fields";
  const text = JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
