/** Reads CSV as RFC 4180 has it; throws when it is not. */
export function readCsv(text: string): string[][] {
  if (!text.endsWith("\r\n")) throw new Error("the last line is not ended");
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const match = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/uy;
    match.lastIndex = at;
    const found = match.exec(text);
    if (found === null) throw new Error(`no CSV at ${text.slice(at, at + 20)}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === "\r\n") {
      rows.push(row);
      row = [];
    }
    at = match.lastIndex;
  }
  return rows;
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly parent: XmlElement | null;
  text: string;
}

/** Reads the elements of an XML document without doctype or CDATA; throws when it is not well-formed. */
export function readXml(text: string): XmlElement[] {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  // eslint-disable-next-line no-control-regex -- what XML 1.0 section 2.2 forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(text))
    throw new Error("a character XML forbids");
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/u, "");
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/uy;
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const [, closing, name, attributes, isEmpty, content] =
      token.exec(body) ?? fail(`no XML at ${body.slice(at, at + 40)}`);
    const parent = open.at(-1) ?? null;
    if (content !== undefined) {
      if (parent !== null) parent.text += unescaped(content);
    } else if (closing === "/") {
      if (open.pop()?.name !== name) fail(`</${name ?? ""}> closes nothing`);
    } else {
      const element = { name: name ?? "", attributes: attributesOf(attributes ?? ""), parent, text: "" };
      elements.push(element);
      if (isEmpty !== "/") open.push(element);
    }
  }
  if (open.length > 0) fail("an element is not closed");
  return elements;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/gu)].map(
    ([, name = "", value = ""]) => [name, unescaped(value)] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) fail("an attribute stands twice");
  return Object.fromEntries(pairs);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&([^;]*);?/gu, (_, name: string) => ENTITIES[name] ?? fail(`the entity ${name}`));
}

function fail(what: string): never {
  throw new Error(`not well-formed: ${what}`);
}
