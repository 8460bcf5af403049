import { describe, expect, test } from "@jest/globals";
import type { Hop } from "../../lib/web/hop.ts";
import { preloadReadiness, type PreloadWalks } from "../../lib/web/preload.ts";
import { hopsOf, type WrittenHop } from "./hops.ts";

const HTTPS = "https://kommune.dk/";
const HTTP = "http://kommune.dk/";
const WWW = "https://www.kommune.dk/";
const READY = "max-age=31536000; includeSubDomains; preload";

function sts(value: string): readonly [string, string] {
  return ["strict-transport-security", value];
}

const home: WrittenHop = { url: HTTPS, fields: [sts(READY)] };
const upgrade: WrittenHop = { url: HTTP, status: 301, fields: [["location", HTTPS]] };
const good: PreloadWalks = {
  domain: "kommune.dk",
  isRegistrable: true,
  https: hopsOf(home),
  http: hopsOf(upgrade, home),
  www: hopsOf({ url: WWW, fields: [sts(READY)] }),
};

const withField = (value: string): readonly Hop[] => hopsOf({ url: HTTPS, fields: [sts(value)] });
const refused = (url: string): readonly Hop[] => hopsOf({ url, cause: "connection-refused", code: "ECONNREFUSED" });
const silent = (url: string): readonly Hop[] => hopsOf({ url, cause: "tcp-timeout", code: "SILENT" });
const to = (location: string, url: string, ...fields: readonly (readonly [string, string])[]): WrittenHop => ({
  url,
  status: 301,
  fields: [["location", location], ...fields],
});
const chain = (count: number): readonly Hop[] =>
  hopsOf(
    upgrade,
    ...Array.from({ length: count - 1 }, (_, index) =>
      to(`${HTTPS}${index + 1}`, `${HTTPS}${index === 0 ? "" : index}`, sts(READY)),
    ),
    { url: `${HTTPS}${count - 1}`, fields: [sts(READY)] },
  );

describe("what is missing for the preload list", () => {
  test.each<readonly [string, Partial<PreloadWalks>, readonly string[]]>([
    ["nothing", {}, []],
    ["nothing where port 80 is closed", { http: refused(HTTP) }, []],
    ["nothing where www does not exist", { www: null }, []],
    ["a registrable name", { isRegistrable: false }, ["registrable"]],
    ["HTTPS", { https: refused(HTTPS) }, ["https"]],
    ["a certificate", { https: hopsOf({ ...home, tls: "CERT_HAS_EXPIRED" }) }, ["certificate"]],
    ["a header", { https: hopsOf({ url: HTTPS }) }, ["header"]],
    ["a well-formed header", { https: withField("max-age=abc; includeSubDomains; preload") }, ["header"]],
    ["a year", { https: withField("max-age=31535999; includeSubDomains; preload") }, ["max-age"]],
    ["includeSubDomains", { https: withField("max-age=31536000; preload") }, ["include-sub-domains"]],
    ["preload", { https: withField("max-age=31536000; includeSubDomains") }, ["preload"]],
    ["preload without value", { https: withField("max-age=31536000; includeSubDomains; preload=1") }, ["preload"]],
    ["all three", { https: withField("max-age=1") }, ["max-age", "include-sub-domains", "preload"]],
    ["a redirect from port 80", { http: hopsOf({ url: HTTP }) }, ["http-content"]],
    ["a redirect to the same host first", { http: hopsOf(to(WWW, HTTP), { url: WWW }) }, ["http-elsewhere"]],
    ["a redirect to HTTPS first", { http: hopsOf(to(`${HTTP}da`, HTTP), { url: `${HTTP}da` }) }, ["http-elsewhere"]],
    ["a header where port 80 leads", { http: hopsOf(upgrade, { url: HTTPS }) }, ["redirect-header"]],
    ["a way without HTTP", { https: hopsOf(to(`${HTTP}x`, HTTPS, sts(READY)), { url: `${HTTP}x` }) }, ["insecure-hop"]],
    ["nothing after three redirects", { http: chain(3) }, []],
    ["fewer than four redirects", { http: chain(4) }, ["too-many-redirects"]],
    ["HTTPS at www", { www: refused(WWW) }, ["www"]],
    ["a certificate at www", { www: hopsOf({ url: WWW, tls: "ERR_TLS_CERT_ALTNAME_INVALID" }) }, ["www"]],
  ])("%s", (_, changed, missing) => {
    expect(preloadReadiness({ ...good, ...changed })).toEqual({ missing, unseen: [] });
  });

  test.each<readonly [string, Partial<PreloadWalks>, readonly string[]]>([
    ["https", { https: silent(HTTPS) }, ["https"]],
    ["http", { http: silent(HTTP) }, ["http"]],
    ["www", { www: silent(WWW) }, ["www"]],
    ["any of them", { https: [], http: [], www: [] }, ["https", "http", "www"]],
  ])("cannot be told without an answer from %s", (_, changed, unseen) => {
    expect(preloadReadiness({ ...good, ...changed })).toEqual({ missing: [], unseen });
  });
});
