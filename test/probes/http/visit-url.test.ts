import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type http from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { unobserved } from "../../../lib/core/observation.ts";
import { HTTP_LIMITS } from "../../../lib/probes/http/http-limits.ts";
import { userAgentOf } from "../../../lib/probes/http/user-agent.ts";
import { visitUrl } from "../../../lib/probes/http/visit-url.ts";
import { fieldValues } from "../../../lib/web/hop.ts";
import { endingOf } from "../../../lib/web/redirects.ts";
import { ADDRESS, answerOf, EXPIRED, HOST, METADATA, outcome, VALID, WebLoopback } from "./loopback.ts";

const internet = new WebLoopback();
const SITE = `http://${HOST}/`;
const SECURE = `https://${HOST}/`;

const mailPem = (file: string): string =>
  readFileSync(new URL(`../smtp/certificates/${file}`, import.meta.url), "utf8");

const derOf = (chain: string): readonly string[] =>
  [...chain.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map(([, body = ""]) => body.replaceAll("\n", ""));

describe("a request", () => {
  test("says who asks, and nothing else of interest", async () => {
    const seen: http.IncomingMessage[] = [];
    await internet.site((request, response) => {
      seen.push(request);
      response.setHeader("Set-Cookie", "a=b").end("x");
    }, 8080);
    const start = `http://${HOST}:8080/a/b?c=%C3%A6`;
    await internet.visit(start);
    const [hop] = await internet.visit(start);
    expect(hop).toMatchObject({ url: start, address: ADDRESS, code: null });
    expect(seen[1]).toMatchObject({ method: "GET", url: "/a/b?c=%C3%A6", httpVersion: "1.1" });
    expect(seen[1]?.headers).toEqual({
      host: `${HOST}:8080`,
      "user-agent": "Kravvagt/0.1.0 (+mailto:drift@example.dk)",
      accept: "*/*",
      "accept-encoding": "gzip",
      connection: "keep-alive",
    });
  });

  test("over TLS names the host, and records what was presented", async () => {
    const names: unknown[] = [];
    await internet.secureSite((request, response) => {
      names.push(Reflect.get(request.socket, "servername"), request.headers.host);
      response.end("x");
    });
    const { tls, status } = answerOf((await internet.visit(SECURE))[0]);
    expect(names).toEqual([HOST, HOST]);
    expect(status).toBe(200);
    expect(tls).toEqual({
      protocol: "TLSv1.3",
      suite: "TLS_AES_256_GCM_SHA384",
      verification: { trusted: true },
      chain: derOf(VALID.cert),
    });
  });

  test("with a final dot in the name leaves it out of SNI", async () => {
    const names: unknown[] = [];
    await internet.secureSite((request, response) => {
      names.push(Reflect.get(request.socket, "servername"), request.headers.host);
      response.end();
    });
    expect(outcome((await internet.visit(`https://${HOST}./`))[0])).toBe("200");
    expect(names).toEqual([HOST, `${HOST}.`]);
  });

  test.each(["TLSv1", "TLSv1.1", "TLSv1.2"] as const)("is made over %s too", async (version) => {
    const ciphers = "DEFAULT:@SECLEVEL=0";
    await internet.secureSite((_, response) => response.end("x"), {
      minVersion: version,
      maxVersion: version,
      ciphers,
    });
    const { tls } = answerOf((await internet.visit(SECURE))[0]);
    expect(tls).toMatchObject({ protocol: version, chain: derOf(VALID.cert) });
  });

  test("is not stopped by a certificate, whose fault is recorded", async () => {
    await internet.secureSite((_, response) => response.end("x"));
    const other = answerOf((await internet.visit("https://andet.dk/"))[0]);
    expect(other.tls?.verification).toEqual({ trusted: false, code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    const byAddress = answerOf((await internet.visit(`https://${ADDRESS}/`))[0]);
    expect(byAddress.tls?.verification).toEqual({ trusted: true });
    const tools = { dialer: internet.dialer, userAgent: "x", limits: HTTP_LIMITS };
    const [unknown] = await visitUrl(SECURE, internet.addressesOf, tools, { signal: new AbortController().signal });
    expect(answerOf(unknown).tls?.verification).toEqual({ trusted: false, code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
  });

  test("sees dates that have passed, another address, and a name that stands in CN alone", async () => {
    const trust = async (start: string): Promise<unknown> =>
      answerOf((await internet.visit(start))[0]).tls?.verification;
    await internet.secureSite((_, response) => response.end("x"), EXPIRED);
    expect(await trust(SECURE)).toEqual({ trusted: false, code: "CERT_HAS_EXPIRED" });
    const other = "185.20.60.83";
    await internet.secureSite((_, response) => response.end("x"), {}, 443, other);
    expect(await trust(`https://${other}/`)).toEqual({ trusted: false, code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    // Made for mail gateways, with the name in CN and no SAN.
    const inCommonName = { key: mailPem("rsa.key"), cert: mailPem("rsa.pem") + mailPem("intermediate.pem") };
    internet.addresses.set("mx.oevelse.dk", [other]);
    internet.table.clear();
    await internet.secureSite((_, response) => response.end("x"), inCommonName, 443, other);
    const tools = { ...internet.tools(), extraAuthorities: [mailPem("root.pem")] };
    const [hop] = await visitUrl("https://mx.oevelse.dk/", internet.addressesOf, tools, {
      signal: new AbortController().signal,
    });
    expect(answerOf(hop).tls?.verification).toEqual({ trusted: false, code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  });
});

describe("an answer", () => {
  test("keeps every field as it came", async () => {
    const lines = [
      "X-A: 1",
      "x-a: 2",
      "Strict-Transport-Security: max-age=1",
      "X-B:  \u00e6 ",
      "STRICT-transport-security: x",
    ];
    await internet.raw((socket) => {
      socket.end(
        Buffer.from(`HTTP/1.1 404 Not here\r\n${lines.join("\r\n")}\r\nContent-Length: 3\r\n\r\nabc`, "latin1"),
      );
    });
    const answer = answerOf((await internet.visit(SITE))[0]);
    expect(answer).toMatchObject({ status: 404, httpVersion: "1.1", interim: [], tls: null });
    expect(answer.fields).toEqual([
      ["x-a", "1"],
      ["x-a", "2"],
      ["strict-transport-security", "max-age=1"],
      ["x-b", "\u00e6"],
      ["strict-transport-security", "x"],
      ["content-length", "3"],
    ]);
    expect(fieldValues(answer, "strict-transport-security")).toEqual(["max-age=1", "x"]);
    expect(answer.body).toEqual({
      octets: 3,
      sha256: createHash("sha256").update("abc").digest("hex"),
      cut: null,
      leaving: { refreshes: [], base: null, scriptMentionsLocation: false },
      references: { plain: [], page: null, resource: null },
    });
  });

  test("may come after interim ones, but not switch protocols unasked", async () => {
    await internet.raw((socket) => socket.end("HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 None\r\n\r\n"));
    expect(answerOf((await internet.visit(SITE))[0])).toMatchObject({ status: 204, interim: [103] });
    await internet.raw((socket) => socket.end("HTTP/1.1 101 On\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\njunk"), 81);
    expect(outcome((await internet.visit(`http://${HOST}:81/`))[0])).toBe("protocol-error BAD_RESPONSE");
  });

  test.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    [" GZip ", gzipSync],
    ["identity", (text: string) => Buffer.from(text)],
  ])("is unpacked from %s", async (coding, pack) => {
    const page = '<meta http-equiv=refresh content="5;url=/x">';
    await internet.site((_, response) => response.setHeader("content-encoding", coding).end(pack(page)));
    const { body } = answerOf((await internet.visit(SITE))[0]);
    expect(body).toMatchObject({ cut: null, leaving: { refreshes: ["5;url=/x"] } });
    expect(body.sha256).toBe(createHash("sha256").update(page).digest("hex"));
  });

  test.each([
    ["text/html", true],
    ["Text/HTML; charset=x", true],
    ["application/xhtml+xml", true],
    [null, true],
    ["text/plain", false],
    ["application/json", false],
    ["image/svg+xml", false],
  ])("of type %s is read as a page: %s", async (type, isPage) => {
    await internet.site((_, response) => {
      if (type !== null) response.setHeader("content-type", type);
      response.end("<p>");
    });
    expect(answerOf((await internet.visit(SITE))[0]).body.leaving !== null).toBe(isPage);
  });

  test.each(["utf16le", "utf16be"])("in %s is read too", async (encoding) => {
    const page = Buffer.from('\ufeff<meta http-equiv=refresh content="9;url=/x">', "utf16le");
    await internet.site((_, response) => response.end(encoding === "utf16be" ? page.swap16() : page));
    expect(answerOf((await internet.visit(SITE))[0]).body.leaving?.refreshes).toEqual(["9;url=/x"]);
  });

  test.each([
    ["text/html; charset=utf-16le", "utf16le"],
    ['text/html;x=y; Charset="UTF-16"', "utf16le"],
    ["text/html; charset=utf-16be", "utf16be"],
  ])("that only %s says to be wide is read too", async (type, encoding) => {
    const page = Buffer.from('<meta http-equiv=refresh content="9;url=/x">', "utf16le");
    await internet.site((_, response) =>
      response.setHeader("Content-Type", type).end(encoding === "utf16be" ? page.swap16() : page),
    );
    expect(answerOf((await internet.visit(SITE))[0]).body.leaving?.refreshes).toEqual(["9;url=/x"]);
  });

  test("is what its first octets say, whatever the field says", async () => {
    const page = Buffer.from('\ufeff<meta http-equiv=refresh content="9;url=/x">', "utf8");
    await internet.site((_, response) => response.setHeader("Content-Type", "text/html; charset=utf-16").end(page));
    expect(answerOf((await internet.visit(SITE))[0]).body.leaving?.refreshes).toEqual(["9;url=/x"]);
  });
});

describe("a walk", () => {
  test("follows redirects and refreshes, each host at its own address", async () => {
    const second = "185.20.60.81";
    internet.addresses.set("vendor.net", [second]);
    await internet.site((_, response) => response.writeHead(301, { location: "http://vendor.net/a?b" }).end());
    await internet.site(
      (_, response) => response.end(`<meta http-equiv=refresh content="0;url=${SECURE}#x">`),
      80,
      second,
    );
    await internet.secureSite((_, response) => response.end("<p>here</p>"));
    const hops = await internet.visit("http://kommune.com/#top");
    expect(hops.map(({ url, address }) => [url, address])).toEqual([
      ["http://kommune.com/", ADDRESS],
      ["http://vendor.net/a?b", second],
      [SECURE, ADDRESS],
    ]);
    expect(endingOf(hops)).toMatchObject({ kind: "dk", via: "refresh", between: ["vendor.net"], status: 200 });
    expect(internet.dialer.counters().connections).toBe(3);
  });

  test("ends with a loop, and after ten redirects", async () => {
    let asked = 0;
    await internet.site((request, response) => {
      asked += 1;
      const next = request.url === "/loop" ? "/loop#again" : `/${Number(request.url?.slice(1)) + 1}`;
      response.writeHead(302, { location: next }).end();
    });
    expect(endingOf(await internet.visit(`${SITE}loop`))).toMatchObject({ kind: "loop", at: 0 });
    expect(asked).toBe(1);
    const hops = await internet.visit(`${SITE}0`);
    expect(hops).toHaveLength(11);
    expect(endingOf(hops)).toMatchObject({ kind: "too-many", at: 10 });
  });

  test.each([
    ["file:///etc/passwd", "scheme"],
    ["data:text/html,x", "scheme"],
    ["javascript:location='http://kommune.dk/'", "scheme"],
    ["https://", "unreadable"],
  ])("follows nothing to %s", async (location, problem) => {
    await internet.site((_, response) => response.writeHead(301, { location }).end());
    const hops = await internet.visit(SITE);
    expect(hops.map(outcome)).toEqual(["301"]);
    expect(endingOf(hops)).toMatchObject({ kind: "location", problem });
  });

  test.each([
    `http://${METADATA}/latest/meta-data/`,
    "http://2852039166/latest/",
    "http://0xa9fea9fe/",
    "http://[::ffff:169.254.169.254]/",
    "http://[fd00:ec2::254]/",
    "http://127.0.0.1/",
    "http://localhost.rebound.dk/",
    "https://10.0.0.1:8443/",
  ])("never dials a special address: %s", async (location) => {
    internet.addresses.set("localhost.rebound.dk", ["127.0.0.1"]);
    await internet.site((_, response) => response.writeHead(302, { location }).end());
    const hops = await internet.visit(`http://${HOST}/`);
    expect(hops.map(outcome)).toEqual(["302", "vantage-blocked SPECIAL_ADDRESS"]);
    expect(endingOf(hops)).toMatchObject({ kind: "special", at: 1 });
    expect(internet.dialer.counters().connections).toBe(1);
  });

  test("tells what is not there", async () => {
    internet.addresses.set("nowhere.dk", []);
    expect((await internet.visit("http://nowhere.dk/")).map(outcome)).toEqual(["asset-not-found NO_ADDRESS"]);
    await internet.site(() => undefined);
    internet.table.set("tcp 185.20.60.99 80", { host: "127.0.0.1", port: 1 });
    internet.addresses.set("closed.dk", ["185.20.60.99"]);
    expect((await internet.visit("http://closed.dk/")).map(outcome)).toEqual(["connection-refused ECONNREFUSED"]);
    expect((await internet.visit("ftp://kommune.dk/")).map(outcome)).toEqual(["internal NOT_A_WEB_URL"]);
  });

  test("tells that a host could not be looked up", async () => {
    const tools = { dialer: internet.dialer, userAgent: "x", limits: HTTP_LIMITS };
    const { signal } = new AbortController();
    const silent = await visitUrl(SITE, async () => unobserved("dns-timeout", "no answer"), tools, { signal });
    expect(silent.map(outcome)).toEqual(["dns-timeout NO_LOOKUP"]);
    const thrown = await visitUrl(SITE, () => Promise.reject(new Error("x")), tools, { signal });
    expect(thrown.map(outcome)).toEqual(["internal NO_LOOKUP"]);
  });

  test("tries the next address until one answers", async () => {
    const [dead, refusing] = ["185.20.60.98", "185.20.60.99"];
    internet.table.set(`tcp ${refusing} 80`, { host: "127.0.0.1", port: 1 });
    internet.addresses.set("several.dk", [refusing, ADDRESS, dead]);
    await internet.site((_, response) => response.end());
    expect(await internet.visit("http://several.dk/")).toMatchObject([{ address: ADDRESS, code: null }]);
    internet.addresses.set("silent.dk", [dead, refusing]);
    expect((await internet.visit("http://silent.dk/")).map(outcome)).toEqual(["tcp-timeout EHOSTUNREACH"]);
    internet.addresses.set("silent-last.dk", [refusing, dead]);
    expect((await internet.visit("http://silent-last.dk/")).map(outcome)).toEqual(["tcp-timeout EHOSTUNREACH"]);
  });
});

describe("who we are", () => {
  test("is a product, a version and a contact", () => {
    expect(userAgentOf("1.4.0", "https://kommune.dk/kravvagt")).toBe("Kravvagt/1.4.0 (+https://kommune.dk/kravvagt)");
  });

  test.each([
    ["1.0\r\nX: y", "a@b.dk"],
    ["1.0", "a@b.dk)\r\nX: y"],
    ["1.0", "a (b)"],
    ["1.0", "\u00e6@b.dk"],
    ["1.0", "a".repeat(200)],
    ["", ""],
  ])("cannot break out: %j %j", (version, contact) => {
    expect(() => userAgentOf(version, contact)).toThrow(RangeError);
  });
});
