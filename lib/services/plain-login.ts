/** What capabilities heard before TLS say of logins in clear. They are tidy, a line each (in IMAP a word each). */

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
