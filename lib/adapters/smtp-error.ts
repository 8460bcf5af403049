import { cut } from "../reports/alert-assets.ts";
import { printable } from "../reports/printable.ts";
import type { SmtpSettings } from "./smtp-url.ts";

/** Why a mail server did not take a message. `refused` and `login` are its own word; the rest are the way to it. */
export type SmtpProblem = "unreachable" | "timeout" | "tls" | "login" | "refused" | "busy" | "cut-off" | "internal";

/** The message is English and holds no password, whatever the server said. The error it came from is not kept. */
export class SmtpError extends Error {
  override readonly name = "SmtpError";
  readonly problem: SmtpProblem;

  constructor(problem: SmtpProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

const WORDS: Readonly<Record<SmtpProblem, string>> = {
  unreachable: "could not be reached",
  timeout: "did not answer in time",
  tls: "gave no encrypted connection that can be trusted",
  login: "did not accept the user and password",
  refused: "refused the message",
  busy: "did not take the message for now",
  "cut-off": "broke the connection off",
  internal: "was not asked: a fault of ours",
};

/** What the mail library says, by its codes; what it does not name is our own fault. */
const PROBLEM_OF_CODE: Readonly<Record<string, SmtpProblem>> = {
  EDNS: "unreachable",
  ECONNREFUSED: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ETIMEDOUT: "timeout",
  EABORT: "timeout",
  ETLS: "tls",
  EAUTH: "login",
  ENOAUTH: "login",
  EENVELOPE: "refused",
  EMESSAGE: "refused",
  ECONNECTION: "cut-off",
  ECONNRESET: "cut-off",
  EPIPE: "cut-off",
  EPROTOCOL: "cut-off",
  ESOCKET: "cut-off",
};

const LONGEST_REPLY = 200;
const TRANSIENT = { from: 400, to: 499 };

/** Classifies what the mail library threw, once. */
export function smtpError(thrown: unknown, settings: SmtpSettings): SmtpError {
  const { code, errno, response, responseCode, message } = fieldsOf(thrown);
  const problem = problemOf(code, errno, responseCode);
  const said = response ?? (problem === "internal" ? message : undefined);
  const reply = said === undefined ? "" : `: ${cut(printable(redacted(said.trim(), settings)), LONGEST_REPLY)}`;
  return new SmtpError(problem, `${settings.host}:${settings.port} ${WORDS[problem]}${reply}`);
}

/** When the message's whole time is up. */
export function outOfTime({ host, port }: SmtpSettings): SmtpError {
  return new SmtpError("timeout", `${host}:${port} ${WORDS.timeout}`);
}

/** Some contacts' addresses were refused; the rest have it. */
export function partlyRefused(refused: readonly string[], { host, port }: SmtpSettings): SmtpError {
  const addresses = cut(refused.map(printable).join(", "), LONGEST_REPLY);
  return new SmtpError("refused", `${host}:${port} refused these recipients, and took the rest: ${addresses}`);
}

function problemOf(code: string | undefined, errno: string | undefined, responseCode: number | undefined): SmtpProblem {
  const isTransient = responseCode !== undefined && responseCode >= TRANSIENT.from && responseCode <= TRANSIENT.to;
  if (isTransient) return "busy";
  // The library calls every socket error ESOCKET; the system's own code says which one it was.
  return PROBLEM_OF_CODE[errno ?? ""] ?? (isCertificate(errno) ? "tls" : (PROBLEM_OF_CODE[code ?? ""] ?? "internal"));
}

/** Node names certificate trouble by OpenSSL's words. */
function isCertificate(errno: string | undefined): boolean {
  return errno !== undefined && /CERT|ERR_TLS|ERR_SSL|SELF_SIGNED|UNABLE_TO/u.test(errno);
}

interface Fields {
  readonly code: string | undefined;
  readonly errno: string | undefined;
  readonly response: string | undefined;
  readonly responseCode: number | undefined;
  readonly message: string | undefined;
}

function fieldsOf(thrown: unknown): Fields {
  const fields = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Partial<
    Record<keyof Fields | "originalCode", unknown>
  >;
  return {
    code: textOf(fields.code),
    errno: textOf(fields.originalCode),
    response: textOf(fields.response),
    responseCode: typeof fields.responseCode === "number" ? fields.responseCode : undefined,
    message: textOf(fields.message),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A server may repeat what it was sent. The forms that a password travels in: as it is, LOGIN and PLAIN (RFC 4616). */
function redacted(text: string, { login }: SmtpSettings): string {
  if (login === null) return text;
  const { user, password } = login;
  const secrets = [
    password,
    Buffer.from(password).toString("base64"),
    Buffer.from(`\u0000${user}\u0000${password}`).toString("base64"),
  ];
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
}
