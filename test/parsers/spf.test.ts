import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseSpf, type SpfProblem, spfText } from "../../lib/parsers/spf.ts";
import { cpuMilliseconds } from "../support/cpu-time.ts";

function select(...strings: readonly string[]): string | null {
  return spfText(strings.map((text) => Buffer.from(text, "latin1")));
}

describe("selection (RFC 7208 sections 3.3 and 4.5)", () => {
  test.each([
    [["v=spf1"], "v=spf1"],
    [["V=SPF1 -all"], "V=SPF1 -all"],
    [["v=sp", "f1 m", "x -all"], "v=spf1 mx -all"],
    [["", "v=spf1"], "v=spf1"],
  ])("%j is an SPF record", (strings, text) => {
    expect(select(...strings)).toBe(text);
  });

  test.each([["v=spf10"], ["v=spf1;-all"], ["v=spf1\t-all"], [" v=spf1 -all"], ["spf2.0/pra"], ["v=spf"], [""]])(
    "%j is none",
    (text) => {
      expect(select(text)).toBeNull();
    },
  );

  test("strings are joined without a space", () => {
    expect(select("v=spf1", "-all")).toBeNull();
  });
});

function problemOf(terms: string): SpfProblem | null {
  const result = parseSpf(`v=spf1 ${terms}`);
  return result.ok ? null : result.problem;
}

describe("terms", () => {
  test.each([
    "",
    "-all",
    "+ALL",
    "  mx   ~all  ",
    "a a:example.org a/24 a//64 a:example.org/0//0 mx:example.org/32//128",
    "ptr ptr:example.org",
    "ip4:192.0.2.1 ip4:0.0.0.0/0 ip6:2001:db8::/32 ip6:::1 ip6:::ffff:192.0.2.1",
    "include:_spf.example.org. exists:%{ir}.%{v}._spf.%{d2}",
    "include:%{d} exists:%{l1r+-}.example.org a:%%%_%-.example.org",
    "redirect=_spf.example.org exp=exp.example.org",
    "moo.cow-far_out=man:dog/cat empty=",
    "unknown=%{c}%{r}%{t}",
    "a:foo:bar/baz.example.org",
    "a:example.xn--p1ai a:.org",
  ])("%j is well formed", (terms) => {
    expect(problemOf(terms)).toBeNull();
  });

  test.each<readonly [string, SpfProblem]>([
    ["moo", "mechanism"],
    ["--all", "mechanism"],
    ["-all.", "mechanism"],
    ["all:x", "argument"],
    ["all/8", "argument"],
    ["ptr/24", "argument"],
    ["include", "no-argument"],
    ["exists", "no-argument"],
    ["ip4", "no-argument"],
    ["ip6", "no-argument"],
    ["include:", "domain"],
    ["a:", "domain"],
    ["a:/24", "domain"],
    ["ptr:", "domain"],
    ["redirect=", "domain"],
    ["exp=", "domain"],
    ["a:museum", "domain"],
    ["a:museum.", "domain"],
    ["a:192.0.2.1", "domain"],
    ["a:example.-org", "domain"],
    ["a:example.org-", "domain"],
    ["a:example.org:8080", "domain"],
    ["include:example.org/24", "domain"],
    ["a/33", "prefix"],
    ["a/024", "prefix"],
    ["a//129", "prefix"],
    ["a/24/64", "prefix"],
    ["a/", "prefix"],
    ["a:example.org/", "domain"],
    ["ip4:192.0.2.1/33", "prefix"],
    ["ip4:192.0.2.1/", "prefix"],
    ["ip4:192.0.2.1//32", "prefix"],
    ["ip6:2001:db8::/129", "prefix"],
    ["ip4:192.0.2", "address"],
    ["ip4:192.0.2.01", "address"],
    ["ip4:192.0.2.256", "address"],
    ["ip4:192.0.2.1:25", "address"],
    ["ip4:2001:db8::1", "address"],
    ["ip6:192.0.2.1", "address"],
    ["ip6::2001::1", "address"],
    ["exists:%(i).example.org", "macro"],
    ["exists:%{i.example.org", "macro"],
    ["exists:%{x}.example.org", "macro"],
    ["exists:%{d0}.example.org", "macro"],
    ["exists:%.example.org", "macro"],
    ["foo=%abc", "macro"],
    ["exists:%{c}.example.org", "macro-letter"],
    ["exp=%{r}.example.org", "macro-letter"],
    ["redirect=a.org redirect=a.org", "repeated-modifier"],
    ["exp=a.org EXP=b.org", "repeated-modifier"],
    ["a:ex\u00e6mple.org", "characters"],
    ["a:example.org\u0000", "characters"],
    ["mx\tptr", "mechanism"],
    ["1up=foo", "mechanism"],
    ["=all", "mechanism"],
  ])("%j is a fault: %s", (terms, problem) => {
    expect(problemOf(terms)).toBe(problem);
  });

  test("a fault anywhere is the record's, and the term is named", () => {
    expect(parseSpf("v=spf1 -all moo:")).toEqual({ ok: false, problem: "mechanism", term: "moo:" });
  });

  test("what a record says", () => {
    const result = parseSpf("v=spf1 ?A:%{D2r-}.example.org/24//64 ip4:192.0.2.7/24 redirect=x.org");
    expect(result).toMatchObject({
      ok: true,
      value: {
        directives: [
          {
            kind: "a",
            qualifier: "?",
            text: "?A:%{D2r-}.example.org/24//64",
            ipv4Prefix: 24,
            ipv6Prefix: 64,
            target: [
              { kind: "macro", letter: "d", isEscaped: true, parts: 2, isReversed: true, delimiters: "-" },
              { kind: "text", text: ".example.org" },
            ],
          },
          { kind: "ip4", qualifier: "+", network: [192, 0, 2, 7], prefix: 24 },
        ],
        redirect: [{ kind: "text", text: "x.org" }],
        explanation: null,
      },
    });
  });

  test("more terms than any sense are refused", () => {
    expect(problemOf(Array<string>(10_001).fill("a").join(" "))).toBe("too-many-terms");
    expect(problemOf(Array<string>(10_000).fill("a").join(" "))).toBeNull();
  });
});

const PIECES = [
  "a",
  "mx",
  ":",
  "/",
  "//",
  "%{",
  "}",
  "%",
  "i",
  "r",
  "-",
  ".",
  "=",
  " ",
  "24",
  "ip4:",
  "192.0.2.1",
  "all",
];
const anyTerms = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
);

describe("hostile text", () => {
  test("gives a value or a fault, and the same one whatever the case and the spaces", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const result = parseSpf(`v=spf1 ${terms}`);
        const spaced = parseSpf(`v=spf1   ${terms.replaceAll(" ", "  ")}  `);
        expect(spaced).toEqual(result);
        expect(parseSpf(`v=spf1 ${terms.replace(/[a-z]/g, (letter) => letter.toUpperCase())}`).ok).toBe(result.ok);
        if (!result.ok) expect(terms).toContain(result.term);
      }),
      { numRuns: 2_000 },
    );
  });

  test("takes time in proportion to its length", () => {
    const long = 60_000;
    for (const piece of ["%{i}", "a.", "/", "1", "%", "a/1", "-", ":"]) {
      const took = cpuMilliseconds(() => {
        parseSpf(`v=spf1 exists:${piece.repeat(long / piece.length)}`);
        parseSpf(`v=spf1 a:${piece.repeat(long / piece.length)}/`);
        parseSpf(`v=spf1 ip6:${piece.repeat(long / piece.length)}`);
      });
      expect(took).toBeLessThan(1_000);
    }
  });
});
