import type { Directive, MacroString } from "../parsers/spf.ts";
import { type SpfPolicy, policyAt } from "../mail/spf/policy.ts";
import type { DnsView } from "../mail/spf/dns-view.ts";
import { type Name, parseName } from "../wire/name.ts";

/** Records of one tree, and how deep it goes: receivers stop at ten look-ups. */
const MOST_RECORDS = 40;
const DEEPEST = 10;
const LONGEST_TEXT = 300;

/** One SPF record and those it leads to. */
export interface SpfNode {
  /** Without final dot; as it is written where it holds a macro. */
  readonly domain: string;
  readonly by: "domain" | "include" | "redirect";
  /** As SpfPolicy; `macro`: which record depends on the sender. `left-out`: led back, or beyond what is drawn. */
  readonly state: SpfPolicy["state"] | "macro" | "left-out";
  /** Bounded; null unless there is one record. */
  readonly text: string | null;
  /** Terms of this record alone that cost a look-up. */
  readonly lookups: number;
  readonly children: readonly SpfNode[];
}

/** The records that a domain's SPF record leads to, as they were asked for. */
export function spfTree(domain: Name, dns: DnsView): SpfNode {
  let left = MOST_RECORDS;
  const draw = (name: Name, by: SpfNode["by"], path: readonly Name[]): SpfNode => {
    const head = { domain: name === "." ? "." : name.slice(0, -1), by };
    left -= 1;
    if (left < 0 || path.length > DEEPEST || path.includes(name)) {
      return { ...head, state: "left-out", text: null, lookups: 0, children: [] };
    }
    const policy = policyAt(name, dns);
    const text = "text" in policy ? shortened(policy.text) : null;
    if (policy.state !== "policy") return { ...head, state: policy.state, text, lookups: 0, children: [] };
    const { directives, redirect } = policy.record;
    const way = [...path, name];
    const isOpen = !directives.some(({ kind }) => kind === "all");
    const includes = directives.flatMap((term) => (term.kind === "include" ? [term] : []));
    return {
      ...{
        ...head,
        state: "policy",
        text,
        lookups: directives.filter(costs).length + (isOpen && redirect !== null ? 1 : 0),
      },
      children: [
        ...includes.map(({ target }) => follow(target, "include", way, draw)),
        ...(isOpen && redirect !== null ? [follow(redirect, "redirect", way, draw)] : []),
      ],
    };
  };
  return draw(domain, "domain", []);
}

type Draw = (name: Name, by: SpfNode["by"], path: readonly Name[]) => SpfNode;

function follow(target: MacroString, by: SpfNode["by"], path: readonly Name[], draw: Draw): SpfNode {
  const text = target.map((part) => (part.kind === "text" ? part.text : `%{${part.letter}}`)).join("");
  const name = target.every(({ kind }) => kind === "text") ? parseName(text) : null;
  if (name?.ok === true) return draw(name.value, by, path);
  const state = name === null ? "macro" : "none";
  return { domain: shortened(text), by, state, text: null, lookups: 0, children: [] };
}

/** RFC 7208 section 4.6.4; redirect is counted with the record. */
function costs({ kind }: Directive): boolean {
  return kind === "include" || kind === "a" || kind === "mx" || kind === "ptr" || kind === "exists";
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
