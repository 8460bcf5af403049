/** K11 over a real visit: what a server sends is what is judged. */
import { describe, expect, test } from "@jest/globals";
import { evaluate } from "../../lib/core/evaluate.ts";
import { type Observation, observed } from "../../lib/core/observation.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { createWebHosts } from "../../lib/probes/web/web-hosts.ts";
import { k11 } from "../../lib/requirements/k11/requirement.ts";
import { hostAsset } from "../../lib/requirements/k11/scenario-site.ts";
import { bothOrigins } from "../../lib/web/asset-origins.ts";
import { webTarget } from "../../lib/web/target-text.ts";
import { ADDRESS, HOST, type Respond, ROOT, WebLoopback } from "../probes/http/loopback.ts";

const web = new WebLoopback();
const asset = hostAsset(HOST);
const frame = { asset: asset.id, target: asset.id, observedAt: "2026-11-23T10:00:00.000Z" };
const STS = "max-age=31536000";
const SILENT = "K11_UNOBSERVED_TCP_TIMEOUT";

async function judge() {
  const hosts = createWebHosts({ dialer: web.dialer, userAgent: "test", extraAuthorities: [ROOT] });
  const { signal } = new AbortController();
  const where = { host: HOST, address: ADDRESS };
  const result = await hosts.visit(
    where,
    {
      ...{ role: "own", origins: bothOrigins("/"), closeness: "whole", randomLabel: "findesikke" },
      addressesOf: async () => observed([ADDRESS]),
    },
    { signal },
  );
  const status = { host: HOST, state: "absent", entry: null, source: "", asOf: "2026-11-23", detail: "" };
  const reading = { domain: asset.host, anchors: [], book: [], source: "", discarded: [], host: HOST };
  const observations = [
    { kind: "web.visit", ...frame, target: webTarget(where), result },
    { kind: "web.entry", ...frame, result: observed({ state: "nothing-to-visit", why: "no-entry" }) },
    { kind: "hsts.preload", ...frame, result: observed(status) },
    { kind: "dns.https", ...frame, result: observed(reading) },
  ] as readonly Observation[];
  const { findings, verdict } = evaluate(k11, {
    ...{ asset, observations, reading: "kommune-2024", statements: NO_STATEMENTS, asOf: 0 },
  });
  return { verdict, tags: findings.map(({ tag }) => tag).sort() };
}

const redirect: Respond = ({ url }, response) => {
  response.writeHead(301, { location: `https://${HOST}${url ?? "/"}` }).end();
};
/** Pages, with one that is missing; `headers` by path, else as they should be. */
const pages =
  (odd: (path: string) => string | readonly string[] | null | undefined): Respond =>
  ({ url = "/" }, response) => {
    const field = odd(url) === undefined ? STS : odd(url);
    response.statusCode = url === "/" ? 200 : 404;
    response.setHeader("content-type", "text/html");
    if (field !== null && field !== undefined) response.setHeader("Strict-Transport-Security", field);
    response.end('<a href="/">forside</a>');
  };

describe("what a server sends", () => {
  test("is right", async () => {
    await web.site(redirect);
    await web.secureSite(pages(() => undefined));
    const { verdict, tags } = await judge();
    expect({ verdict, tags }).toEqual({ verdict: "pass", tags: ["K11_ENTRY_HOLDS", "K11_HEADER_ON_ALL"] });
  });

  test("lacks the header where nothing is", async () => {
    await web.site(redirect);
    await web.secureSite(pages((path) => (path === "/" ? undefined : null)));
    const { verdict, tags } = await judge();
    expect({ verdict, tags }).toEqual({ verdict: "fail", tags: ["K11_ENTRY_HOLDS", "K11_HEADER_MISSING"] });
  });

  test("has two fields, and the first is malformed", async () => {
    await web.site(redirect);
    await web.secureSite(pages(() => ["max-age=abc", STS]));
    const { verdict, tags } = await judge();
    expect(verdict).toBe("fail");
    expect(tags).toEqual(["K11_ENTRY_POLICY_INVALID", "K11_HEADER_INVALID", "K11_HEADER_REPEATED"]);
  });

  test("is silent at the port for HTTPS, which proves nothing", async () => {
    await web.site(redirect);
    expect(await judge()).toMatchObject({ verdict: "indeterminate", tags: [SILENT, SILENT] });
  });

  test("links to itself by http", async () => {
    await web.site(redirect);
    await web.secureSite(({ url }, response) => {
      response.writeHead(url === "/" ? 200 : 404, { "content-type": "text/html", "strict-transport-security": STS });
      response.end(`<a href="http://${HOST}/kontakt">kontakt</a>`);
    });
    const { verdict, tags } = await judge();
    expect(verdict).toBe("fail");
    expect(tags).toContain("K11_PLAIN_REFERENCES");
  });
});
