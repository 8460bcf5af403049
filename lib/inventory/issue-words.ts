import * as z from "zod";
import type { Bilingual } from "../core/messages.ts";
import { nearest } from "./nearest.ts";

/** The two sides of a problem whose place is known: what a form found wrong, in words. */
export interface IssueWords {
  /** Relative to the value that the form was given. */
  readonly path: readonly (string | number)[];
  /** Set when the problem is a key and not a value. */
  readonly unknownKey?: string;
  readonly expected: Bilingual;
}

type Issue = z.core.$ZodIssue;

const QUOTABLE: Bilingual = { da: "en tekst (sæt den i anførselstegn)", en: "a text (put it in quotation marks)" };

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { da: "en tekst", en: "a text" },
  number: { da: "et tal", en: "a number" },
  int: { da: "et helt tal", en: "a whole number" },
  boolean: { da: "true eller false", en: "true or false" },
  array: { da: "en liste", en: "a list" },
  object: { da: "felter (navn: værdi)", en: "fields (name: value)" },
};

/** Every issue of a form in words. `knownKeys` names the fields that may stand at a path, for suggestions. */
export function wordsOf(
  issues: readonly Issue[],
  knownKeys: (path: IssueWords["path"]) => readonly string[],
): IssueWords[] {
  return issues.flatMap((issue): IssueWords[] => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path, unknownKey: key, expected: unknownField(key, knownKeys(path)) }));
    }
    if (issue.code === "invalid_union") return wordsOfUnion(issue, path, knownKeys);
    return [{ path, expected: expectationOf(issue) }];
  });
}

/** Of a union's alternatives the one that fits the value's type is what was meant; if none does, any would have done. */
function wordsOfUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: IssueWords["path"],
  knownKeys: (path: IssueWords["path"]) => readonly string[],
): IssueWords[] {
  const meant = issue.errors.find((issues) => !issues.some(isAboutTheWhole));
  if (meant !== undefined) {
    const inner = wordsOf(meant, (below) => knownKeys([...path, ...below]));
    return inner.map((words) => ({ ...words, path: [...path, ...words.path] }));
  }
  const wanted = issue.errors.flatMap((issues) => issues.filter(isAboutTheWhole).map(expectationOf));
  return [{ path, expected: joined(wanted) }];
}

function isAboutTheWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

function expectationOf(issue: Issue): Bilingual {
  switch (issue.code) {
    case "custom":
      return (
        (issue.params as { expected?: Bilingual } | undefined)?.expected ?? { da: issue.message, en: issue.message }
      );
    case "invalid_type":
      if (issue.expected === "string" && ["number", "boolean"].includes(typeof issue.input)) return QUOTABLE;
      return TYPES[issue.expected] ?? { da: issue.expected, en: issue.expected };
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "too_small":
      return { da: `mindst ${issue.minimum}`, en: `at least ${issue.minimum}` };
    case "too_big":
      return { da: `højst ${issue.maximum}`, en: `at most ${issue.maximum}` };
    default:
      return { da: issue.message, en: issue.message };
  }
}

/** "a, b eller c" and "a, b or c". */
export function oneOf(values: readonly string[]): Bilingual {
  return joined(values.map((value) => ({ da: value, en: value })));
}

function joined(values: readonly Bilingual[]): Bilingual {
  const list = (lang: "da" | "en", or: string): string => {
    const words = [...new Set(values.map((value) => value[lang]))];
    return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${or} ${words.at(-1) ?? ""}`;
  };
  return { da: list("da", "eller"), en: list("en", "or") };
}

function unknownField(key: string, known: readonly string[]): Bilingual {
  const suggestion = nearest(key, known);
  const fields = oneOf(known);
  if (suggestion !== null)
    return { da: `et kendt felt; mente du ${suggestion}?`, en: `a known field; did you mean ${suggestion}?` };
  return known.length === 0
    ? { da: "kun kendte felter", en: "known fields only" }
    : { da: `et kendt felt: ${fields.da}`, en: `a known field: ${fields.en}` };
}

/** The keys that a form takes at `path`, looking through lists, unions, defaults and transforms. */
export function keysOf(form: z.ZodType, path: IssueWords["path"]): readonly string[] {
  const inner = formsWithin(form);
  const [step, ...rest] = path;
  if (step === undefined) return inner.flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : []));
  return inner.flatMap((each) => {
    const next = childForm(each, step);
    return next === undefined ? [] : keysOf(next, rest);
  });
}

function childForm(form: z.ZodType, step: string | number): z.ZodType | undefined {
  if (form instanceof z.ZodArray) return form.element as z.ZodType;
  return form instanceof z.ZodObject ? (form.shape as Record<string, z.ZodType>)[step] : undefined;
}

function formsWithin(form: z.ZodType): readonly z.ZodType[] {
  if (form instanceof z.ZodUnion) return form.options.flatMap((option) => formsWithin(option as z.ZodType));
  if (form instanceof z.ZodPipe) return formsWithin(form.in as z.ZodType);
  if (form instanceof z.ZodExactOptional || form instanceof z.ZodOptional || form instanceof z.ZodDefault) {
    return formsWithin(form.unwrap() as z.ZodType);
  }
  return [form];
}
