/** What is heard before TLS says of logins in clear. Capabilities are tidy, a line each (in IMAP a word each). */
import type { FtpReply } from "./text-answers.ts";

export type PlainLogin = "refused" | "offered" | "unknown";

/** More would not be kept, nor is any of them longer where it matters. */
const MOST_CAPABILITIES = 64;
const MOST_CHARACTERS = 64;

/** Capabilities as they are judged: upper case, one space between words, none empty. */
export function tidyCapabilities(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim().replaceAll(/ +/gu, " ").toUpperCase()).filter((line) => line !== "");
}

/** The same as observations keep them: bounded. */
export function keptCapabilities(capabilities: readonly string[]): readonly string[] {
  return capabilities.slice(0, MOST_CAPABILITIES).map((each) => each.slice(0, MOST_CHARACTERS));
}

/** RFC 4954 section 4: a server that lets nobody in says no AUTH. Old servers say AUTH=LOGIN. */
export function smtpLogin(keywords: readonly string[]): PlainLogin {
  return keywords.some((keyword) => /^AUTH(?:[ =]|$)/u.test(keyword)) ? "offered" : "refused";
}

/**
 * RFC 9051 section 6.2.3: LOGIN is there unless LOGINDISABLED is said. Mechanisms of AUTHENTICATE are there beside it; EXTERNAL
 * takes who somebody is from TLS.
 */
export function imapLogin(capabilities: readonly string[]): PlainLogin {
  const hasMechanism = capabilities.some((each) => each.startsWith("AUTH=") && each !== "AUTH=EXTERNAL");
  return hasMechanism || !capabilities.includes("LOGINDISABLED") ? "offered" : "refused";
}

/**
 * RFC 2449 section 6.3 and RFC 5034 section 3. `greeting`: with a time stamp in it, APOP may be open, which no capability tells
 * (RFC 1939 section 7).
 */
export function pop3Login(capabilities: readonly string[], greeting: string): PlainLogin {
  if (capabilities.some((each) => /^(?:USER$|SASL [^ ])/u.test(each))) return "offered";
  return /<[^<>]+@[^<>]*>/u.test(greeting) ? "unknown" : "refused";
}

/** "Request denied for policy reasons" (RFC 2228 section 5.2), and what servers say instead. */
const DENIED = [421, 503, 522, 530, 534, 550];
const SPEAKS_OF_TLS = /\b(?:TLS|SSL|encrypt\w*|AUTH first)\b/iu;
/** A password or an account is asked for, or nothing at all (RFC 959 section 5.4). */
const GOES_ON = [230, 331, 332];

/** RFC 4217 section 4: a server that takes logins within TLS alone says so, at FEAT or at USER. */
export function ftpLogin({ code, lines }: FtpReply): PlainLogin {
  if (GOES_ON.includes(code)) return "offered";
  return DENIED.includes(code) && SPEAKS_OF_TLS.test(lines.join(" ")) ? "refused" : "unknown";
}
