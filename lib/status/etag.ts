import { createHash } from "node:crypto";

/** Enough of the hash that no two bodies share it. */
const DIGITS = 32;
/** An entity tag, its mark of weakness apart (RFC 9110 section 8.8.3). */
const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/gu;

/** A strong entity tag: two bodies of the same bytes have the same, and no others. */
export function entityTag(body: string | Uint8Array): string {
  return `"${createHash("sha256").update(body).digest("hex").slice(0, DIGITS)}"`;
}

/** Whether If-None-Match names the tag, by weak comparison (RFC 9110 section 13.1.2). */
export function isNamed(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return [...ifNoneMatch.matchAll(TAG)].some(([, opaque]) => opaque === tag);
}
