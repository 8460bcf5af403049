import type { Cause } from "../core/cause.ts";
import type { Observation } from "../core/observation.ts";
import type { DeclaredSending } from "../mail/dkim/sending.ts";
import type { KeyState } from "../mail/dkim/key-state.ts";
import { type AuthorKind, judgeAuthors } from "../mail/dmarc/authors.ts";
import type { Reached } from "../mail/dmarc/discovery.ts";
import { publishedIn, type PublishedAt } from "../mail/dmarc/published.ts";
import type { ReportedSelector } from "../mail/observations.ts";
import { classifierOf } from "../mail/reading.ts";
import { auditSpf, type SpfEnding } from "../mail/spf/audit.ts";
import { type DnsView, validatedView } from "../mail/spf/dns-view.ts";
import { policyAt } from "../mail/spf/policy.ts";
import { type DkimView, viewDkim } from "../requirements/s23/dkim-view.ts";
import type { Name } from "../wire/name.ts";
import { type SpfNode, spfTree } from "./dmarc-spf-tree.ts";

/** Nothing was heard of one of the three. */
export interface Unheard {
  readonly cause: Cause;
  readonly detail: string;
}

/** What stands at `_dmarc` below one name. `text`: its beginning, where there is one record. */
export interface DmarcRecordSeen {
  readonly at: string;
  readonly state: "one" | "many" | "none" | "bogus" | "unknown";
  readonly text: string | null;
  readonly secure: boolean;
}

/** What receivers of one RFC come to. `at`: the name whose record decides; policy, tag and why only for a record. */
export interface RulingSeen {
  readonly state: Reached["state"];
  readonly at: string;
  readonly policy: string | null;
  readonly tag: string | null;
  readonly why: string | null;
}

export interface DmarcSeen {
  readonly records: readonly DmarcRecordSeen[];
  readonly authors: readonly {
    readonly kind: AuthorKind;
    readonly base: string;
    readonly rfc9989: RulingSeen;
    readonly rfc7489: RulingSeen;
  }[];
}

export interface SpfSeen {
  readonly tree: SpfNode;
  readonly lookups: number;
  readonly voids: readonly string[];
  /** What becomes of a sender whom no term names, first; more where it is not the same for all. */
  readonly endings: readonly SpfEndingSeen[];
  readonly violations: readonly { readonly kind: string; readonly owner: string; readonly about: string }[];
  readonly gaps: readonly { readonly name: string; readonly type: string; readonly cause: Cause | null }[];
  readonly below: readonly { readonly name: string; readonly state: string; readonly text: string | null }[];
}

/** Qualifier and term only where something matches everyone. */
export interface SpfEndingSeen {
  readonly kind: SpfEnding["kind"];
  readonly qualifier: string | null;
  readonly term: string | null;
}

export interface DkimSeen {
  readonly sending: DkimView["sending"];
  readonly selectors: readonly {
    readonly selector: string;
    readonly origin: string;
    readonly provider: string | null;
    readonly state: KeyState["kind"];
    /** "rsa 2048", "ed25519", or the code of what is wrong. */
    readonly key: string | null;
    readonly testing: boolean;
  }[];
  readonly below: { readonly kind: string; readonly why: string | null };
  readonly reported: readonly ReportedSelector[];
}

/** What was seen of a domain's mail policy, validated, as plain data. Names are without final dot. */
export interface DmarcPicture {
  readonly name: string;
  readonly observedAt: string;
  readonly dmarc: DmarcSeen | Unheard;
  readonly spf: SpfSeen | Unheard;
  readonly dkim: DkimSeen | Unheard;
}

/** Terms and names of one list that are told. */
const MOST_TOLD = 50;

/** Puts the three observations of one visit together. `declared`: what the inventory says of sending. */
export function dmarcPicture(
  domain: Name,
  dmarc: Observation<"dns.dmarc">,
  spf: Observation<"dns.spf">,
  dkim: Observation<"dns.dkim">,
  declared: DeclaredSending,
): DmarcPicture {
  const { observedAt } = dmarc;
  return {
    ...{ name: plainName(domain), observedAt },
    dmarc: dmarc.result.state === "unobserved" ? unheard(dmarc.result) : dmarcSeen(dmarc.result.value, observedAt),
    spf: spf.result.state === "unobserved" ? unheard(spf.result) : spfSeen(spf.result.value, spf.observedAt),
    dkim:
      dkim.result.state === "unobserved"
        ? unheard(dkim.result)
        : dkimSeen(viewDkim(dkim.result.value, Date.parse(dkim.observedAt), declared), dkim.result.value.reported),
  };
}

function unheard({ cause, detail }: Unheard): Unheard {
  return { cause, detail };
}

type Value<K extends "dns.dmarc" | "dns.spf"> = Extract<
  Observation<K>["result"],
  { readonly state: "observed" }
>["value"];

function dmarcSeen(value: Value<"dns.dmarc">, observedAt: string): DmarcSeen {
  const classify = classifierOf(value, Date.parse(observedAt));
  const published = publishedIn(classify);
  const rulings = judgeAuthors(value, classify);
  const places = rulings.flatMap(({ current, former }) => [current.at, former.at]);
  const seen = [...new Set([value.domain, ...places])].map((at) => recordSeen(at, published));
  return {
    records: seen.filter(({ state }, index) => index === 0 || state !== "none"),
    authors: rulings.map(({ kind, base, current, former }) => ({
      ...{ kind, base: plainName(base), rfc9989: rulingSeen(current), rfc7489: rulingSeen(former) },
    })),
  };
}

function recordSeen(at: Name, published: PublishedAt): DmarcRecordSeen {
  const found = published(at);
  const text = found.state === "one" ? found.text : found.state === "none" ? found.meant : null;
  return { at: plainName(at), state: found.state, text, secure: found.state === "one" && found.secure };
}

function rulingSeen(reached: Reached): RulingSeen {
  const head = { state: reached.state, at: plainName(reached.at) };
  if (reached.state !== "record") return { ...head, policy: null, tag: null, why: null };
  const { policy, tag, why } = reached;
  return { ...head, policy, tag, why };
}

function spfSeen(value: Value<"dns.spf">, observedAt: string): SpfSeen {
  const view = validatedView(classifierOf(value, Date.parse(observedAt)));
  const { lookups, voids, endings, violations, gaps, bogus } = auditSpf(value.domain, view);
  return {
    ...{ tree: spfTree(value.domain, view), lookups, voids: voids.slice(0, MOST_TOLD) },
    endings: endings.slice(0, MOST_TOLD).map(endingSeen),
    violations: violations.slice(0, MOST_TOLD).map((violation) => ({
      ...{ kind: violation.kind, owner: plainName(violation.owner) },
      about: "term" in violation ? violation.term : plainName(violation.target),
    })),
    gaps: [...gaps, ...bogus.map(({ question }) => ({ question, cause: null }))].map(({ question, cause }) => ({
      ...{ name: plainName(question.name), type: question.type, cause },
    })),
    below: value.namesBelow.slice(0, MOST_TOLD).map((name) => belowSeen(name, view)),
  };
}

function endingSeen(ending: SpfEnding): SpfEndingSeen {
  if (ending.kind !== "matched") return { kind: ending.kind, qualifier: null, term: null };
  return { kind: ending.kind, qualifier: ending.qualifier, term: ending.term };
}

function belowSeen(name: Name, view: DnsView): SpfSeen["below"][number] {
  const { state, text } = spfTree(name, (question) =>
    question.name === name ? view(question) : { state: "void", noName: false },
  );
  return { name: plainName(name), state: state === "none" && isMissing(name, view) ? "no-name" : state, text };
}

function isMissing(name: Name, view: DnsView): boolean {
  const policy = policyAt(name, view);
  return policy.state === "none" && policy.noName;
}

function dkimSeen({ sending, selectors, below }: DkimView, reported: readonly ReportedSelector[]): DkimSeen {
  return {
    ...{ sending, reported },
    selectors: selectors.map(({ selector, origin, provider, state }) => ({
      ...{ selector, origin, provider, state: state.kind, key: keyOf(state) },
      testing: state.kind === "usable" && state.isTesting,
    })),
    below: { kind: below.kind, why: below.kind === "unknown" ? below.why : null },
  };
}

function keyOf(state: KeyState): string | null {
  if (state.kind === "usable") return state.key.type === "rsa" ? `rsa ${state.key.bits}` : state.key.type;
  if (state.kind === "unknown") return state.cause;
  if (state.kind !== "faulty") return null;
  return state.fault.kind === "unreadable" ? state.fault.problem : state.fault.kind;
}

function plainName(name: Name): string {
  return name === "." ? "." : name.slice(0, -1);
}
