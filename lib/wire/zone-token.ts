import { WireProblem } from "./octet-reader.ts";

/** One item of a master file. Quotes are taken off, escapes are still in place. */
export interface ZoneToken {
  readonly text: string;
  readonly quoted: boolean;
}

/** One entry of a master file, its continuation lines joined (RFC 1035 section 5.1). */
export interface ZoneLine {
  /** Where it begins, counted from 1. */
  readonly number: number;
  /** It begins with white space, so that it has the owner of the entry before. */
  readonly ownerOmitted: boolean;
  readonly tokens: readonly ZoneToken[];
}

const PLAIN = /[^\s"();\\]+/y;
const ESCAPED = /\\[^\n]/y;
const QUOTED = /"((?:[^"\\\n]|\\[^\n])*)"/y;

/** Splits master-file text into its entries, empty lines left out. Throws WireProblem, naming the line. */
export function zoneLines(text: string): readonly ZoneLine[] {
  return new ZoneLexer(text).lines();
}

class ZoneLexer {
  readonly #text: string;
  readonly #lines: ZoneLine[] = [];
  #at = 0;
  #line = 1;
  #depth = 0;
  #open: { number: number; ownerOmitted: boolean; tokens: ZoneToken[] } | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  lines(): readonly ZoneLine[] {
    while (this.#at < this.#text.length) this.#step(this.#text.charAt(this.#at));
    if (this.#depth > 0) throw new WireProblem(`line ${this.#line}: a parenthesis is not closed`);
    this.#close();
    return this.#lines;
  }

  #step(character: string): void {
    if (character === ";") {
      const end = this.#text.indexOf("\n", this.#at);
      this.#at = end < 0 ? this.#text.length : end;
      return;
    }
    if (character === "\n") {
      if (this.#depth === 0) this.#close();
      this.#line += 1;
    } else {
      this.#open ??= { number: this.#line, ownerOmitted: /\s/.test(character), tokens: [] };
      if (character === "(") this.#depth += 1;
      else if (character === ")") this.#depth -= 1;
      else if (!/\s/.test(character)) {
        this.#open.tokens.push(this.#token());
        return;
      }
      if (this.#depth < 0) throw new WireProblem(`line ${this.#line}: a parenthesis is closed that was not opened`);
    }
    this.#at += 1;
  }

  #close(): void {
    if (this.#open !== null && this.#open.tokens.length > 0) this.#lines.push(this.#open);
    this.#open = null;
  }

  /** A quoted string, or a run of plain, escaped and quoted stretches, so that alpn="h2,h3" is one token. */
  #token(): ZoneToken {
    const string = this.#match(QUOTED)?.[1];
    if (string !== undefined) return { text: string, quoted: true };
    const start = this.#at;
    let text = "";
    for (;;) {
      const part = this.#match(PLAIN)?.[0] ?? this.#match(ESCAPED)?.[0] ?? this.#match(QUOTED)?.[1];
      if (part === undefined) break;
      text += part;
    }
    if (this.#at === start) throw new WireProblem(`line ${this.#line}: a quote or an escape is not finished`);
    return { text, quoted: false };
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}
