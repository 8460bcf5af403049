import * as z from "zod";
import type { Bilingual } from "../core/messages.ts";

/** The outcome of reading one value of the inventory: the normalised value, or what should have stood there. */
export type Leaf<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: Bilingual };

export function accepted<T>(value: T): Leaf<T> {
  return { ok: true, value };
}

export function expected(da: string, en: string): { readonly ok: false; readonly expected: Bilingual } {
  return { ok: false, expected: { da, en } };
}

/** A form for a string that `parse` reads. Its schema is a string with `description`; a problem carries `expected`. */
export function leafForm<T>(parse: (text: string) => Leaf<T>, description: string): z.ZodType<T, string> {
  const form = z.string().transform((text, context): T => {
    const leaf = parse(text);
    if (leaf.ok) return leaf.value;
    context.addIssue({ code: "custom", params: { expected: leaf.expected }, message: leaf.expected.en });
    return z.NEVER;
  });
  return form.meta({ description });
}
