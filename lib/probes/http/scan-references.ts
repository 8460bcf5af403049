import { SAXParser, type EndTag, type StartTag } from "parse5-sax-parser";
import { parseName } from "../../wire/name.ts";
import { gatherReferences, type PageReferences, type WrittenReference } from "../../web/page-references.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import { organisationOf } from "../public-suffix.ts";

/** Characters. What lies further on in a page is not looked at. */
const MOST_CHARACTERS = 262_144;
const SLICE = 4096;
/** The parser compares each attribute of a tag with all before it: nobody writes a tag like that in good faith. */
const MOST_ATTRIBUTES = 512;
/** Openings of SVG and MathML: the parser keeps those that are open in a list that it shifts each time. */
const MOST_FOREIGN = 8000;
const FOREIGN: ReadonlySet<string> = new Set(["svg", "math"]);
const LINKS: ReadonlySet<string> = new Set(["a", "area"]);
const BUTTONS: ReadonlySet<string> = new Set(["button", "input"]);
/** Tags whose attribute makes a browser load something, and whether that is an image or a script. */
const LOADED: ReadonlyMap<string, { readonly attribute: string; readonly isShown: boolean }> = new Map([
  ["img", { attribute: "src", isShown: true }],
  ["script", { attribute: "src", isShown: true }],
  ["iframe", { attribute: "src", isShown: false }],
  ["frame", { attribute: "src", isShown: false }],
  ["embed", { attribute: "src", isShown: false }],
  ["source", { attribute: "src", isShown: false }],
  ["track", { attribute: "src", isShown: false }],
  ["audio", { attribute: "src", isShown: false }],
  ["video", { attribute: "src", isShown: false }],
  ["input", { attribute: "src", isShown: false }],
  ["object", { attribute: "data", isShown: false }],
]);
/** Relations of <link> that are loaded. */
const LOADED_RELATIONS: ReadonlySet<string> = new Set(["stylesheet", "icon", "preload", "modulepreload", "manifest"]);

/**
 * What the page refers to, by an HTML tokenizer that knows scripts, comments and text elements as browsers do. `url`: absolute, where
 * the page came from. Never throws; time and memory are linear in the page, of which 262,144 characters are read.
 */
export function scanReferences(page: string, url: string): PageReferences {
  const reader = new ReferenceReader(url);
  reader.scan(page.slice(0, MOST_CHARACTERS));
  const own = parseWebUrl(url);
  const owner = own.ok ? ownerOf(own.value.host) : null;
  const isNear = (host: string): boolean => owner !== null && ownerOf(host) === owner;
  return gatherReferences(reader.written, { url, base: reader.base, isNear });
}

function ownerOf(host: string): string {
  const name = parseName(`${host}.`);
  return (name.ok ? organisationOf(name.value) : null) ?? host;
}

type Note = (kind: WrittenReference["kind"], text: string | null, isShown?: boolean) => void;

class ReferenceReader extends SAXParser {
  readonly written: WrittenReference[] = [];
  base: string | null = null;
  /** Within <template> nothing is loaded, shown or sent. */
  #templates = 0;
  #foreign = 0;
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = url;
    this.on("startTag", (tag: StartTag) => this.#open(tag));
    this.on("endTag", ({ tagName }: EndTag) => {
      if (tagName === "template") this.#templates = Math.max(0, this.#templates - 1);
    });
  }

  /** At once, and not by the stream's own pace. */
  scan(page: string): void {
    for (let at = 0; at < page.length && this.#isOrdinary(); at += SLICE) {
      this._transformChunk(page.slice(at, at + SLICE));
    }
    this.stop();
    this.destroy();
  }

  #isOrdinary(): boolean {
    const token: unknown = Reflect.get(this.tokenizer, "currentToken");
    const attributes: unknown = typeof token === "object" && token !== null ? Reflect.get(token, "attrs") : null;
    return !Array.isArray(attributes) || attributes.length <= MOST_ATTRIBUTES;
  }

  #open({ tagName, attrs }: StartTag): void {
    if (FOREIGN.has(tagName)) this.#foreign += 1;
    if (this.#foreign > MOST_FOREIGN) this.stop();
    if (tagName === "template") this.#templates += 1;
    if (this.#templates > 0) return;
    const named = (name: string): string | null => attrs.find((each) => each.name === name)?.value ?? null;
    const note: Note = (kind, text, isShown = false) => {
      if (text !== null) this.written.push({ kind, isShown, text });
    };
    const loaded = LOADED.get(tagName);
    if (loaded !== undefined) note("resource", named(loaded.attribute), loaded.isShown);
    if (tagName === "base") this.base ??= named("href");
    // Without a target a form is sent to where the page came from.
    else if (tagName === "form") note("form", named("action")?.trim() || this.#url);
    else if (tagName === "link") this.#link(named("rel") ?? "", named("href"), note);
    else if (LINKS.has(tagName)) note("link", named("href"));
    else if (BUTTONS.has(tagName)) note("form", named("formaction"));
  }

  #link(rel: string, href: string | null, note: Note): void {
    const relations = rel.toLowerCase().split(/[\t\n\f\r ]+/, 8);
    if (relations.includes("canonical")) note("canonical", href);
    if (relations.some((each) => LOADED_RELATIONS.has(each))) note("resource", href, relations.includes("stylesheet"));
  }
}
