import { describe, expect, test } from "@jest/globals";
import { bothOrigins } from "../../lib/web/asset-origins.ts";
import type { OriginVisit } from "../../lib/web/observations.ts";
import { originEndings } from "../../lib/web/origin-endings.ts";
import { openOrigin, shutOrigin, walk } from "../../lib/web/written-visit.ts";

const HOST = "kommune.com";
const A = "http://kommune.com/";
const AS = "https://kommune.com/";
const D = "https://kommune.dk/";
const GOOD = walk("front", { url: A, location: D }, { url: D });
const SECURE = openOrigin("https", [walk("front", { url: AS, location: D }, { url: D })]);

function kinds(origins: readonly OriginVisit[], host = HOST): readonly string[] {
  return originEndings({ host, origins }, bothOrigins("/")).map(({ start, ending }) => `${start} ${ending.kind}`);
}

describe("each origin that was wanted has its ending", () => {
  test.each([
    ["both redirect", [openOrigin("http", [GOOD]), SECURE], ["dk", "dk"]],
    ["one refuses", [openOrigin("http", [GOOD]), shutOrigin("https", "closed")], ["dk", "refused"]],
    ["one is silent", [shutOrigin("http", "silent"), SECURE], ["unobserved", "dk"]],
    ["one is missing", [SECURE], ["unobserved", "dk"]],
    ["no walk at an open port", [openOrigin("http", []), SECURE], ["unobserved", "dk"]],
    [
      "a walk for another purpose alone",
      [openOrigin("http", [{ ...GOOD, purpose: "deep" }]), SECURE],
      ["unobserved", "dk"],
    ],
    ["a walk from the other scheme", [openOrigin("http", SECURE.walks), SECURE], ["unobserved", "dk"]],
    ["a walk from another host", [openOrigin("http", [walk("front", { url: D })]), SECURE], ["unobserved", "dk"]],
    [
      "a walk from another port",
      [openOrigin("http", [walk("front", { url: "http://kommune.com:8080/", location: D }, { url: D })]), SECURE],
      ["unobserved", "dk"],
    ],
    ["an empty walk", [openOrigin("http", [walk("front")]), SECURE], ["unobserved", "dk"]],
    ["none", [], ["unobserved", "unobserved"]],
  ] as const)("%s", (_, origins, expected) => {
    expect(kinds(origins)).toEqual([`http://kommune.com ${expected[0]}`, `https://kommune.com ${expected[1]}`]);
  });

  test("two walks from the front have two endings, and the origins that nobody asked for none", () => {
    const extra = openOrigin("http", [walk("front", { url: "http://kommune.com:8080/" })], 8080);
    const twice = openOrigin("http", [GOOD, walk("front", { url: A })]);
    expect(kinds([twice, extra, SECURE])).toEqual([
      "http://kommune.com dk",
      "http://kommune.com content",
      "https://kommune.com dk",
    ]);
  });
});

test("a start is written as people write it", () => {
  const starts = originEndings({ host: "2001:db8::7", origins: [] }, [
    { scheme: "https", port: 443 },
    { scheme: "http", port: 8080 },
  ]);
  expect(starts.map(({ start }) => start)).toEqual(["https://[2001:db8::7]", "http://[2001:db8::7]:8080"]);
});
