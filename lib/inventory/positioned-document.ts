import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from "yaml";
import type { Bilingual } from "../core/messages.ts";
import type { FieldPath } from "./problem.ts";

/** Aliases make a small file large ("billion laughs"): an inventory needs hardly any. */
const MOST_ALIASES = 1_000;
const DEEPEST = 40;
/** After a syntax error the rest is mostly its echo. */
const MOST_PROBLEMS = 10;

export interface Position {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Plain data with the place in the file of each of its parts. */
export interface PositionedDocument {
  readonly data: unknown;
  /** The characters of the file where they say more than the value does, such as 0101 read as a number. */
  sourceAt(path: FieldPath): string | null;
  /** Where the value at `path` stands; its key, if the value is a list or map; the nearest parent if there is none. */
  locate(path: FieldPath): Position;
  /** Where the key itself stands. */
  locateKey(path: FieldPath): Position;
}

export interface SyntaxProblem {
  readonly position: Position;
  readonly found: Bilingual;
  readonly expected: Bilingual;
}

/** The data of a text as far as it could be read, and what is wrong with its syntax. */
export interface ParsedText {
  /** Null when the syntax leaves it open what is meant. */
  readonly document: PositionedDocument | null;
  readonly problems: readonly SyntaxProblem[];
}

/** Reads YAML 1.2, and so JSON. Repeated keys, unknown tags and several documents are problems. */
export function parsePositioned(text: string): ParsedText {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
    const errors = [...document.errors, ...document.warnings];
    if (errors.some(({ message }) => message.includes("call stack"))) return tooMuch();
    const problems = errors.slice(0, MOST_PROBLEMS).map((error) => problemOf(error, lines));
    if (errors.some(({ code }) => code !== "DUPLICATE_KEY")) return { document: null, problems };
    const data: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return depthOf(data, DEEPEST) > DEEPEST ? tooMuch() : { document: positioned(document, data, lines), problems };
  } catch (error) {
    // Too many aliases, one that contains itself, or nesting that exhausts the stack.
    if (error instanceof RangeError || error instanceof ReferenceError) return tooMuch();
    throw error;
  }
}

function positioned(document: Document.Parsed, data: unknown, lines: LineCounter): PositionedDocument {
  return {
    data,
    sourceAt: (path) => sourceOf(stepsAlong(document, path).at(path.length)?.value ?? null),
    locate: (path) => positionOf(nodeAt(document, path), lines),
    locateKey: (path) => positionOf(keyAt(document, path) ?? nodeAt(document, path), lines),
  };
}

function sourceOf(node: Node | null): string | null {
  return isScalar(node) && typeof node.value !== "string" && node.value !== null ? (node.source ?? null) : null;
}

const WORDS: Readonly<Record<string, readonly [found: Bilingual, expected: Bilingual]>> = {
  DUPLICATE_KEY: [
    { da: "et felt, der står to gange", en: "a field that stands twice" },
    { da: "hvert felt én gang", en: "each field once" },
  ],
  MULTIPLE_DOCS: [
    { da: "flere dokumenter i samme fil", en: "several documents in one file" },
    { da: "ét dokument", en: "one document" },
  ],
};

function problemOf(error: YAMLError, lines: LineCounter): SyntaxProblem {
  const [found, wanted] = WORDS[error.code] ?? [
    { da: `noget, der ikke er YAML eller JSON (${error.message})`, en: `what is not YAML or JSON (${error.message})` },
    { da: "gyldig YAML eller JSON", en: "valid YAML or JSON" },
  ];
  return { position: place(error.pos[0], lines), found, expected: wanted };
}

function tooMuch(): ParsedText {
  const wanted = {
    da: `lister og felter i højst ${DEEPEST} lag og højst ${MOST_ALIASES} henvisninger`,
    en: `lists and fields at most ${DEEPEST} deep and at most ${MOST_ALIASES} aliases`,
  };
  const found = { da: "mere end det", en: "more than that" };
  return { document: null, problems: [{ position: { line: 1, column: 1 }, found, expected: wanted }] };
}

function depthOf(data: unknown, limit: number): number {
  if (typeof data !== "object" || data === null || limit < 0) return 0;
  return 1 + Math.max(0, ...Object.values(data).map((value) => depthOf(value, limit - 1)));
}

interface Step {
  readonly key: Node | null;
  readonly value: Node | null;
}

/** The nodes along `path`, as far as they exist. */
function stepsAlong(document: Document.Parsed, path: FieldPath): readonly Step[] {
  const steps: Step[] = [{ key: null, value: document.contents }];
  for (const part of path) {
    const next = childOf(document, steps.at(-1)?.value ?? null, part);
    if (next === null) break;
    steps.push(next);
  }
  return steps;
}

function childOf(document: Document.Parsed, parent: Node | null, part: string | number): Step | null {
  const node = isAlias(parent) ? (parent.resolve(document) ?? null) : parent;
  if (isSeq<Node>(node) && typeof part === "number") {
    const value = node.items[part];
    return value === undefined ? null : { key: null, value };
  }
  if (!isMap<Node, Node | null>(node)) return null;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

function nodeAt(document: Document.Parsed, path: FieldPath): Node | null {
  const last = stepsAlong(document, path).at(-1);
  if (last === undefined) return null;
  return isScalar(last.value) || last.key === null ? last.value : last.key;
}

function keyAt(document: Document.Parsed, path: FieldPath): Node | null {
  const steps = stepsAlong(document, path);
  return steps.length === path.length + 1 ? (steps.at(-1)?.key ?? null) : null;
}

function positionOf(node: Node | null, lines: LineCounter): Position {
  return place(node?.range?.[0] ?? 0, lines);
}

function place(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
