import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseLocation, parseWebUrl, resolveUrl } from "../../lib/parsers/location.ts";
import { isUnderDk } from "../../lib/web/under-dk.ts";

interface LocationVector {
  readonly name: string;
  readonly location: string;
  readonly base?: string;
  readonly url?: string;
  readonly dk?: boolean;
  readonly problem?: string;
}

const BASE = "https://www.kommune.com/a/b?c=d#e";
const VECTORS = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../vectors/redirects/locations.json"), "utf8"),
) as readonly LocationVector[];

describe("where a Location leads", () => {
  test.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    "%s",
    (_, { location, base, url, dk, problem }) => {
      const read = parseLocation(location, base ?? BASE);
      if (problem !== undefined) {
        expect(read).toEqual({ ok: false, problem });
        return;
      }
      expect(read).toMatchObject({ ok: true, value: { url } });
      expect(read.ok && !read.value.isAddress && isUnderDk(read.value.host)).toBe(dk);
    },
  );

  test("scheme, host and port stand apart", () => {
    const read = (text: string): unknown => resolveUrl(text, BASE);
    expect(read("https://Kommune.DK.:8443/x?y#z")).toEqual({
      ok: true,
      value: { url: "https://kommune.dk.:8443/x?y", scheme: "https", host: "kommune.dk", isAddress: false, port: 8443 },
    });
    expect(read("http://[2A01:4F8::1]/")).toMatchObject({
      value: { host: "2a01:4f8::1", isAddress: true, scheme: "http", port: 80 },
    });
    expect(read("https://0x7f.1/")).toMatchObject({ value: { host: "127.0.0.1", isAddress: true, port: 443 } });
  });

  test("an absolute URL needs no base, a relative one has none", () => {
    expect(parseWebUrl("https://kommune.dk/x#y")).toMatchObject({ ok: true, value: { url: "https://kommune.dk/x" } });
    expect(parseWebUrl("/x")).toEqual({ ok: false, problem: "unreadable" });
    expect(parseWebUrl("file:///x")).toEqual({ ok: false, problem: "scheme" });
    expect(parseWebUrl(`https://kommune.dk/${"x".repeat(9000)}`)).toEqual({ ok: false, problem: "too-long" });
  });
});

describe("whatever comes", () => {
  const part = fc.constantFrom(
    ...["https:", "http:", "//", "/", "\\", "@", ":", "?", "#", ".", "kommune", "dk", ".dk", "evil.com", "%2e", "%00"],
    ...["443", "[", "]", "::1", "javascript:", "data:", " ", "\t", "\r\n", "\u00c3\u00b8", "\u00e6", "xn--", "&", ";"],
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 10 }).map((parts) => parts.join("")),
    fc.array(part, { maxLength: 8 }).map((parts) => `https://${parts.join("")}`),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }).map((octets) => String.fromCharCode(...octets)),
  );

  test("what is followed is a web address that reads the same again", () => {
    fc.assert(
      fc.property(text, (each) => {
        const read = parseLocation(each, BASE);
        if (!read.ok) return;
        expect(parseWebUrl(read.value.url)).toEqual(read);
        expect(new URL(read.value.url).host).not.toBe("");
        expect(read.value.host).toMatch(read.value.isAddress ? /^[0-9a-f.:]+$/ : /^[a-z0-9_.-]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});
