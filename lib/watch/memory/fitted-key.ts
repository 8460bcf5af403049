import { createHash } from "node:crypto";
import type { Key } from "../keys.ts";

/** The most octets of UTF-8 that a sort key may have in DynamoDB. */
const LONGEST_SORT_KEY = 1024;

/**
 * A key whose sort key begins with a moment, made to fit: what follows the moment becomes its SHA-256 where an asset's id
 * leaves too little room. It still sorts by the moment, and no two become one.
 */
export function fittedKey({ pk, sk }: Key, moment: string): Key {
  if (Buffer.byteLength(sk) <= LONGEST_SORT_KEY) return { pk, sk };
  return { pk, sk: `${moment}#${createHash("sha256").update(sk).digest("hex")}` };
}
