import { type Directive, type MacroString, MECHANISMS, type SpfRecord } from "../../parsers/spf.ts";
import type { Question, ResourceRecord } from "../../wire/message.ts";
import { isAtOrBelow, type Name, ROOT } from "../../wire/name.ts";
import { parseMx } from "../../wire/rdata/mx.ts";
import type { SpfAudit, SpfEnding, SpfGrant, SpfRemark, SpfViolation } from "./audit.ts";
import type { DnsAnswer, DnsView } from "./dns-view.ts";
import { addressesOf } from "./ip-address.ts";
import { effectOf, type Level, matchedBy, mayPass, type Reached, unknownAt } from "./audit-level.ts";
import { MAX_LOOKUPS, MAX_NAMES } from "./limits.ts";
import { expand, targetName } from "./macro-expansion.ts";
import { policyAt, type SpfPolicy } from "./policy.ts";

/** Terms are counted so far, to say how many there are; beyond the limit only includes are read, and no addresses. */
export const MAX_COUNTED = 40;

const IPV4_BITS = 32;
const IPV6_BITS = 128;

type Host = Extract<Directive, { readonly kind: "a" | "mx" }>;
type Including = Extract<Directive, { readonly kind: "include" | "exists" }>;

/** Collects what evaluating a record comes to over all senders: the way of one whom no term matches, which is the longest. */
export class AuditWalk {
  readonly #author: Name;
  readonly #dns: DnsView;
  readonly #violations: SpfViolation[] = [];
  readonly #gaps: SpfAudit["gaps"][number][] = [];
  readonly #bogus: SpfAudit["bogus"][number][] = [];
  readonly #voids: string[] = [];
  readonly #senderDependent: string[] = [];
  readonly #grants: SpfGrant[] = [];
  readonly #remarks: SpfRemark[] = [];
  #lookups = 0;
  #voidQueries = { A: 0, AAAA: 0 };
  #authorises = false;

  constructor(author: Name, dns: DnsView) {
    this.#author = author;
    this.#dns = dns;
  }

  result(): Omit<SpfAudit, "policy" | "endings" | "foreign" | "questions"> {
    return {
      violations: this.#violations,
      gaps: this.#gaps,
      bogus: this.#bogus,
      lookups: this.#lookups,
      voids: this.#voids,
      voidQueries: Math.max(this.#voidQueries.A, this.#voidQueries.AAAA),
      senderDependent: this.#senderDependent,
      grants: this.#grants,
      remarks: this.#remarks,
      authorises: this.#authorises,
    };
  }

  /** The domain's own record; that it has none, or several, is not for the walk to say. */
  begin(policy: SpfPolicy): readonly SpfEnding[] {
    const domain = this.#author;
    if (policy.state === "none" || policy.state === "several") return [unknownAt(domain)];
    const level = { domain, path: [domain], outer: null, isOutermost: true, exits: { any: false } };
    return this.#enter(policy, level, { owner: domain, target: domain });
  }

  /** Goes on with the record at the end of `level`, which `owner` leads to. */
  #enter(policy: SpfPolicy, level: Level, way: { readonly owner: Name; readonly target: Name }): readonly SpfEnding[] {
    switch (policy.state) {
      case "policy":
        return this.#evaluate(policy.record, level);
      case "none":
        this.#violations.push({ kind: "missing", ...way });
        break;
      case "several":
        this.#violations.push({ kind: "several", ...way, count: policy.count });
        break;
      case "malformed": {
        const { problem, term } = policy;
        this.#violations.push({ kind: "syntax", owner: level.domain, problem, term });
        break;
      }
      default:
        this.#note({ name: level.domain, type: "TXT" }, policy);
    }
    return [unknownAt(level.domain)];
  }

  #evaluate({ directives, redirect, modifiers }: SpfRecord, level: Level): readonly SpfEnding[] {
    const owner = level.domain;
    const allAt = directives.findIndex(({ kind }) => kind === "all");
    const after = allAt === -1 ? [] : directives.slice(allAt + 1);
    const idle = allAt === -1 ? [] : modifiers.filter(({ name }) => name === "redirect");
    for (const { text } of [...after, ...idle]) this.#remarks.push({ kind: "ignored", owner, term: text });
    for (const { name, text } of modifiers) {
      if (MECHANISMS.has(name)) this.#remarks.push({ kind: "mistyped", owner, term: text });
    }
    const endings: SpfEnding[] = [];
    for (const directive of directives) {
      const reached = this.#directive(directive, level);
      if (reached !== null) endings.push(reached.ending);
      if (reached?.isFinal === true) return endings;
      if (this.#lookups > MAX_COUNTED) return [...endings, unknownAt(owner)];
    }
    return [...endings, ...this.#redirect(redirect, modifiers, level)];
  }

  #redirect(redirect: MacroString | null, modifiers: SpfRecord["modifiers"], level: Level): readonly SpfEnding[] {
    const owner = level.domain;
    if (redirect === null) return [{ kind: "open", owner }];
    this.#lookups += 1;
    if (this.#lookups > MAX_COUNTED) return [unknownAt(owner)];
    const term = modifiers.find(({ name }) => name === "redirect")?.text ?? "";
    const target = this.#target(redirect, level, term);
    if (target === "sender") return [{ kind: "unknown", dependsOnSender: true, owner }];
    return target === null ? [unknownAt(owner)] : this.#descend(target, level, level);
  }

  /** Null when every sender can come past the term. */
  #directive(directive: Directive, level: Level): Reached | null {
    if (directive.kind === "all") return { ending: matchedBy(directive, level), isFinal: true };
    if (directive.qualifier !== "+") level.exits.any = true;
    const effect = effectOf(directive.qualifier, level);
    if (directive.kind !== "include" && mayPass(effect)) this.#authorises = true;
    if (directive.kind === "ip4" || directive.kind === "ip6") {
      this.#grant(directive, directive, level);
      return null;
    }
    this.#lookups += 1;
    if (directive.kind === "ptr") {
      this.#remarks.push({ kind: "ptr", owner: level.domain, term: directive.text });
      return null;
    }
    const target = directive.target === null ? level.domain : this.#target(directive.target, level, directive.text);
    if (target === "sender" && mayPass(effect)) this.#authorises = true;
    if (target === "sender" || target === null) return null;
    return this.#lookUp(directive, target, level);
  }

  #lookUp(directive: Including | Host, target: Name, level: Level): Reached | null {
    if (directive.kind === "include") return this.#include(directive, target, level);
    if (this.#lookups > MAX_LOOKUPS) return null;
    if (directive.kind === "exists") {
      return this.#exists(target, directive.text) ? { ending: matchedBy(directive, level), isFinal: true } : null;
    }
    if (directive.kind === "a") this.#address(directive, target, level);
    else this.#mail(directive, target, level);
    return null;
  }

  /** An include of what passes everyone matches everyone, save for those whom a term of it has turned down before. */
  #include(directive: Including, target: Name, level: Level): Reached | null {
    const exits = { any: false };
    const outer = effectOf(directive.qualifier, level);
    const endings = this.#descend(target, level, { ...level, outer, isOutermost: false, exits });
    const passing = endings.filter((ending) => ending.kind === "matched" && ending.qualifier === "+");
    if (passing.length === 0) return null;
    return { ending: matchedBy(directive, level), isFinal: !exits.any && passing.length === endings.length };
  }

  #descend(target: Name, from: Level, into: Level): readonly SpfEnding[] {
    const owner = from.domain;
    if (from.path.includes(target)) {
      this.#violations.push({ kind: "loop", owner, target });
      return [unknownAt(owner)];
    }
    const level = { ...into, domain: target, path: [...from.path, target] };
    return this.#enter(policyAt(target, this.#dns), level, { owner, target });
  }

  #exists(target: Name, term: string): boolean {
    const answer = this.#ask({ name: target, type: "A" });
    if (answer.state === "void") this.#void(term, ["A", "AAAA"]);
    return answer.state === "records";
  }

  #address(directive: Host, target: Name, level: Level): void {
    const [isAnswered, isVoid] = this.#hosts(directive, [target], level);
    if (isVoid) this.#voids.push(directive.text);
    const { domain, isOutermost } = level;
    if (!isOutermost || !isAnswered || directive.qualifier !== "+") return;
    const answer = this.#dns({ name: target, type: "A" });
    if (answer.state !== "records" || answer.name === target) return;
    const isOwn = isAtOrBelow(answer.name, this.#author);
    if (!isOwn) this.#remarks.push({ kind: "alias", owner: domain, term: directive.text });
  }

  #mail(directive: Host, target: Name, level: Level): void {
    const answer = this.#ask({ name: target, type: "MX" });
    if (answer.state === "void") this.#void(directive.text, ["A", "AAAA"]);
    if (answer.state !== "records") return;
    const exchanges = exchangesOf(answer.records);
    if (exchanges.length > MAX_NAMES) {
      this.#violations.push({ kind: "mx-names", owner: level.domain, target, count: exchanges.length });
      return;
    }
    // The root as exchange is no host (RFC 7505).
    const hosts = exchanges.filter((exchange) => exchange !== ROOT);
    const [, isVoid] = this.#hosts(directive, hosts, level);
    if (isVoid) this.#voids.push(directive.text);
  }

  /** Whether any of the hosts has an address, and whether it is heard of all that none has. */
  #hosts(directive: Host, hosts: readonly Name[], level: Level): readonly [isAnswered: boolean, isVoid: boolean] {
    const states = hosts.flatMap((host) =>
      (["A", "AAAA"] as const).map((type) => {
        const answer = this.#ask({ name: host, type });
        if (answer.state === "void") this.#voidQueries[type] += 1;
        const prefix = type === "A" ? directive.ipv4Prefix : directive.ipv6Prefix;
        const records = answer.state === "records" ? addressesOf(answer.records) : [];
        for (const network of records) this.#grant({ network, prefix }, directive, level);
        return answer.state;
      }),
    );
    const isNear = directive.ipv4Prefix < IPV4_BITS || directive.ipv6Prefix < IPV6_BITS;
    if (isNear && states.includes("records") && effectOf(directive.qualifier, level) === "+") {
      this.#remarks.push({ kind: "neighbours", owner: level.domain, term: directive.text });
    }
    return [states.includes("records"), states.length > 0 && states.every((state) => state === "void")];
  }

  #grant(network: Pick<SpfGrant, "network" | "prefix">, { qualifier, text }: Directive, level: Level): void {
    const effect = effectOf(qualifier, level);
    if (effect !== "+" && effect !== "?") return;
    const { network: octets, prefix } = network;
    this.#grants.push({ network: octets, prefix, owner: level.domain, term: text });
  }

  #void(term: string, families: readonly ("A" | "AAAA")[]): void {
    this.#voids.push(term);
    for (const family of families) this.#voidQueries[family] += 1;
  }

  /** The name that a domain-spec leads to; "sender" where it depends on one, null where it makes no name. */
  #target(spec: MacroString, { domain }: Level, term: string): Name | "sender" | null {
    const text = expand(spec, (letter) => {
      if (letter === "d") return plain(domain);
      return letter === "o" ? plain(this.#author) : null;
    });
    if (text === null) {
      this.#senderDependent.push(term);
      return "sender";
    }
    const name = targetName(text);
    if (name.ok) return name.value;
    this.#violations.push({ kind: "syntax", owner: domain, problem: "target", term });
    return null;
  }

  #ask(question: Question): DnsAnswer {
    const answer = this.#dns(question);
    this.#note(question, answer);
    return answer;
  }

  #note(question: Question, answer: DnsAnswer): void {
    if (answer.state === "failed") this.#gaps.push({ question, cause: answer.cause, detail: answer.detail });
    if (answer.state === "bogus") this.#bogus.push({ question, zone: answer.zone, reason: answer.reason });
  }
}

function exchangesOf(records: readonly ResourceRecord[]): readonly Name[] {
  return records.flatMap(({ data }) => {
    const mx = parseMx(data);
    return mx.ok ? [mx.value.exchange] : [];
  });
}

/** As it stands in a macro's value: without the final dot. */
function plain(name: Name): string {
  return name.slice(0, -1);
}
