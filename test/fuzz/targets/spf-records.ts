import { isDeepStrictEqual } from "node:util";
import type { Mechanism, MacroString, SpfRecord } from "../../../lib/parsers/spf.ts";
import { parseSpf, spfText } from "../../../lib/parsers/spf.ts";
import { composed, mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const SOUND = [
  "v=spf1 include:spf.example.org ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx:example.org//64 -all",
  "v=spf1 exists:%{ir}.%{v}._spf.%{d2} ?ptr:example.org redirect=_spf.example.org",
  "v=spf1 a:example.org/24//64 mx/30 exp=explain.%{d} unknown=%{s}%%%_%- ~all",
];
const PIECES = [
  ...[
    "v=spf1",
    " ",
    "  ",
    "+",
    "-",
    "?",
    "~",
    "all",
    "a",
    "mx",
    "ptr",
    "include",
    "exists",
    "ip4",
    "ip6",
    ":",
    "=",
    "/",
  ],
  ...["//", "0", "24", "032", "128", "129", "example.org", "Example.ORG.", "x", ".", "..", "-", "_", "redirect", "exp"],
  ...[
    "192.0.2.1",
    "2001:db8::1",
    "::",
    "::ffff:192.0.2.1",
    "%{d}",
    "%{ir}",
    "%{L-}",
    "%{s127r.-+,/_=}",
    "%{d0}",
    "%{c}",
  ],
  ...["%%", "%_", "%-", "%", "{", "}", "\u0000", "\u00e6", "\t", "op=", "ALL", "INCLUDE:"],
];

const IPV4_BITS = 32;
const IPV6_BITS = 128;

function text(random: Random): string {
  if (random.chance(0.5)) return mutated(random, random.pick(SOUND), PIECES);
  return (random.chance(0.9) ? "v=spf1 " : "") + composed(random, PIECES, 30);
}

/** Reads it, writes what was read, and reads that: the same has to come out. */
function exercise(whole: string, cut: number): string {
  const strings = [octetsOf(whole.slice(0, cut)), octetsOf(whole.slice(cut))];
  const selected = spfText(strings);
  if (selected === null) {
    promise(!/^v=spf1(?: |$)/i.test(whole), "an SPF record was taken for another text");
    return "unrelated";
  }
  const read = parseSpf(selected);
  if (!read.ok) {
    promise(selected.includes(read.term), "the term at fault does not stand in the record");
    return "malformed";
  }
  const again = parseSpf(written(read.value));
  promise(again.ok, "what was read cannot be written and read again");
  promise(isDeepStrictEqual(meaning(again.value), meaning(read.value)), "what was written is read differently");
  promise(read.value.directives.every(isPossible), "a prefix is longer than its address");
  const terms = read.value.directives.length + read.value.modifiers.length;
  promise(terms * 2 <= selected.length, "there are more terms than fit into the record");
  return "record";
}

function isPossible(mechanism: Mechanism): boolean {
  if (mechanism.kind === "a" || mechanism.kind === "mx")
    return mechanism.ipv4Prefix <= IPV4_BITS && mechanism.ipv6Prefix <= IPV6_BITS;
  if (mechanism.kind !== "ip4" && mechanism.kind !== "ip6") return true;
  const bits = mechanism.kind === "ip4" ? IPV4_BITS : IPV6_BITS;
  return mechanism.network.length * 8 === bits && mechanism.prefix <= bits;
}

/** Everything but the texts. */
function meaning({ directives, modifiers, redirect, explanation }: SpfRecord): unknown {
  const bare = (term: object): object => ({ ...term, text: "" });
  return { directives: directives.map(bare), modifiers: modifiers.map(bare), redirect, explanation };
}

function written({ directives, modifiers }: SpfRecord): string {
  const terms = directives.map((directive) => directive.qualifier + mechanismText(directive));
  return ["v=spf1", ...terms, ...modifiers.map(({ name, value }) => `${name}=${macroText(value)}`)].join(" ");
}

function mechanismText(mechanism: Mechanism): string {
  const { kind } = mechanism;
  switch (kind) {
    case "all":
      return kind;
    case "ip4":
      return `${kind}:${mechanism.network.join(".")}/${mechanism.prefix}`;
    case "ip6":
      return `${kind}:${hexGroups(mechanism.network)}/${mechanism.prefix}`;
    case "a":
    case "mx":
      return `${kind}${targetText(mechanism.target)}/${mechanism.ipv4Prefix}//${mechanism.ipv6Prefix}`;
    default:
      return kind + targetText(mechanism.target);
  }
}

function targetText(target: MacroString | null): string {
  return target === null ? "" : `:${macroText(target)}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "%": "%%", " ": "%_", "%20": "%-" };

function macroText(parts: MacroString): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return ESCAPES[part.text] ?? part.text;
      const letter = part.isEscaped ? part.letter.toUpperCase() : part.letter;
      return `%{${letter}${part.parts ?? ""}${part.isReversed ? "r" : ""}${part.delimiters}}`;
    })
    .join("");
}

function hexGroups(octets: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => (octets[at * 2] ?? 0) * 0x100 + (octets[at * 2 + 1] ?? 0));
  return groups.map((group) => group.toString(16)).join(":");
}

export const SPF_RECORDS: Target = {
  name: "spf-records",
  about: "SPF records are read; what was read is written and read again as the same",
  endings: ["record", "malformed", "unrelated"],
  prepare: async () => (random) => {
    const whole = text(random);
    const cut = random.below(whole.length + 1);
    return { message: octetsOf(whole), run: () => exercise(whole, cut) };
  },
};
