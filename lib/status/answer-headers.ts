/** Nothing may be loaded, framed or run but our own styles, fonts and pictures; nobody else may read or embed an answer. */
const SECURITY = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; " +
    "frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Asked anew each time, with the entity tag; kept nowhere where an answer is raw evidence; for ever where the name says it. */
const CACHING = {
  revalidate: "no-cache",
  never: "no-store",
  forever: "public, max-age=31536000, immutable",
} as const;

export type Caching = keyof typeof CACHING;

/** The headers that every answer has, those of one with a body among them. Names in lower case. */
export function answerHeaders(type: string | null, caching: Caching): Readonly<Record<string, string>> {
  return { ...SECURITY, "cache-control": CACHING[caching], ...(type === null ? {} : { "content-type": type }) };
}
