import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import type { Bilingual } from "../core/messages.ts";

/** How to reach a mail server and what it may be trusted with. */
export interface SmtpSettings {
  /** A-labels or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /**
   * `tls` from the first octet (smtps://); `starttls` demanded, or nothing is sent; `plain` for this machine itself;
   * `optional`: STARTTLS where it is offered, its certificate unchecked, and plain text otherwise (?insecure=true).
   */
  readonly security: "tls" | "starttls" | "plain" | "optional";
  readonly login: { readonly user: string; readonly password: string } | null;
  /** The envelope's and the message's sender; null when the URL gives none. */
  readonly from: string | null;
}

export type ParsedSmtpUrl =
  { readonly ok: true; readonly settings: SmtpSettings } | { readonly ok: false; readonly problem: Bilingual };

/** RFC 6409 section 3.1 and RFC 8314 section 3.3. */
const STANDARD_PORTS = { starttls: 587, tls: 465 } as const;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/;
// eslint-disable-next-line no-control-regex -- what must not get into a protocol's lines
const CONTROL = /[\u0000-\u001f\u007f]/;
const MAILBOX = /^[^\s@<>",;:\\()[\]]{1,64}@[^\s@<>",;:\\()[\]]{1,253}$/;

/**
 * Reads `smtp://[user:password@]host[:port]` or `smtps://…`, with `?from=ADDRESS` and, for smtp only, `?insecure=true`.
 * Passwords are percent-encoded. Encryption is demanded unless the host is this machine or the URL says insecure, and then
 * no password is accepted, for it could be read on the way. The problem never repeats the URL: it may hold a password.
 */
export function parseSmtpUrl(text: string): ParsedSmtpUrl {
  const url = URL.canParse(text) ? new URL(text) : null;
  const problem = formProblem(url);
  if (url === null || problem !== null) return wrong(problem ?? PROBLEMS.form);
  const host = hostOf(url);
  if (host === null) return wrong(PROBLEMS.host);
  const query = readQuery(url.searchParams);
  if (query === null) return wrong(PROBLEMS.query);
  const login = readLogin(url);
  if (login === "malformed") return wrong(PROBLEMS.login);
  const isTls = url.protocol === "smtps:";
  if (isTls && query.insecure) return wrong(PROBLEMS.insecureTls);
  const security = isTls ? "tls" : plainestOf(host, query.insecure);
  if (login !== null && security === "optional") return wrong(PROBLEMS.readable);
  const port = url.port === "" ? STANDARD_PORTS[isTls ? "tls" : "starttls"] : Number(url.port);
  return { ok: true, settings: { host, port, security, login, from: query.from } };
}

function formProblem(url: URL | null): Bilingual | null {
  if (url === null || (url.protocol !== "smtp:" && url.protocol !== "smtps:")) return PROBLEMS.form;
  return (url.pathname === "" || url.pathname === "/") && url.hash === "" ? null : PROBLEMS.path;
}

/** What an smtp:// URL allows at least: words to this machine itself cross no network. */
function plainestOf(host: string, isInsecure: boolean): SmtpSettings["security"] {
  if (isLoopback(host)) return "plain";
  return isInsecure ? "optional" : "starttls";
}

function wrong(problem: Bilingual): ParsedSmtpUrl {
  return { ok: false, problem };
}

/** Null also for port 0, which nobody listens on. */
function hostOf(url: URL): string | null {
  if (url.port === "0") return null;
  const bare = url.hostname.replace(/^\[(.*)\]$/u, "$1");
  if (isIP(bare) !== 0) return bare;
  const ascii = domainToASCII(decoded(bare) ?? "");
  return HOST_NAME.test(ascii) ? ascii : null;
}

function readQuery(parameters: URLSearchParams): { readonly from: string | null; readonly insecure: boolean } | null {
  const entries = [...parameters];
  const values = new Map(entries);
  const known = entries.every(([name]) => name === "from" || name === "insecure") && values.size === entries.length;
  const from = values.get("from") ?? null;
  const insecure = values.get("insecure") ?? "false";
  if (!known || !["true", "false"].includes(insecure)) return null;
  if (from !== null && (!MAILBOX.test(from) || CONTROL.test(from))) return null;
  return { from, insecure: insecure === "true" };
}

function readLogin({ username, password }: URL): SmtpSettings["login"] | "malformed" {
  if (username === "" && password === "") return null;
  const [user, secret] = [decoded(username), decoded(password)];
  if (user === null || secret === null || user === "" || secret === "") return "malformed";
  return CONTROL.test(user) || CONTROL.test(secret) ? "malformed" : { user, password: secret };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

const PROBLEMS = {
  form: {
    da: "Mailserveren skal skrives som smtp://vært:port eller smtps://vært:port, f.eks. smtp://bruger:kode@mail.example.dk:587.",
    en: "Write the mail server as smtp://host:port or smtps://host:port, such as smtp://user:password@mail.example.dk:587.",
  },
  path: {
    da: "Mailserverens URL må ikke have noget efter vært og port andet end ?from= og ?insecure=. Tegn som / og # i koden skrives %2F og %23.",
    en: "The mail server's URL takes nothing after host and port but ?from= and ?insecure=. Write / and # in the password as %2F and %23.",
  },
  host: {
    da: "Mailserverens URL mangler en vært, der kan slås op, eller porten er forkert.",
    en: "The mail server's URL lacks a host that can be looked up, or its port is wrong.",
  },
  query: {
    da: "Mailserverens URL kan kun have ?from=ADRESSE og ?insecure=true, hver højst én gang. Et plustegn i adressen skrives %2B.",
    en: "The mail server's URL takes only ?from=ADDRESS and ?insecure=true, each at most once. Write a plus sign in the address as %2B.",
  },
  login: {
    da: "Mailserverens URL skal have både bruger og kode, eller ingen af dem. Særlige tegn procentkodes: @ skrives %40, % skrives %25.",
    en: "The mail server's URL needs both user and password, or neither. Percent-encode special characters: @ is %40, % is %25.",
  },
  insecureTls: {
    da: "?insecure=true hører til smtp://. smtps:// er altid krypteret; giv en privat udsteders certifikat med NODE_EXTRA_CA_CERTS.",
    en: "?insecure=true belongs to smtp://. smtps:// is always encrypted; name a private issuer's certificate with NODE_EXTRA_CA_CERTS.",
  },
  readable: {
    da: "Med ?insecure=true sendes ingen kode, for den kunne læses undervejs. Fjern bruger og kode, eller fjern ?insecure=true.",
    en: "No password is sent with ?insecure=true, for it could be read on the way. Remove user and password, or remove ?insecure=true.",
  },
} as const satisfies Readonly<Record<string, Bilingual>>;
