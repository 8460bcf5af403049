import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  ancestorsOf,
  commonAncestor,
  compareCanonical,
  fromWire,
  isAtOrBelow,
  labelCount,
  labelsOf,
  name,
  parentOf,
  parseName,
  prepend,
  ROOT,
  toWire,
  wildcardAt,
} from "../../lib/wire/name.ts";
import { anyName, nameWire, nearName } from "./arbitraries.ts";
import { hexOf, octets } from "./hex.ts";
import { problemOf, valueOf } from "./outcome.ts";

const LONG_LABEL = "a".repeat(63);
/** 3 labels of 63 and one of 61 octets: 255 octets on the wire. */
const LONGEST = `${LONG_LABEL}.${LONG_LABEL}.${LONG_LABEL}.${"b".repeat(61)}.`;

describe("parseName", () => {
  test.each([
    ["example.dk", "example.dk."],
    ["Example.DK.", "example.dk."],
    [".", "."],
    ["_25._tcp.mail.example.dk", "_25._tcp.mail.example.dk."],
    ["*.example.dk", "*.example.dk."],
    ["a\\.b.dk", "a\\.b.dk."],
    ["a\\046b.dk", "a\\.b.dk."],
    ["\\065bc.dk", "abc.dk."],
    ["a\\000b.dk", "a\\000b.dk."],
    ["a\\032b.dk", "a\\032b.dk."],
    ["a\\@b.dk", "a\\@b.dk."],
    ["a\\\\.dk", "a\\\\.dk."],
    ["a\\\\.b\\\\\\..dk", "a\\\\.b\\\\\\..dk."],
    ["a/b.dk", "a/b.dk."],
    ["\\255.dk", "\\255.dk."],
    [LONGEST, LONGEST],
  ])("reads %s", (text, expected) => {
    expect(parseName(text)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ["", "the name is empty"],
    ["a..dk", "the name has an empty label"],
    [".dk", "the name has an empty label"],
    ["..", "the name has an empty label"],
    ["dk..", "the name has an empty label"],
    [`${LONG_LABEL}a.dk`, "a label is longer than 63 octets"],
    [`${LONGEST.slice(0, -1)}b.`, "the name is longer than 255 octets"],
    ["a\\256.dk", "the name has a malformed escape"],
    ["a\\25.dk", "the name has a malformed escape"],
    ["a\\", "the name has a malformed escape"],
    ["rødovre.dk", "the name has the character U+00F8, which must be escaped"],
    ["a b.dk", "the name has the character U+0020, which must be escaped"],
    ["a@b.dk", "the name has the character U+0040, which must be escaped"],
    ["a\u0000.dk", "the name has the character U+0000, which must be escaped"],
    ["\u212aelvin.dk", "the name has the character U+212A, which must be escaped"],
    ["a".repeat(1_025), "the name is far too long"],
  ])("refuses %j", (text, problem) => {
    expect(problemOf(parseName(text))).toBe(problem);
  });

  test("gives each name one form, and reads its own output", () => {
    fc.assert(fc.property(anyName, (any) => expect(parseName(any)).toEqual({ ok: true, value: any })));
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof parseName(text).ok === "boolean"));
  });
});

test("name throws for what is no name", () => {
  expect(name("Example.dk")).toBe("example.dk.");
  expect(() => name("a..b")).toThrow(new TypeError('"a..b" is not a domain name: the name has an empty label'));
});

describe("the tree of names", () => {
  test("labels are leftmost first and keep their escapes", () => {
    expect(labelsOf(ROOT)).toEqual([]);
    expect(labelsOf(name("a\\.b.\\\\.dk"))).toEqual(["a\\.b", "\\\\", "dk"]);
    expect(labelCount(ROOT)).toBe(0);
    expect(labelCount(name("*.a\\.b.dk"))).toBe(3);
  });

  test("parents lead to the root", () => {
    expect(parentOf(name("a\\.b.dk"))).toBe("dk.");
    expect(parentOf(name("dk"))).toBe(".");
    expect(parentOf(ROOT)).toBeNull();
    expect(ancestorsOf(name("a.b.dk"))).toEqual([".", "dk.", "b.dk.", "a.b.dk."]);
    expect(ancestorsOf(ROOT)).toEqual(["."]);
  });

  test.each([
    ["a.dk.", "dk.", true],
    ["dk.", "dk.", true],
    ["dk.", ".", true],
    [".", ".", true],
    [".", "dk.", false],
    ["xdk.", "dk.", false],
    ["dk.", "a.dk.", false],
    ["a\\.dk.", "dk.", false],
    ["a\\\\.dk.", "dk.", true],
    ["a\\\\\\.dk.", "dk.", false],
  ])("%s at or below %s: %s", (text, ancestor, expected) => {
    expect(isAtOrBelow(name(text), name(ancestor))).toBe(expected);
  });

  test("isAtOrBelow agrees with the list of ancestors", () => {
    fc.assert(fc.property(nearName, nearName, (a, b) => expect(isAtOrBelow(a, b)).toBe(ancestorsOf(a).includes(b))));
  });

  test("commonAncestor is the longest shared ancestor", () => {
    expect(commonAncestor(name("a.b.dk"), name("c.b.dk"))).toBe("b.dk.");
    fc.assert(
      fc.property(nearName, nearName, (a, b) => {
        const shared = ancestorsOf(a).filter((ancestor) => ancestorsOf(b).includes(ancestor));
        expect(commonAncestor(a, b)).toBe(shared.at(-1));
      }),
    );
  });

  test("prepend makes one label of its text", () => {
    expect(prepend("_dmarc", name("example.dk"))).toBe("_dmarc.example.dk.");
    expect(prepend("DK", ROOT)).toBe("dk.");
    expect(prepend("a\\.b", name("dk"))).toBe("a\\.b.dk.");
    expect(wildcardAt(name("dk"))).toBe("*.dk.");
    expect(wildcardAt(ROOT)).toBe("*.");
    expect(() => prepend("a.b", name("dk"))).toThrow('"a.b" is not a single label');
    expect(() => prepend("", name("dk"))).toThrow("the name has an empty label");
    expect(() => prepend("a\\", name("dk"))).toThrow("is not a single label");
    expect(() => wildcardAt(name(LONGEST))).toThrow("the name is longer than 255 octets");
  });
});

describe("compareCanonical", () => {
  test("orders the names of RFC 4034 section 6.1", () => {
    const ordered = [
      "example",
      "a.example",
      "yljkjljk.a.example",
      "Z.a.example",
      "zABC.a.EXAMPLE",
      "z.example",
      "\\001.z.example",
      "*.z.example",
      "\\200.z.example",
    ].map(name);
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) expect(Math.sign(compareCanonical(a, b))).toBe(Math.sign(i - j));
    }
  });

  test("compares octets, not their escapes", () => {
    // "\." is octet 0x2e, which comes before "0" (0x30), though a backslash (0x5c) comes after it.
    expect(compareCanonical(name("\\..dk"), name("0.dk"))).toBeLessThan(0);
    expect(compareCanonical(name("\\255.dk"), name("z.dk"))).toBeGreaterThan(0);
    expect(compareCanonical(name("\\000.dk"), name("dk"))).toBeGreaterThan(0);
  });

  test("is the order of the labels' octets from the right", () => {
    const sortable = (wire: Uint8Array): string =>
      labelsOf(valueOf(fromWire(wire, 0)).name)
        .map((label) => hexOf(toWire(name(label)).slice(1, -1)))
        .reverse()
        .map((hex) => `${hex}!`)
        .join("");
    fc.assert(
      fc.property(nameWire, nameWire, (left, right) => {
        const order = compareCanonical(valueOf(fromWire(left, 0)).name, valueOf(fromWire(right, 0)).name);
        const [a, b] = [sortable(left), sortable(right)];
        expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe("wire form", () => {
  test("is lower case without compression", () => {
    expect(hexOf(toWire(name("Example.DK")))).toBe("076578616d706c6502646b00");
    expect(hexOf(toWire(ROOT))).toBe("00");
    expect(hexOf(toWire(name("\\255\\..dk")))).toBe("02ff2e02646b00");
    expect(toWire(name(LONGEST))).toHaveLength(255);
  });

  test("is read at an offset", () => {
    const bytes = octets("ffff 0141 02646b 00 aa");
    expect(fromWire(bytes, 2)).toEqual({ ok: true, value: { name: "a.dk.", next: 8 } });
    expect(fromWire(octets("00"), 0)).toEqual({ ok: true, value: { name: ".", next: 1 } });
  });

  test.each([
    ["", "the name runs past the end"],
    ["0161", "the name runs past the end"],
    ["0261", "the name runs past the end"],
    ["c000", "the name has a compression pointer or an unknown label type"],
    ["40", "the name has a compression pointer or an unknown label type"],
    [`${`3f${"61".repeat(63)}`.repeat(3)}3e${"61".repeat(62)}00`, "the name is longer than 255 octets"],
    ["0161".repeat(128), "the name is longer than 255 octets"],
  ])("%s is refused", (hex, problem) => {
    expect(problemOf(fromWire(octets(hex), 0))).toBe(problem);
  });

  test("survives both directions", () => {
    fc.assert(
      fc.property(nameWire, (wire) => {
        const found = valueOf(fromWire(wire, 0));
        expect(found.next).toBe(wire.length);
        const lowered = wire.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
        // Length octets of 0x41 and more do not exist, so that lowering everything is right.
        expect(toWire(found.name)).toEqual(lowered);
        expect(labelsOf(found.name)).toHaveLength(labelCount(found.name));
      }),
    );
  });

  test("the caller's changes to its octets stay with the caller", () => {
    toWire(name("dk")).fill(0);
    expect(hexOf(toWire(name("dk")))).toBe("02646b00");
  });
});
