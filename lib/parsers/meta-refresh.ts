/** The `content` of `<meta http-equiv="refresh">`, and the Refresh header field: HTML, "shared declarative refresh steps". */

export interface Refresh {
  /** Whole seconds before the page is left; numbers beyond MAX_SECONDS count as that. */
  readonly seconds: number;
  /** As written, not resolved; null where the page loads itself again. */
  readonly url: string | null;
}

const MAX_SECONDS = 1_000_000;
const MAX_LENGTH = 8192;
const BLANK = /[\t\n\f\r ]/;

/** Null where browsers find no instruction in it. */
export function parseRefresh(content: string): Refresh | null {
  if (content.length > MAX_LENGTH) return null;
  const start = withoutBlanksBefore(content);
  const digits = /^[0-9]*/.exec(start)?.[0] ?? "";
  const afterDigits = start.slice(digits.length);
  if (digits === "" && !afterDigits.startsWith(".")) return null;
  const seconds = Math.min(Number(digits), MAX_SECONDS);
  const rest = afterDigits.replace(/^[0-9.]+/, "");
  if (rest === "") return { seconds, url: null };
  if (!/^[;,\t\n\f\r ]/.test(rest)) return null;
  const separated = withoutBlanksBefore(withoutBlanksBefore(rest).replace(/^[;,]/, ""));
  return { seconds, url: separated === "" ? null : urlOf(separated) };
}

/** What follows `url=`, if that stands there, and what stands within the quotation marks, if there are any. */
function urlOf(text: string): string {
  const named = /^url[\t\n\f\r ]*=/i.exec(text)?.[0].length ?? 0;
  const value = named === 0 ? text : withoutBlanksBefore(text.slice(named));
  const quote = value.charAt(0);
  if (quote !== '"' && quote !== "'") return value;
  const end = value.indexOf(quote, 1);
  return value.slice(1, end < 0 ? undefined : end);
}

function withoutBlanksBefore(text: string): string {
  let start = 0;
  while (BLANK.test(text.charAt(start))) start += 1;
  return text.slice(start);
}
