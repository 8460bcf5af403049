import type * as z from "zod";
import type { Bilingual } from "../core/messages.ts";
import { keysOf, wordsOf } from "./issue-words.ts";
import type { Position, PositionedDocument } from "./positioned-document.ts";
import {
  fieldOf,
  type FieldPath,
  inFileOrder,
  type InventoryProblem,
  quoted,
  shortened,
  untranslated,
} from "./problem.ts";

/** Collects problems of one document: every one, each at its place. */
export class ProblemList {
  readonly #file: string;
  readonly #document: PositionedDocument;
  readonly #problems: InventoryProblem[] = [];

  constructor(file: string, document: PositionedDocument) {
    this.#file = file;
    this.#document = document;
  }

  /** Reads `value`, which stands at `path`, with `form`; notes its problems and gives undefined if it has any. */
  read<T>(form: z.ZodType<T>, value: unknown, path: FieldPath): T | undefined {
    const result = form.safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const { path: below, unknownKey, expected } of wordsOf(result.error.issues, (at) => keysOf(form, at))) {
      const whole = [...path, ...below];
      if (unknownKey === undefined) this.add(whole, expected);
      else this.addKey([...whole, unknownKey], expected);
    }
    return undefined;
  }

  /** Notes a problem with the value at `path`; `found` is the value itself unless given. */
  add(path: FieldPath, expected: Bilingual, found: Bilingual = this.quoteAt(path)): void {
    this.#problems.push({ file: this.#file, ...this.#document.locate(path), field: fieldOf(path), found, expected });
  }

  /** Notes a problem with the key at the end of `path`. */
  addKey(path: FieldPath, expected: Bilingual): void {
    const found = { da: "et ukendt felt", en: "an unknown field" };
    this.#problems.push({ file: this.#file, ...this.#document.locateKey(path), field: fieldOf(path), found, expected });
  }

  positionOf(path: FieldPath): Position {
    return this.#document.locate(path);
  }

  lineOf(path: FieldPath): number {
    return this.#document.locate(path).line;
  }

  /** In the order of the file. */
  inOrder(): readonly InventoryProblem[] {
    return inFileOrder(this.#problems);
  }

  quoteAt(path: FieldPath): Bilingual {
    const source = this.#document.sourceAt(path);
    if (source !== null) return untranslated(shortened(source));
    const value = path.reduce<unknown>(
      (value, step) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined,
      this.#document.data,
    );
    return quoted(value);
  }
}

/** The items of a section that must be a list; none, with a problem noted, when it is something else. */
export function listOf(section: unknown, path: FieldPath, problems: ProblemList, required = false): readonly unknown[] {
  if (Array.isArray(section)) return section;
  if (section !== undefined || required) problems.add(path, { da: "en liste", en: "a list" });
  return [];
}

export function onceOnly(line: number): { da: string; en: string } {
  return { da: `kun én gang; det står allerede på linje ${line}`, en: `only once; it already stands on line ${line}` };
}

export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
