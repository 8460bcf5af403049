/** Tokens and quoted strings of header fields, as RFC 2616 section 2.2 writes them and RFC 9110 section 5.6 does after it. */

/** RFC 9110 section 5.6.2 `tchar`: RFC 2616's CHAR without CTLs and separators comes to the same. */
const TOKEN_CHARACTER = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

const HORIZONTAL_TAB = 0x09;
const SPACE = 0x20;
const DELETE = 0x7f;

/** Reads header text from the left, one character per octet (latin1). Every step takes linear time and never goes back. */
export class HeaderReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next character without taking it; empty at the end. */
  peek(): string {
    return this.#text.charAt(this.#at);
  }

  /** Takes the character if it is next. */
  take(character: string): boolean {
    if (this.peek() !== character || this.isAtEnd()) return false;
    this.#at += 1;
    return true;
  }

  /** Spaces and tabs; line folding is undone, or refused, before a field comes here (RFC 9112 section 5.2). */
  skipBlanks(): void {
    while (this.take(" ") || this.take("\t"));
  }

  /** Null when no token starts here. */
  token(): string | null {
    const start = this.#at;
    while (!this.isAtEnd() && TOKEN_CHARACTER.test(this.peek())) this.#at += 1;
    return this.#at === start ? null : this.#text.slice(start, this.#at);
  }

  /** The text within a quoted string, its escapes resolved; null when none starts here, or it does not end. */
  quotedString(): string | null {
    if (!this.take('"')) return null;
    const text: string[] = [];
    while (!this.isAtEnd()) {
      if (this.take('"')) return text.join("");
      this.take("\\");
      // After the last character there is no code: NaN is no text.
      if (!isText(this.#text.charCodeAt(this.#at))) return null;
      text.push(this.peek());
      this.#at += 1;
    }
    return null;
  }
}

/**
 * `qdtext`, and what may follow a backslash: anything but control characters; a tab is white space. RFC 2616 let any ASCII
 * character be escaped, RFC 9110 section 5.6.4 no control characters, which no HTTP parser lets through either.
 */
function isText(code: number): boolean {
  return code === HORIZONTAL_TAB || (code >= SPACE && code !== DELETE);
}
