import http2 from "node:http2";
import { describe, expect, test } from "@jest/globals";
import type { Observed } from "../../../lib/core/observation.ts";
import { endpointKey } from "../../../lib/dial/sockets.ts";
import type { HttpLimits } from "../../../lib/probes/http/http-limits.ts";
import { userAgentOf } from "../../../lib/probes/http/user-agent.ts";
import type { WebHosts, WebWanted } from "../../../lib/probes/probe-context.ts";
import { createWebHosts } from "../../../lib/probes/web/web-hosts.ts";
import type { OriginVisit, WebVisit } from "../../../lib/web/observations.ts";
import {
  ADDRESS,
  answerOf,
  HOST,
  METADATA,
  outcome,
  type Respond,
  ROOT,
  VALID,
  WebLoopback,
} from "../http/loopback.ts";

const internet = new WebLoopback();
const LABEL = "q7w8e9r0t1y2u3i4";
const REFUSING = "185.20.60.99";
const signal = new AbortController().signal;

const both: WebWanted["origins"] = [
  { scheme: "http", port: 80, path: "/" },
  { scheme: "https", port: 443, path: "/" },
];

function hosts(limits: Partial<HttpLimits> = {}): WebHosts {
  return createWebHosts({
    dialer: internet.dialer,
    userAgent: userAgentOf("0.1.0", "drift@example.dk"),
    extraAuthorities: [ROOT],
    limits: { visitMs: 6000, ...limits },
  });
}

const wanted = (changes: Partial<WebWanted> = {}): WebWanted => ({
  role: "own",
  origins: both,
  closeness: "whole",
  randomLabel: LABEL,
  addressesOf: internet.addressesOf,
  ...changes,
});

const look = (
  changes: Partial<WebWanted> = {},
  where = { host: HOST, address: ADDRESS },
): Promise<Observed<WebVisit>> => hosts().visit(where, wanted(changes), { signal });

function originOf(visit: Observed<WebVisit>, scheme: "http" | "https"): OriginVisit {
  if (visit.state === "unobserved" || visit.value.state !== "visited") throw new Error(JSON.stringify(visit));
  const origin = visit.value.origins.find((each) => each.scheme === scheme);
  if (origin === undefined) throw new Error(`no ${scheme}`);
  return origin;
}

/** Each walk as its purpose and what became of each hop. */
const told = ({ walks }: OriginVisit): Record<string, readonly string[]> =>
  Object.fromEntries(walks.map(({ purpose, hops }) => [purpose, hops.map((hop) => `${hop.url} ${outcome(hop)}`)]));

const html: Respond = (request, response) => {
  if (request.url === "/") {
    response.setHeader("content-type", "text/html");
    response.end('<link rel=stylesheet href="/s.css"><a href="/">x</a><a href="/om?a=b#c">y</a>');
  } else {
    response.statusCode = ["/om?a=b", "/s.css"].includes(request.url ?? "") ? 200 : 404;
    response.end("x");
  }
};
const toHttps: Respond = (request, response) =>
  void response.writeHead(301, { location: `https://${HOST}${request.url ?? ""}` }).end();

/** One that speaks HTTP/2 as well. */
async function secureSite(respond: Respond = html): Promise<void> {
  const server = http2.createSecureServer({ ...VALID, allowHTTP1: true }, respond as never);
  await internet.listen(server, 443);
}

describe("a whole visit", () => {
  test("walks every walk of both origins", async () => {
    await internet.site(toHttps);
    await secureSite();
    const visit = await look();
    const secure = `https://${HOST}`;
    expect(visit).toMatchObject({ value: { state: "visited", host: HOST, address: ADDRESS, role: "own" } });
    expect(told(originOf(visit, "https"))).toEqual({
      front: [`${secure}/ 200`],
      "front-h2": [`${secure}/ 200`],
      deep: [`${secure}/om?a=b 200`],
      resource: [`${secure}/s.css 200`],
      missing: [`${secure}/${LABEL}/${LABEL} 404`],
      robots: [`${secure}/robots.txt 404`],
      favicon: [`${secure}/favicon.ico 404`],
    });
    expect(told(originOf(visit, "http"))).toEqual({
      front: [`http://${HOST}/ 301`, `${secure}/ 200`],
      deep: [`http://${HOST}/om?a=b 301`, `${secure}/om?a=b 200`],
      missing: [`http://${HOST}/${LABEL}/${LABEL} 301`, `${secure}/${LABEL}/${LABEL} 404`],
    });
    const overHttp2 = originOf(visit, "https").walks.find(({ purpose }) => purpose === "front-h2");
    expect(answerOf(overHttp2?.hops[0]).httpVersion).toBe("2");
    // Two of plain HTTP's lane, and three lanes of HTTPS.
    expect(internet.dialer.counters().connections).toBe(5);
  });

  test("leaves out what there is not: HTTP/2, a page and a resource", async () => {
    await internet.site((_, response) => response.end("x"));
    await internet.secureSite((_, response) => response.end("x"));
    const visit = await look();
    expect(Object.keys(told(originOf(visit, "https"))).sort()).toEqual(["favicon", "front", "missing", "robots"]);
    expect(Object.keys(told(originOf(visit, "http"))).sort()).toEqual(["front", "missing"]);
  });

  test("finds a page over plain HTTP where HTTPS is closed", async () => {
    await internet.site(html);
    internet.table.set(endpointKey("tcp", ADDRESS, 443), { host: "127.0.0.1", port: 1 });
    const visit = await look();
    expect(originOf(visit, "https")).toEqual({ scheme: "https", port: 443, state: "closed", walks: [] });
    expect(told(originOf(visit, "http"))).toMatchObject({ deep: [`http://${HOST}/om?a=b 200`] });
  });

  test("begins at the path and the port of the asset", async () => {
    const asked: string[] = [];
    await internet.site((request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      response.end("x");
    }, 8080);
    const origins = [{ scheme: "http", port: 8080, path: "/login?a=b" }] as const;
    const visit = await look({ origins });
    expect(originOf(visit, "http").walks[0]?.hops[0]?.url).toBe(`http://${HOST}:8080/login?a=b`);
    // The front page of the host is asked for as well: the asset's own path is not the only one that must be right.
    expect(asked).toEqual([`${HOST}:8080 /login?a=b`, `${HOST}:8080 /${LABEL}/${LABEL}`, `${HOST}:8080 /`]);
  });

  test("of an address follows it to a name at the name's own address", async () => {
    await internet.site((_, response) => response.writeHead(301, { location: `http://${HOST}/` }).end());
    const second = "185.20.60.81";
    internet.addresses.set(HOST, [second]);
    await internet.site((_, response) => response.end("x"), 80, second);
    const visit = await look({ closeness: "front" }, { host: ADDRESS, address: ADDRESS });
    const [front] = originOf(visit, "http").walks;
    expect(front?.hops.map(({ address }) => address)).toEqual([ADDRESS, second]);
  });
});

describe("a visit of the front alone", () => {
  test("has one walk of each origin", async () => {
    await internet.site(toHttps);
    await secureSite();
    const visit = await look({ closeness: "front" });
    expect(Object.keys(told(originOf(visit, "https")))).toEqual(["front"]);
    expect(Object.keys(told(originOf(visit, "http")))).toEqual(["front"]);
  });
});

describe("a visit that is asked for twice", () => {
  test("is made once, and told to each in its role, and in part to who asks for less", async () => {
    await internet.site((_, response) => response.end("x"));
    await internet.secureSite((_, response) => response.end("x"));
    const web = hosts();
    const where = { host: HOST, address: ADDRESS };
    const [own, entry] = await Promise.all([
      web.visit(where, wanted(), { signal }),
      web.visit(where, wanted({ role: "entry", randomLabel: "other" }), { signal }),
    ]);
    const made = internet.dialer.counters().connections;
    const front = await web.visit(where, wanted({ closeness: "front" }), { signal });
    expect(internet.dialer.counters().connections).toBe(made);
    expect(own).toMatchObject({ value: { role: "own" } });
    expect(entry).toMatchObject({ value: { role: "entry" } });
    expect(originOf(entry, "http")).toEqual(originOf(own, "http"));
    expect(originOf(front, "https").walks).toHaveLength(1);
    await web.visit({ ...where, host: "andet.dk" }, wanted({ closeness: "front" }), { signal });
    expect(internet.dialer.counters().connections).toBeGreaterThan(made);
  });

  test("is made again when it was cut short by an abort", async () => {
    const web = hosts();
    const where = { host: HOST, address: ADDRESS };
    const stopped = await web.visit(where, wanted(), { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ state: "unobserved", cause: "internal" });
    await internet.site((_, response) => response.end("x"));
    expect((await web.visit(where, wanted({ closeness: "front" }), { signal })).state).toBe("observed");
  });
});

describe("ports", () => {
  test("refused are closed, and silent ones silent", async () => {
    internet.table.set(endpointKey("tcp", ADDRESS, 80), { host: "127.0.0.1", port: 1 });
    const visit = await look({ closeness: "front" });
    expect(visit).toMatchObject({ value: { origins: [{ state: "closed" }, { state: "silent" }] } });
  });

  test("that are all silent are no visit, after three tries each", async () => {
    expect(await look({}, { host: HOST, address: REFUSING })).toMatchObject({
      state: "unobserved",
      cause: "tcp-timeout",
    });
    expect(internet.dialer.counters().connections).toBe(6);
  });

  test.each([METADATA, "127.0.0.1", "::ffff:169.254.169.254"])("of %s are not dialled", async (address) => {
    expect(await look({}, { host: HOST, address })).toMatchObject({ state: "unobserved", cause: "vantage-blocked" });
    expect(internet.dialer.counters().connections).toBe(0);
  });
});

describe("walks that go elsewhere", () => {
  test("never dial a special address, over whichever name", async () => {
    internet.addresses.set("rebound.dk", ["169.254.169.254"]);
    let trapped = 0;
    await internet.raw(() => (trapped += 1), 80, METADATA);
    await internet.site((request, response) => {
      const location = request.url === "/" ? "http://rebound.dk/" : `http://${METADATA}/latest/`;
      response.writeHead(302, { location }).end();
    });
    const visit = await look({ origins: both.slice(0, 1) });
    const special = "vantage-blocked SPECIAL_ADDRESS";
    expect(told(originOf(visit, "http"))).toEqual({
      front: [`http://${HOST}/ 302`, `http://rebound.dk/ ${special}`],
      missing: [`http://${HOST}/${LABEL}/${LABEL} 302`, `http://${METADATA}/latest/ ${special}`],
    });
    expect(trapped).toBe(0);
  });

  test("keep to the address on the same host, and try others when it refuses", async () => {
    const second = "185.20.60.81";
    internet.addresses.set(HOST, [second, ADDRESS]);
    await internet.site(toHttps);
    await internet.secureSite((_, response) => response.end("x"), {}, 443, second);
    internet.table.set(endpointKey("tcp", ADDRESS, 443), { host: "127.0.0.1", port: 1 });
    const visit = await look({ closeness: "front", origins: both.slice(0, 1) });
    expect(originOf(visit, "http").walks[0]?.hops.map(({ address }) => address)).toEqual([ADDRESS, second]);
  });
});

describe("a host that keeps us waiting", () => {
  test("loses the walks that it holds up, and no others", async () => {
    await internet.site((request, response) => {
      if (request.url === "/") response.end("x");
    });
    await internet.secureSite((request, response) => {
      if (request.url !== "/robots.txt") response.end("x");
    });
    const startedAt = performance.now();
    const visit = await hosts({ visitMs: 1500 }).visit({ host: HOST, address: ADDRESS }, wanted(), { signal });
    expect(performance.now() - startedAt).toBeLessThan(8000);
    expect(told(originOf(visit, "http"))).toMatchObject({
      front: [`http://${HOST}/ 200`],
      missing: [expect.stringContaining("tcp-timeout")],
    });
    const secure = told(originOf(visit, "https"));
    expect(secure.robots).toEqual([expect.stringContaining("tcp-timeout")]);
    expect(secure.favicon).toEqual([`https://${HOST}/favicon.ico 200`]);
  });
});
