import { createHmac, timingSafeEqual } from "node:crypto";
import type * as z from "zod";
import { canonicalJson } from "../core/transition.ts";

/** What a cursor is good for: the pages of one route for one query of one municipality. */
export interface Walk {
  readonly municipality: string;
  /** The route's id. */
  readonly route: string;
  /** Path and query parameters as they came, without those that only say how a page is to look. */
  readonly query: Readonly<Record<string, string>>;
}

/** Nobody else uses the secret for the same text. */
const PURPOSE = "kravvagt/cursor/1";

/** Makes the position of the next page into a text that nobody else can make. The position can be read, not altered. */
export function sealCursor(position: unknown, walk: Walk, secret: string): string {
  const content = Buffer.from(JSON.stringify(position)).toString("base64url");
  return `${content}.${macOf(content, walk, secret).toString("base64url")}`;
}

/** The position of a cursor that was made for this very walk; null for any other text. */
export function openCursor<Position>(
  cursor: string,
  form: z.ZodType<Position>,
  walk: Walk,
  secret: string,
): Position | null {
  const [content = "", mac = "", ...more] = cursor.split(".");
  const given = Buffer.from(mac, "base64url");
  const own = macOf(content, walk, secret);
  // Several texts decode to the same bytes; only the one that was handed out is good.
  const isWhole = more.length === 0 && given.toString("base64url") === mac;
  if (!isWhole || given.length !== own.length || !timingSafeEqual(given, own)) return null;
  const position = form.safeParse(JSON.parse(Buffer.from(content, "base64url").toString()));
  return position.success ? position.data : null;
}

function macOf(content: string, { municipality, route, query }: Walk, secret: string): Buffer {
  const text = canonicalJson([PURPOSE, municipality, route, query, content]);
  return createHmac("sha256", secret).update(text).digest();
}
