import type { Lookup } from "../../dnssec/lookup.ts";
import type { Directive, MacroString, Qualifier, SpfRecord } from "../../parsers/spf.ts";
import type { Question } from "../../wire/message.ts";
import { isAtOrBelow, labelCount, type Name } from "../../wire/name.ts";
import { parseMx } from "../../wire/rdata/mx.ts";
import { parseTargetName } from "../../wire/rdata/target-name.ts";
import { type DnsAnswer, type DnsView, heardView } from "./dns-view.ts";
import { addressesOf, dottedAddress, type IpAddress, isIpv4, isWithin, parseIpAddress } from "./ip-address.ts";
import { MAX_LOOKUPS, MAX_NAMES, MAX_VOIDS } from "./limits.ts";
import { expand, type MacroValues, targetName } from "./macro-expansion.ts";
import { policyAt } from "./policy.ts";

/** RFC 7208 section 2.6. */
export type SpfResult = "none" | "neutral" | "pass" | "fail" | "softfail" | "temperror" | "permerror";

/** One attempt to send mail. */
export interface SpfSender {
  /** Text of the connecting address. */
  readonly ip: string;
  /** What HELO or EHLO named. */
  readonly helo: string;
  /** The reverse path; empty for bounces, which count as postmaster at the HELO name (RFC 7208 section 2.4). */
  readonly mailFrom: string;
}

/** `need`: ask these questions and check again. */
export type SpfCheck =
  | { readonly status: "done"; readonly result: SpfResult }
  | { readonly status: "need"; readonly questions: readonly Question[] };

const RESULTS = { "+": "pass", "-": "fail", "?": "neutral", "~": "softfail" } as const satisfies Record<
  Qualifier,
  SpfResult
>;

/** Ends an evaluation from within: with a result, or with questions that have not been asked. */
class Ending extends Error {
  readonly check: SpfCheck;

  constructor(check: SpfCheck) {
    super("the evaluation ends");
    this.check = check;
  }
}

/** check_host() of RFC 7208 section 4 over what was heard; explanations are left out. */
export function checkHost(sender: SpfSender, lookup: Lookup): SpfCheck {
  return checkHostIn(sender, heardView(lookup));
}

/** The same over any view of DNS. `maxVoids`: lookups that may find nothing; receivers allow two. */
export function checkHostIn(sender: SpfSender, dns: DnsView, maxVoids: number = MAX_VOIDS): SpfCheck {
  const ip = parseIpAddress(sender.ip);
  const mailbox = sender.mailFrom === "" ? `postmaster@${sender.helo}` : sender.mailFrom;
  const at = mailbox.lastIndexOf("@");
  const domainText = mailbox.slice(at + 1);
  const domain = targetName(domainText);
  if (ip === null || !domain.ok || labelCount(domain.value) < 2 || domainText.startsWith("[")) return done("none");
  const local = at <= 0 ? "postmaster" : mailbox.slice(0, at);
  const evaluation = new Evaluation(ip, { local, domain: domainText, helo: sender.helo }, { dns, maxVoids });
  try {
    return done(evaluation.check(domain.value, domainText));
  } catch (ending) {
    if (ending instanceof Ending) return ending.check;
    throw ending;
  }
}

function done(result: SpfResult): SpfCheck {
  return { status: "done", result };
}

class Evaluation {
  readonly #ip: IpAddress;
  readonly #sender: { readonly local: string; readonly domain: string; readonly helo: string };
  readonly #dns: DnsView;
  readonly #maxVoids: number;
  #lookups = 0;
  #voids = 0;

  constructor(
    ip: IpAddress,
    sender: { readonly local: string; readonly domain: string; readonly helo: string },
    { dns, maxVoids }: { readonly dns: DnsView; readonly maxVoids: number },
  ) {
    this.#ip = ip;
    this.#sender = sender;
    this.#dns = dns;
    this.#maxVoids = maxVoids;
  }

  /** `text`: the domain as written, for the macro `%{d}`. */
  check(domain: Name, text: string): SpfResult {
    const policy = policyAt(domain, (question) => this.#ask(question));
    switch (policy.state) {
      case "none":
        return "none";
      case "several":
      case "malformed":
        return "permerror";
      case "policy":
        return this.#evaluate(policy.record, domain, text);
      default:
        return "temperror";
    }
  }

  #evaluate(record: SpfRecord, domain: Name, text: string): SpfResult {
    for (const directive of record.directives) {
      if (this.#matches(directive, domain, text)) return RESULTS[directive.qualifier];
    }
    if (record.redirect === null) return "neutral";
    this.#countLookup();
    const target = this.#expanded(record.redirect, domain, text);
    const name = targetName(target);
    const result = name.ok ? this.check(name.value, target) : "none";
    return result === "none" ? "permerror" : result;
  }

  #matches(directive: Directive, domain: Name, text: string): boolean {
    if (directive.kind === "all") return true;
    if (directive.kind === "ip4" || directive.kind === "ip6") {
      return isWithin(this.#ip, directive.network, directive.prefix);
    }
    this.#countLookup();
    const target = directive.target === null ? text : this.#expanded(directive.target, domain, text);
    if (directive.kind === "include") return this.#included(target);
    const name = targetName(target);
    if (!name.ok) return false;
    if (directive.kind === "ptr") return this.#validatedNames().some((one) => isAtOrBelow(one, name.value));
    if (directive.kind === "exists") return this.#records({ name: name.value, type: "A" }).length > 0;
    const prefix = isIpv4(this.#ip) ? directive.ipv4Prefix : directive.ipv6Prefix;
    const hosts = directive.kind === "a" ? [name.value] : this.#exchanges(name.value);
    return hosts.some((host) => this.#hasAddressNear(host, prefix));
  }

  #included(target: string): boolean {
    const name = targetName(target);
    const result = name.ok ? this.check(name.value, target) : "none";
    if (result === "temperror" || result === "permerror") throw new Ending(done(result));
    if (result === "none") throw new Ending(done("permerror"));
    return result === "pass";
  }

  #exchanges(name: Name): readonly Name[] {
    const exchanges = this.#records({ name, type: "MX" }).flatMap(({ data }) => {
      const mx = parseMx(data);
      return mx.ok ? [mx.value.exchange] : [];
    });
    if (exchanges.length > MAX_NAMES) throw new Ending(done("permerror"));
    // The root as exchange is no host (RFC 7505).
    return exchanges.filter((exchange) => exchange !== ".");
  }

  #hasAddressNear(host: Name, prefix: number): boolean {
    const records = this.#records({ name: host, type: isIpv4(this.#ip) ? "A" : "AAAA" });
    return addressesOf(records).some((address) => isWithin(this.#ip, address, prefix));
  }

  /** Names that the address points to and that point back (RFC 7208 section 5.5). Errors on the way only leave names out. */
  #validatedNames(): readonly Name[] {
    const reverse = targetName(`${dottedAddress(this.#ip).split(".").reverse().join(".")}.${this.#version()}.arpa`);
    if (!reverse.ok) return [];
    const pointers = this.#quietly({ name: reverse.value, type: "PTR" }).slice(0, MAX_NAMES);
    return pointers.flatMap(({ data }) => {
      const name = parseTargetName(data);
      if (!name.ok) return [];
      const records = this.#quietly({ name: name.value, type: isIpv4(this.#ip) ? "A" : "AAAA" });
      const isBack = addressesOf(records).some((address) => isWithin(this.#ip, address, address.length * 8));
      return isBack ? [name.value] : [];
    });
  }

  #version(): "in-addr" | "ip6" {
    return isIpv4(this.#ip) ? "in-addr" : "ip6";
  }

  #expanded(text: MacroString, domain: Name, domainText: string): string {
    const { local, domain: senderDomain, helo } = this.#sender;
    const values: MacroValues = (letter) => {
      switch (letter) {
        case "s":
          return `${local}@${senderDomain}`;
        case "l":
          return local;
        case "o":
          return senderDomain;
        case "d":
          return domainText;
        case "i":
          return dottedAddress(this.#ip);
        case "p":
          return this.#bestName(domain);
        case "v":
          return this.#version();
        case "h":
          return helo;
        default:
          return null;
      }
    };
    // The letters without a value stand in explanations only; the parser lets none through.
    return expand(text, values) ?? "";
  }

  /** RFC 7208 section 7.3: the domain itself, else a name below it, else any, else "unknown". */
  #bestName(domain: Name): string {
    const names = this.#validatedNames();
    const best = names.find((name) => name === domain) ?? names.find((name) => isAtOrBelow(name, domain)) ?? names[0];
    return best === undefined ? "unknown" : best.slice(0, -1);
  }

  #countLookup(): void {
    this.#lookups += 1;
    if (this.#lookups > MAX_LOOKUPS) throw new Ending(done("permerror"));
  }

  #records(question: Question): Extract<DnsAnswer, { state: "records" }>["records"] {
    const answer = this.#ask(question);
    if (answer.state === "records") return answer.records;
    if (answer.state !== "void") throw new Ending(done("temperror"));
    this.#voids += 1;
    if (this.#voids > this.#maxVoids) throw new Ending(done("permerror"));
    return [];
  }

  /** The records, if they can be had. */
  #quietly(question: Question): Extract<DnsAnswer, { state: "records" }>["records"] {
    const answer = this.#ask(question);
    return answer.state === "records" ? answer.records : [];
  }

  #ask(question: Question): DnsAnswer {
    const answer = this.#dns(question);
    if (answer.state === "unasked") throw new Ending({ status: "need", questions: answer.questions });
    return answer;
  }
}
