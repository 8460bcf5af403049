import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import { ipv4Octets, ipv6Octets } from "../wire/rdata/address-text.ts";
import { WireProblem } from "../wire/octet-reader.ts";
import { type MacroProblem, type MacroString, parseDomainSpec, parseMacroString } from "./spf-macro.ts";

/** Pass, fail, neutral, softfail (RFC 7208 section 4.6.2). */
export type Qualifier = "+" | "-" | "?" | "~";

interface Targeted<Kind extends string> {
  readonly kind: Kind;
  readonly target: MacroString;
}

interface Hosts<Kind extends string> {
  readonly kind: Kind;
  /** Null: the domain itself. */
  readonly target: MacroString | null;
  readonly ipv4Prefix: number;
  readonly ipv6Prefix: number;
}

interface Addresses<Kind extends string> {
  readonly kind: Kind;
  /** 4 or 16 octets as written, bits beyond the prefix included. */
  readonly network: readonly number[];
  readonly prefix: number;
}

export type Mechanism =
  | { readonly kind: "all" }
  | Targeted<"include">
  | Targeted<"exists">
  | Hosts<"a">
  | Hosts<"mx">
  | { readonly kind: "ptr"; readonly target: MacroString | null }
  | Addresses<"ip4">
  | Addresses<"ip6">;

/** What mechanisms are called: a modifier of such a name is most often one with "=" for ":". */
export const MECHANISMS: ReadonlySet<string> = new Set<Mechanism["kind"]>([
  "all",
  "include",
  "a",
  "mx",
  "ptr",
  "ip4",
  "ip6",
  "exists",
]);

/** `text`: the term as it stands in the record. */
export type Directive = Mechanism & { readonly qualifier: Qualifier; readonly text: string };

export interface Modifier {
  /** Lower case. */
  readonly name: string;
  readonly value: MacroString;
  readonly text: string;
}

/** What is wrong with a term; codes, since two languages speak of them. */
export type TermProblem = MacroProblem | "mechanism" | "argument" | "no-argument" | "prefix" | "address";

const MODIFIER = /^([a-z][a-z0-9\-_.]*)=(.*)$/is;
const DIRECTIVE = /^([+\-?~]?)([a-z0-9]+)(:?)(.*)$/is;
const IPV4_PREFIX = 32;
const IPV6_PREFIX = 128;

/** Reads a term as a modifier; null when it is none, being a directive (RFC 7208 section 4.6.1). */
export function parseModifier(term: string): Parsed<Modifier> | null {
  const match = MODIFIER.exec(term);
  if (match === null) return null;
  const [, name = "", text = ""] = match;
  const lower = name.toLowerCase();
  const value = lower === "redirect" || lower === "exp" ? parseDomainSpec(text) : parseMacroString(text);
  return value.ok ? parsed({ name: lower, value: value.value, text: term }) : value;
}

/** Reads a directive (RFC 7208 sections 5 and 12). The problem is one of TermProblem. */
export function parseDirective(term: string): Parsed<Directive> {
  const match = DIRECTIVE.exec(term);
  if (match === null) return malformed("mechanism");
  const [, sign = "", name = "", colon = "", rest = ""] = match;
  const mechanism = parseMechanism(name.toLowerCase(), colon === "" ? null : rest, colon === "" ? rest : "");
  if (!mechanism.ok) return mechanism;
  return parsed({ ...mechanism.value, qualifier: sign === "" ? "+" : (sign as Qualifier), text: term });
}

/** `argument`: what follows the colon; null without one, and then `tail` is what follows the name. */
function parseMechanism(name: string, argument: string | null, tail: string): Parsed<Mechanism> {
  if (name === "a" || name === "mx") return parseHosts(name, argument, tail);
  if (argument === null && tail !== "") return malformed(tail.startsWith("/") ? "argument" : "mechanism");
  switch (name) {
    case "all":
      return argument === null ? parsed({ kind: name }) : malformed("argument");
    case "ptr":
      return argument === null ? parsed({ kind: name, target: null }) : withTarget(name, argument);
    case "include":
    case "exists":
    case "ip4":
    case "ip6":
      return argument === null ? malformed("no-argument") : withArgument(name, argument);
    default:
      return malformed("mechanism");
  }
}

function withArgument(name: "include" | "exists" | "ip4" | "ip6", argument: string): Parsed<Mechanism> {
  return name === "ip4" || name === "ip6" ? parseNetwork(name, argument) : withTarget(name, argument);
}

function withTarget(kind: "include" | "exists" | "ptr", text: string): Parsed<Mechanism> {
  const target = parseDomainSpec(text);
  return target.ok ? parsed({ kind, target: target.value }) : target;
}

function parseHosts(kind: "a" | "mx", argument: string | null, tail: string): Parsed<Mechanism> {
  const [, domain = "", four, six] = /^(.*?)(?:\/(\d+))?(?:\/\/(\d+))?$/s.exec(argument ?? tail) ?? [];
  if (argument === null && domain !== "") return malformed(domain.startsWith("/") ? "prefix" : "mechanism");
  const ipv4Prefix = four === undefined ? IPV4_PREFIX : readPrefix(four, IPV4_PREFIX);
  const ipv6Prefix = six === undefined ? IPV6_PREFIX : readPrefix(six, IPV6_PREFIX);
  if (ipv4Prefix === null || ipv6Prefix === null) return malformed("prefix");
  if (argument === null) return parsed({ kind, target: null, ipv4Prefix, ipv6Prefix });
  const target = parseDomainSpec(domain);
  return target.ok ? parsed({ kind, target: target.value, ipv4Prefix, ipv6Prefix }) : target;
}

function parseNetwork(kind: "ip4" | "ip6", argument: string): Parsed<Mechanism> {
  const slash = argument.indexOf("/");
  const widest = kind === "ip4" ? IPV4_PREFIX : IPV6_PREFIX;
  const prefix = slash === -1 ? widest : readPrefix(argument.slice(slash + 1), widest);
  if (prefix === null) return malformed("prefix");
  const network = readAddress(kind, slash === -1 ? argument : argument.slice(0, slash));
  return network === null ? malformed("address") : parsed({ kind, network, prefix });
}

/** Without leading zeros, from 0 to `widest`; null for anything else. */
function readPrefix(text: string, widest: number): number | null {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= widest ? Number(text) : null;
}

function readAddress(kind: "ip4" | "ip6", text: string): readonly number[] | null {
  // RFC 7208's qnum has no leading zeros, which some software would read as octal.
  if (kind === "ip4" && /(?:^|\.)0\d/.test(text)) return null;
  try {
    return [...(kind === "ip4" ? ipv4Octets(text) : ipv6Octets(text))];
  } catch (error) {
    if (error instanceof WireProblem) return null;
    throw error;
  }
}
