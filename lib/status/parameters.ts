import * as z from "zod";
import { LANGUAGES } from "./negotiate.ts";
import { REQUIREMENT_IDS, type RequirementId } from "../core/requirement-id.ts";
import { accepted, expected, type Leaf } from "../inventory/leaf.ts";
import { parseDate, parseStart } from "../inventory/moment.ts";
import { address, assetId, requirementId } from "./forms.ts";
import { LARGEST_LIMIT, type Parameter } from "./route.ts";

/** DynamoDB and the inventory agree on this: an id has at most so many octets. */
const LONGEST_ASSET_ID = 1_000;
const ASSET_ID = /^[a-z]+:./su;

/** An asset's id. Whether there is one is for the store to say. */
export const assetParameter: Parameter<string> = {
  read: (text) =>
    ASSET_ID.test(text) && Buffer.byteLength(text) <= LONGEST_ASSET_ID
      ? accepted(text)
      : expected("id'et på et aktiv, f.eks. domain:example.dk", "the id of an asset, such as domain:example.dk"),
  form: assetId,
  description: "The asset's id, percent-encoded as one segment: domain%3Aexample.dk",
  otherwise: 404,
};

/** A requirement by its number, in either case. */
export const requirementParameter: Parameter<RequirementId> = {
  read: (text) => {
    const found = REQUIREMENT_IDS.find((id) => id === text.toUpperCase());
    const all = REQUIREMENT_IDS.join(", ");
    return found === undefined ? expected(`et krav: ${all}`, `a requirement: ${all}`) : accepted(found);
  },
  form: requirementId,
  description: "The requirement's number",
  otherwise: 404,
};

const HEX_ADDRESS = /^(?:sha256:)?([0-9a-f]{64})$/iu;

/** A content address, with or without the name of the hash. */
export const addressParameter: Parameter<string> = {
  read: (text) => {
    const hex = HEX_ADDRESS.exec(text)?.[1];
    return hex === undefined
      ? expected("64 hexadecimale cifre, med eller uden sha256: foran", "64 hexadecimal digits, after sha256: or alone")
      : accepted(`sha256:${hex.toLowerCase()}`);
  },
  form: z.union([address, z.string().regex(/^[0-9a-f]{64}$/u)]),
  description: "The content address, with or without sha256: in front",
};

const DIGITS = /^\d{1,4}$/u;

/** How many rows a page has. */
export const limitParameter: Parameter<number> = {
  read: (text) => {
    const rows = DIGITS.test(text) ? Number(text) : 0;
    return rows >= 1 && rows <= LARGEST_LIMIT
      ? accepted(rows)
      : expected(`et helt tal fra 1 til ${LARGEST_LIMIT}`, `a whole number from 1 to ${LARGEST_LIMIT}`);
  },
  form: z.int().min(1).max(LARGEST_LIMIT),
  description: "Rows of a page; it may have fewer although there are more",
};

/** Longer than any that was handed out: a position holds at most one asset id. */
const LONGEST_CURSOR = 8_192;

/** What the page before gave as `next`; it is opened where the query is known. */
export const cursorParameter: Parameter<string> = {
  read: (text) =>
    text !== "" && text.length <= LONGEST_CURSOR
      ? accepted(text)
      : expected("en værdi, som feltet next har haft", "a value that the field next has had"),
  form: z.string().min(1).max(LONGEST_CURSOR),
  description: "Where the page begins: `next` of the page before. It is good for the same query only",
};

/** Before this no watch has run, and months to walk through would have no end. */
const EARLIEST = Date.parse("2000-01-01T00:00:00Z");

/** A moment, as epoch milliseconds; a plain date is its midnight in Denmark. */
export const sinceParameter: Parameter<number> = {
  read: (text) => {
    const moment = parseStart(text);
    if (!moment.ok || moment.value >= EARLIEST) return moment;
    return expected("et tidspunkt efter år 1999", "a moment after the year 1999");
  },
  form: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  description: "A date, which begins at midnight in Denmark, or a moment. Left out: 30 days ago",
};

/** A day that has been or is (YYYY-MM-DD, UTC); that it is not to come is for the route to see. */
export const dayParameter: Parameter<string> = {
  read: parseDate,
  form: z.iso.date(),
  description: "A day (UTC). Left out: now",
};

/** One of a few words. */
export function wordParameter<const Word extends string>(
  words: readonly [Word, ...Word[]],
  description: string,
): Parameter<Word> {
  const read = (text: string): Leaf<Word> => {
    const found = words.find((word) => word === text);
    return found === undefined ? expected(words.join(" eller "), words.join(" or ")) : accepted(found);
  };
  return { read, form: z.enum(words), description };
}

/** Wins over Accept-Language, on every route. */
export const languageParameter = wordParameter(LANGUAGES, "The language of words in the answer");
