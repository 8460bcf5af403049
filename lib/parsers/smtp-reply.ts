/** Replies of SMTP servers, RFC 5321 section 4.2, read as they arrive. */
import type { SmtpReply } from "../mail/observations.ts";

/** Twice what RFC 5321 section 4.5.3.1.5 allows a reply line, its end included: senders are not that strict. */
export const MAX_LINE_OCTETS = 1024;
/** The longest EHLO replies seen have some 30 lines. */
export const MAX_LINES = 128;
export const MAX_REPLY_OCTETS = 16_384;

const LF = 0x0a;
const CODE_DIGITS = 3;
/** `Reply-code` of RFC 5321 section 4.2, digit by digit. */
const CODE = /^[2-5][0-5][0-9]$/;
const BEGINS_A_CODE = [/^[2-5]$/, /^[2-5][0-5]$/, CODE] as const;
/** What may follow the code: nothing, a space before the text, or a hyphen when more lines follow. */
const AFTER_CODE = ["", " ", "-"];
const KEYWORD = /^[A-Za-z0-9][A-Za-z0-9-]*(?=$|[ =])/;

/** What came of some octets. `rest`: those after the end of the reply. */
export type ReplyProgress =
  | { readonly state: "unfinished" }
  | { readonly state: "finished"; readonly reply: SmtpReply; readonly rest: Uint8Array }
  | { readonly state: "malformed"; readonly problem: string };

const UNFINISHED: ReplyProgress = { state: "unfinished" };

/**
 * Reads one reply from octets in pieces of any size. It says what is malformed as soon as that shows, in words of our own, and
 * holds at most MAX_REPLY_OCTETS. A line may end in LF alone, as senders let it. Texts: other than printable ASCII becomes "?".
 */
export class SmtpReplyReader {
  readonly #lines: string[] = [];
  #line = "";
  #code: string | null = null;
  #octets = 0;
  #problem: string | null = null;

  /** Must not be called after the reply is finished. */
  push(octets: Uint8Array): ReplyProgress {
    for (const [index, octet] of octets.entries()) {
      const isLast = this.#problem === null && this.#take(octet);
      if (this.#problem !== null) return { state: "malformed", problem: this.#problem };
      if (isLast) {
        const reply = { code: Number(this.#code), lines: this.#lines };
        return { state: "finished", reply, rest: octets.subarray(index + 1) };
      }
    }
    return UNFINISHED;
  }

  /** True when the octet ends the reply. */
  #take(octet: number): boolean {
    this.#octets += 1;
    if (this.#octets > MAX_REPLY_OCTETS) this.#problem = `a reply of more than ${MAX_REPLY_OCTETS} octets`;
    if (octet === LF) return this.#endLine();
    this.#line += String.fromCharCode(octet);
    if (this.#line.length >= MAX_LINE_OCTETS) this.#problem = `a line of more than ${MAX_LINE_OCTETS} octets`;
    if (BEGINS_A_CODE[this.#line.length - 1]?.test(this.#line) === false) this.#problem = "no SMTP reply code";
    return false;
  }

  #endLine(): boolean {
    const line = this.#line.endsWith("\r") ? this.#line.slice(0, -1) : this.#line;
    this.#line = "";
    const code = line.slice(0, CODE_DIGITS);
    const follows = line.slice(CODE_DIGITS, CODE_DIGITS + 1);
    if (!CODE.test(code)) this.#problem = "no SMTP reply code";
    else if (!AFTER_CODE.includes(follows)) this.#problem = "neither a space nor a hyphen after the reply code";
    else if (this.#code !== null && code !== this.#code) this.#problem = "the lines of a reply differ in their code";
    else if (this.#lines.length >= MAX_LINES) this.#problem = `a reply of more than ${MAX_LINES} lines`;
    this.#code = code;
    this.#lines.push(line.slice(CODE_DIGITS + 1).replaceAll(/[^ -~]/g, "?"));
    return follows !== "-";
  }
}

/** The keywords of a reply to EHLO, upper case (RFC 5321 section 4.1.1.1); none unless it is 250. The first line is a greeting. */
export function ehloKeywords({ code, lines }: SmtpReply): readonly string[] {
  if (code !== 250) return [];
  return lines.slice(1).flatMap((line) => KEYWORD.exec(line)?.[0].toUpperCase() ?? []);
}
