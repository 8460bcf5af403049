import type { Language } from "../core/messages.ts";
import type { VerificationResult } from "../verify/result.ts";
import { toCsv } from "./csv.ts";
import { toJunit } from "./junit.ts";
import { printableJson } from "./printable.ts";
import { toSarif } from "./sarif.ts";
import { type Paint, plain } from "./paint.ts";
import { toText } from "./text.ts";

export const FORMATS = ["text", "json", "sarif", "junit", "csv"] as const;

export type Format = (typeof FORMATS)[number];

/** The result in one of the formats, whole and ending in a line feed. Only text is painted. */
export function renderResult(
  result: VerificationResult,
  format: Format,
  language: Language,
  paint: Paint = plain,
): string {
  switch (format) {
    case "text":
      return toText(result, language, paint);
    case "json":
      return toJson(result);
    case "sarif":
      return toSarif(result, language);
    case "junit":
      return toJunit(result, language);
    case "csv":
      return toCsv(result);
  }
}

/** The promised form, indented; unprintable characters inside strings are escaped, the data is unchanged. */
export function toJson(result: VerificationResult): string {
  return `${printableJson(result)}\n`;
}
