import { linesReading, type Reading } from "./reading.ts";

/** A reply of an FTP server (RFC 959 section 4.2): the lines, without the code where they carry it. */
export interface FtpReply {
  readonly code: number;
  readonly lines: readonly string[];
}

const FTP_CODE = /^[1-6][0-5][0-9](?=[ -]|$)/u;
const CODE_DIGITS = 3;

/** One FTP reply. Unlike SMTP's, only the first and the last line must carry the code. */
export const readFtpReply: Reading<FtpReply> = (octets) => {
  let code = "";
  return linesReading<FtpReply>({
    problemOf: (line, index) => (index > 0 || FTP_CODE.test(line) ? null : "no FTP reply code"),
    isLast(line, index) {
      if (index === 0) code = line.slice(0, CODE_DIGITS);
      return index === 0 ? !line.startsWith("-", CODE_DIGITS) : line === code || line.startsWith(`${code} `);
    },
    valueOf: (lines) => ({
      code: Number(code),
      lines: lines.map((line) => (line.startsWith(code) ? line.slice(CODE_DIGITS + 1) : line)),
    }),
  })(octets);
};

/** What an IMAP server says of a command, or first of all (RFC 9051 section 7.1): the state, and all lines up to it. */
export interface ImapAnswer {
  readonly state: "OK" | "NO" | "BAD" | "BYE" | "PREAUTH";
  readonly lines: readonly string[];
}

const IMAP_GREETING = /^\* (?<state>OK|PREAUTH|BYE)(?: |$)/iu;
const IMAP_RESPONSE = /^[!-~]+(?: |$)/u;
const IMAP_BYE = /^\* BYE(?: |$)/iu;

export const readImapGreeting: Reading<ImapAnswer> = linesReading({
  problemOf: (line) => (IMAP_GREETING.test(line) ? null : "no IMAP greeting"),
  isLast: () => true,
  valueOf: (lines) => ({ state: stateIn(lines, IMAP_GREETING), lines }),
});

/** Everything up to the answer to the command of this tag, or to the server's goodbye. The tag: letters and digits. */
export function readImapAnswer(tag: string): Reading<ImapAnswer> {
  const tagged = new RegExp(`^${tag} (?<state>OK|NO|BAD)(?: |$)`, "iu");
  return linesReading({
    problemOf: (line) => (IMAP_RESPONSE.test(line) ? null : "no IMAP response"),
    isLast: (line) => tagged.test(line) || IMAP_BYE.test(line),
    valueOf: (lines) => ({ state: stateIn(lines, tagged), lines }),
  });
}

/** Of the last line; a goodbye where that is no answer. */
function stateIn(lines: readonly string[], answer: RegExp): ImapAnswer["state"] {
  const { state = "BYE" } = answer.exec(lines.at(-1) ?? "")?.groups ?? {};
  return state.toUpperCase() as ImapAnswer["state"];
}

/** What a POP3 server says (RFC 1939 section 3): the first line without its status, and those after it. */
export interface Pop3Answer {
  readonly isOk: boolean;
  readonly lines: readonly string[];
}

const POP3_STATUS = /^(?:\+OK|-ERR)(?: |$)/u;
const POP3_OK = "+OK";
const STATUS_AND_SPACE = /^\S+ ?/u;
const POP3_END = ".";

/** An answer of one line; or, of a command that has more to say when it succeeds, all of them up to the full stop. */
export function readPop3Answer(form: "one line" | "list"): Reading<Pop3Answer> {
  return linesReading({
    problemOf: (line, index) => (index > 0 || POP3_STATUS.test(line) ? null : "no POP3 status"),
    isLast: (line, index) => form === "one line" || (index === 0 ? !line.startsWith(POP3_OK) : line === POP3_END),
    valueOf: ([first = "", ...rest]) => ({
      isOk: first.startsWith(POP3_OK),
      lines: [first.replace(STATUS_AND_SPACE, ""), ...rest.filter((line) => line !== POP3_END)],
    }),
  });
}
