import type { ClearSite, SecureSite } from "./web-behaviour.ts";

/** One request, as far as the practice hosts care. `host` without port, lower case; `path` with its query. */
export interface WebRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}

export interface WebResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const WWW = "www.";
const DEEP = "/borger/flytning/";
const HSTS = "strict-transport-security";

/** What a host answers in clear on port 80. */
export function answerInClear(request: WebRequest, site: ClearSite): WebResponse {
  if (typeof site === "object") return redirect(`https://${site.leadsTo}/`);
  const isRedirected = site === "redirect" || (site === "redirect-front" && request.path === "/");
  return isRedirected ? redirect(`https://${request.host}${request.path}`) : page(request);
}

/** What a host answers over TLS: the bare domain leads to its `www`, which has a few pages. */
export function answerSecurely(request: WebRequest, { hsts, without, leadsTo }: SecureSite): WebResponse {
  const isBare = !request.host.startsWith(WWW);
  const answer =
    leadsTo !== undefined
      ? redirect(`https://${leadsTo}/`)
      : isBare
        ? redirect(`https://${WWW}${request.host}${request.path}`)
        : page(request);
  const isWithout = (without === "bare-domain" && isBare) || (without === "missing-pages" && answer.status === 404);
  return hsts === null || isWithout ? answer : { ...answer, headers: { ...answer.headers, [HSTS]: hsts } };
}

function redirect(location: string): WebResponse {
  return { status: 301, headers: { location, "content-type": "text/plain; charset=utf-8" }, body: "Flyttet.\n" };
}

function page({ method, host, path }: WebRequest): WebResponse {
  if (method !== "GET" && method !== "HEAD") return { ...text("Ikke her.\n"), status: 405 };
  const found = PAGES[path.split("?", 1)[0] ?? ""];
  return found === undefined ? { ...text("Siden findes ikke.\n"), status: 404 } : found(host);
}

const PAGES: Readonly<Record<string, ((host: string) => WebResponse) | undefined>> = {
  "/": (host) =>
    html(
      `<link rel="stylesheet" href="/stil.css"><title>${host}</title>`,
      `<h1>Kommunen Øvelse</h1><p><a href="${DEEP}">Flytning</a></p>`,
    ),
  [DEEP]: () => html("<title>Flytning</title>", '<h1>Flytning</h1><p><a href="/">Forside</a></p>'),
  "/stil.css": () => of("text/css; charset=utf-8", "h1 { color: navy }\n"),
  "/robots.txt": () => text("User-agent: *\nAllow: /\n"),
  "/favicon.ico": () => of("image/x-icon", ""),
};

function html(head: string, body: string): WebResponse {
  const whole = `<!doctype html><html lang="da"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>\n`;
  return of("text/html; charset=utf-8", whole);
}

function text(body: string): WebResponse {
  return of("text/plain; charset=utf-8", body);
}

function of(type: string, body: string): WebResponse {
  return { status: 200, headers: { "content-type": type }, body };
}
