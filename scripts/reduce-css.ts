/** What of a style sheet to keep: rules whose selectors name only these. `:not(...)` is not looked into. */
export interface Kept {
  readonly classes: ReadonlySet<string>;
  readonly elements: ReadonlySet<string>;
}

interface Block {
  readonly head: string;
  readonly body: string;
}

/**
 * A smaller style sheet that styles the same for pages that use only the kept classes and elements; one rule a line.
 * Fonts and animations are left out. Expects minified CSS without comments (CSS Syntax Level 3 section 5).
 */
export function reduceCss(css: string, kept: Kept): string {
  return blocksOf(css)
    .map((block) => reduceBlock(block, kept))
    .filter((line) => line !== "")
    .join("\n");
}

function reduceBlock({ head, body }: Block, kept: Kept): string {
  if (/^@media|^@supports/u.test(head)) {
    const inner = reduceCss(body, kept);
    return inner === "" ? "" : `${head}{\n${inner}\n}`;
  }
  if (head.startsWith("@")) return "";
  const selectors = selectorsOf(head).filter((selector) => isKept(selector, kept));
  return selectors.length === 0 || body === "" ? "" : `${selectors.join(",")}{${body}}`;
}

function isKept(selector: string, { classes, elements }: Kept): boolean {
  const bare = selector.replaceAll(/:not\((?:[^()]|\([^()]*\))*\)/gu, "").replaceAll(/\[[^\]]*\]/gu, "");
  if (/::-(?:webkit|moz|ms)-/u.test(bare)) return false;
  const ids = [...bare.matchAll(/#([\w-]+)/gu)].map((match) => match[1] ?? "");
  const names = [...bare.matchAll(/\.(-?[a-zA-Z_][\w-]*)/gu)].map((match) => match[1] ?? "");
  const tags = [...bare.matchAll(/(?<![\w.#:-])[a-z][a-z0-9]*/gu)].map(([tag]) => tag);
  // An attribute selector with nothing else is about form controls.
  if (bare === "" || (bare.startsWith(":") && !/^:(?:before|after)$/u.test(bare))) return false;
  return (
    ids.every((id) => id === "main-content") &&
    names.every((name) => classes.has(name)) &&
    tags.every((tag) => elements.has(tag))
  );
}

/** Commas between parentheses or brackets separate nothing. */
function selectorsOf(head: string): readonly string[] {
  const found = [""];
  let depth = 0;
  for (const character of head) {
    if (character === "(" || character === "[") depth++;
    if (character === ")" || character === "]") depth--;
    if (character === "," && depth === 0) found.push("");
    else found[found.length - 1] = `${found.at(-1) ?? ""}${character}`;
  }
  return found;
}

function blocksOf(css: string): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    if (open === -1) break;
    const close = closingBrace(css, open);
    // A statement without a block (@charset) ends at its semicolon.
    const head = css.slice(at, open).replace(/^[^{]*;/u, "");
    blocks.push({ head, body: css.slice(open + 1, close) });
    at = close + 1;
  }
  return blocks;
}

function closingBrace(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css[at] === "{") depth++;
    if (css[at] === "}" && --depth === 0) return at;
  }
  throw new Error("a block of the style sheet is never closed");
}
