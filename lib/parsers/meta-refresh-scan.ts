/**
 * Finds what makes a page leave by itself. Not an HTML parser: a scanner of start tags that knows comments, attributes and
 * elements whose content is text (HTML, "tokenization"), enough for a page that means what it says. It reads forwards only.
 */

/** What the scanned start of a page says about leaving it. */
export interface LeavingHints {
  /** The `content` of each refresh that a browser with scripts on would obey; at most four. */
  readonly refreshes: readonly string[];
  /** The first `<base href>`, against which they are resolved. */
  readonly base: string | null;
  /** Whether a script mentions the ways to leave a page. It may or may not do so: scripts are not run here. */
  readonly scriptMentionsLocation: boolean;
}

/** Characters. A page that redirects is short; what lies further on is not looked at. */
export const SCANNED_LENGTH = 65_536;
const MAX_REFRESHES = 4;
const MAX_ATTRIBUTES = 64;
/** A longer one counts as empty: cut off, it could lead elsewhere. */
const LONGEST_ATTRIBUTE = 2048;

/** Elements whose content is no markup; a refresh within them is not one. Scripts being on, `noscript` is one too. */
const TEXT_ELEMENTS: ReadonlySet<string> = new Set([
  ...["script", "style", "title", "textarea", "noscript", "template"],
  ...["xmp", "iframe", "noembed", "noframes", "plaintext"],
]);

const LEAVING = /\blocation\s{0,8}(?:=(?!=)|\.\s{0,8}(?:href\s{0,8}=(?!=)|(?:replace|assign)\s{0,8}\())/;

/** `text`: the page from its first character. */
export function scanForLeaving(text: string): LeavingHints {
  const page = text.slice(0, SCANNED_LENGTH);
  // Once, so that looking for an end tag never goes over the page again in another spelling.
  const folded = page.toLowerCase();
  const refreshes: string[] = [];
  let base: string | null = null;
  let scriptMentionsLocation = false;
  for (let at = page.indexOf("<"); at >= 0; at = page.indexOf("<", at)) {
    const tag = startTag(page, at);
    if (tag === null) {
      at = endOfOther(page, at);
      continue;
    }
    at = tag.end;
    if (tag.name === "meta" && isRefresh(tag)) refreshes.push(tag.attributes.get("content") ?? "");
    if (tag.name === "base") base ??= tag.attributes.get("href") ?? null;
    if (TEXT_ELEMENTS.has(tag.name)) {
      const end = tag.name === "plaintext" ? -1 : folded.indexOf(`</${tag.name}`, at);
      const content = page.slice(at, end < 0 ? undefined : end);
      scriptMentionsLocation ||= tag.name === "script" && LEAVING.test(content);
      if (end < 0) break;
      at = end;
    }
  }
  return { refreshes: refreshes.slice(0, MAX_REFRESHES), base, scriptMentionsLocation };
}

interface StartTag {
  readonly name: string;
  /** The first of each name, references resolved. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly end: number;
}

function isRefresh({ attributes }: StartTag): boolean {
  return attributes.get("http-equiv")?.toLowerCase() === "refresh" && attributes.has("content");
}

/** Past a comment, a declaration, an end tag or a lone `<`. */
function endOfOther(page: string, at: number): number {
  if (page.startsWith("<!-->", at)) return at + "<!-->".length;
  if (page.startsWith("<!--->", at)) return at + "<!--->".length;
  if (page.startsWith("<!--", at)) return after(page, endOfComment(page, at + "<!--".length));
  if (/[!?/]/.test(page.charAt(at + 1))) return after(page, page.indexOf(">", at));
  return at + 1;
}

/** Where the comment's final `>` stands; -1 when it has none. Both ways to end it are looked for at once: in linear time. */
function endOfComment(page: string, from: number): number {
  const end = /--!?>/g;
  end.lastIndex = from;
  return end.test(page) ? end.lastIndex - 1 : -1;
}

/** Behind the position; at the end of the page where there is none. */
function after(page: string, position: number): number {
  return position < 0 ? page.length : position + 1;
}

/** Null where no start tag begins, or none ends. */
function startTag(page: string, at: number): StartTag | null {
  if (!/[a-z]/i.test(page.charAt(at + 1))) return null;
  let end = at + 1;
  while (end < page.length && !/[\t\n\f\r />]/.test(page.charAt(end))) end += 1;
  const name = page.slice(at + 1, end).toLowerCase();
  const attributes = new Map<string, string>();
  for (;;) {
    const attribute = nextAttribute(page, end);
    end = attribute.end;
    if (attribute.name === null) break;
    if (attributes.size < MAX_ATTRIBUTES && !attributes.has(attribute.name)) {
      attributes.set(attribute.name, resolved(attribute.value));
    }
  }
  return page.charAt(end) === ">" ? { name, attributes, end: end + 1 } : { name: "", attributes: new Map(), end };
}

interface Attribute {
  /** Null at the end of the tag, or of the page. */
  readonly name: string | null;
  readonly value: string;
  readonly end: number;
}

function nextAttribute(page: string, from: number): Attribute {
  let at = skip(page, from, /[\t\n\f\r /]/);
  if (at >= page.length || page.charAt(at) === ">") return { name: null, value: "", end: at };
  const start = at;
  at = skip(page, at + 1, /[^\t\n\f\r />=]/);
  const name = page.slice(start, at).toLowerCase();
  const equals = skip(page, at, /[\t\n\f\r ]/);
  if (page.charAt(equals) !== "=") return { name, value: "", end: at };
  const first = skip(page, equals + 1, /[\t\n\f\r ]/);
  const quote = page.charAt(first);
  if (quote === '"' || quote === "'") {
    const close = page.indexOf(quote, first + 1);
    if (close < 0) return { name: null, value: "", end: page.length };
    return { name, value: page.slice(first + 1, close), end: close + 1 };
  }
  const end = skip(page, first, /[^\t\n\f\r >]/);
  return { name, value: page.slice(first, end), end };
}

function skip(page: string, from: number, what: RegExp): number {
  let at = from;
  while (at < page.length && what.test(page.charAt(at))) at += 1;
  return at;
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", quot: '"', lt: "<", gt: ">", apos: "'", colon: ":", sol: "/", period: ".", equals: "=" },
  ...{ quest: "?", num: "#", commat: "@", semi: ";", comma: ",", Tab: "\t", NewLine: "\n", bsol: "\\" },
};

/** Character references: numbers, and the names of characters that mean something in a URL. Others stay as they are. */
function resolved(value: string): string {
  if (value.length > LONGEST_ATTRIBUTE) return "";
  return value.replace(/&(?:#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))|([a-z]{1,10}));?/gi, replace);
}

function replace(
  whole: string,
  hex: string | undefined,
  decimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return (whole.endsWith(";") ? NAMED[name] : undefined) ?? whole;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : "\ufffd";
}
