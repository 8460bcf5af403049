/** A tag of a document as it was written. */
export interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Markup {
  readonly tags: readonly Tag[];
  /** The text between tags, as it was written. */
  readonly texts: readonly string[];
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>`]*")?)*)\s*(\/?)>/uy;
const ATTRIBUTE = /([a-zA-Z-]+)(?:="([^"]*)")?/gu;
const VOID = new Set(["meta", "link", "wbr", "br"]);

/**
 * Reads a document of the narrow kind that our pages are: lower-case tags that close in order, attributes in double quotes, no
 * comments. Throws at anything else, so that text which became markup cannot pass unseen.
 */
export function readMarkup(document: string): Markup {
  const start = "<!doctype html>";
  if (!document.startsWith(start)) throw new Error("no doctype");
  const tags: Tag[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  let at = start.length;
  while (at < document.length) {
    const next = document.indexOf("<", at);
    const text = document.slice(at, next === -1 ? document.length : next);
    if (text.includes(">")) throw new Error(`a bare > in ${JSON.stringify(text)}`);
    texts.push(text);
    if (next === -1) break;
    TAG.lastIndex = next;
    const match = TAG.exec(document);
    if (match === null) throw new Error(`no tag of ours at ${JSON.stringify(document.slice(next, next + 80))}`);
    const [whole, slash, name = "", written = ""] = match;
    const attributes = attributesOf(written, name);
    tags.push({ name, isEnd: slash === "/", attributes });
    if (slash === "/") {
      const opened = open.pop();
      if (opened !== name) throw new Error(`</${name}> closes <${opened ?? "nothing"}>`);
    } else if (!VOID.has(name)) open.push(name);
    at = next + whole.length;
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return { tags, texts };
}

function attributesOf(written: string, name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, attribute = "", value = ""] of written.matchAll(ATTRIBUTE)) {
    if (found.has(attribute)) throw new Error(`<${name}> has ${attribute} twice`);
    found.set(attribute, value);
  }
  return found;
}
