import { DialError } from "../../dial/dial-error.ts";

/** The code of the DialError for a server that hears of TLS and declines, or does not offer it. */
export const START_TLS_REFUSED = "START_TLS_REFUSED";

/** Whether an SMTP or FTP answer only puts us off. */
export function isForNow(code: number): boolean {
  return code >= 400 && code < 500;
}

/** By a greeting that is none. */
export function turnedAway(code: number): DialError {
  if (isForNow(code)) return putOff(code);
  if (code >= 500) return new DialError("vantage-blocked", "TURNED_AWAY", `the server greets us with ${code}`);
  return unexpected(code);
}

/** For an answer that holds for now. */
export function putOff(answer: number | string): DialError {
  return new DialError("greylisted", "PUT_OFF", `the server puts us off with ${answer}`);
}

/** For an answer to the command that asks for TLS. */
export function declined(command: string, code: number): DialError {
  if (isForNow(code)) return putOff(code);
  return code >= 500 ? refused(`the server answers ${command} with ${code}`) : unexpected(code);
}

/** For a server that will not, or does not know how to. */
export function refused(detail: string): DialError {
  return new DialError("tls-failed", START_TLS_REFUSED, detail);
}

function unexpected(code: number): DialError {
  return new DialError("protocol-error", "UNEXPECTED_REPLY", `the server answers ${code}, which means nothing here`);
}
