import * as z from "zod";
import { accepted, expected, type Leaf, leafForm } from "./leaf.ts";

const LONGEST_LINE = 300;
const LONGEST_TEXT = 5_000;

/** One line of text for people: not empty, no control characters. */
export const lineForm = leafForm((text) => parseText(text, LONGEST_LINE, /\p{Cc}/u), "One line of text");

/** Text for people, which may span lines. */
export const textForm = leafForm((text) => parseText(text, LONGEST_TEXT, /(?![\n\t])\p{Cc}/u), "Text");

/** An id that stands in keys and file names: letters, digits, dot, hyphen, underscore. */
export const idForm = leafForm(parseId, "An id of letters, digits, dots, hyphens and underscores");

/** A path to a file, relative to the inventory's folder unless absolute. */
export const pathForm = leafForm(
  (text) => parseText(text, LONGEST_TEXT, /\p{Cc}/u),
  "A file, relative to the folder of the inventory",
);

/** SHA-256 as 64 hexadecimal digits, kept in lower case. */
export const sha256Form = leafForm(parseSha256, "SHA-256 of the file as 64 hexadecimal digits");

/** A DKIM selector: one or more labels (RFC 6376 section 3.1). */
export const selectorForm = leafForm(parseSelector, "A DKIM selector");

/** Who stands behind a statement: a name, or a name and a role. */
export const signatoryForm = z
  .union([lineForm.transform((name) => ({ name })), z.strictObject({ name: lineForm, role: lineForm.exactOptional() })])
  .meta({ description: "Who stands behind this: a name, or name and role" });

function parseText(text: string, longest: number, forbidden: RegExp): Leaf<string> {
  const composed = text.normalize("NFC").trim();
  if (composed !== "" && composed.length <= longest && !forbidden.test(composed)) return accepted(composed);
  return expected(
    `en tekst på 1 til ${longest} tegn uden styretegn`,
    `a text of 1 to ${longest} characters without control characters`,
  );
}

function parseId(text: string): Leaf<string> {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/u.test(text)) return accepted(text);
  return expected(
    "et id på højst 100 bogstaver, tal, punktummer, bindestreger og understregninger",
    "an id of at most 100 letters, digits, dots, hyphens and underscores",
  );
}

function parseSha256(text: string): Leaf<string> {
  if (/^[0-9a-f]{64}$/iu.test(text)) return accepted(text.toLowerCase());
  return expected("SHA-256 som 64 hexadecimale cifre", "SHA-256 as 64 hexadecimal digits");
}

function parseSelector(text: string): Leaf<string> {
  const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
  if (text.length <= 200 && new RegExp(`^${label}(?:\\.${label})*$`, "iu").test(text))
    return accepted(text.toLowerCase());
  return expected("en DKIM-selector, f.eks. selector1", "a DKIM selector such as selector1");
}
