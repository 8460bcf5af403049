import type { DomainAsset } from "../../../lib/core/asset.ts";
import { defineMessages } from "../../../lib/core/messages.ts";
import { defineCheck, defineRequirement, type Requirement } from "../../../lib/core/requirement.ts";
import type { Finding } from "../../../lib/core/finding.ts";
import { name } from "../../../lib/wire/name.ts";
import type { Condition } from "./world.ts";

const text = { da: "Det er så.", en: "It is so." };

const messages = defineMessages({
  S18_FINE: { outcome: "pass", text },
  S18_SHORT: { outcome: "warn", text, remedy: text },
  S18_WRONG: { outcome: "fail", about: "zone", text, remedy: text },
  S18_WEAK: { outcome: "fail", text, remedy: text },
});

/** What can be seen of a domain, as the number that an observation carries. */
export const CONDITIONS = ["fine", "unsigned", "nord", "syd", "dk", "short", "weak", "feeble"] as const;

/** From which version on a condition that was accepted until then is a fail. */
export const WEAK_FROM = { weak: 2, feeble: 3 } as const;

/** S18 for the simulated domains: judges the condition that was seen, more strictly with each version. */
export function rulesOfVersion(version: number): Requirement {
  return defineRequirement({
    ...{ id: "S18", version, title: text, wording: "", fulfilledWhen: "", appliesTo: ["domain"], messages },
    clauses: [{ id: "1", text, attestable: true }],
    checks: [
      defineCheck(messages, {
        id: "s18.month",
        clause: "1",
        needs: ["dns.chain"],
        judge: ({ "dns.chain": { book, domain } }) => {
          const reply = book[0]?.reply;
          const condition = reply?.state === "observed" ? CONDITIONS[reply.value.rcode] : undefined;
          return condition === undefined ? [] : findingsOf(condition, domain, version);
        },
      }),
    ],
  });
}

function findingsOf(condition: Condition, domain: string, version: number): readonly Finding[] {
  const fine: Finding = { tag: "S18_FINE", evidence: {} };
  switch (condition) {
    case "fine":
      return [fine];
    case "short":
      return [fine, { tag: "S18_SHORT", evidence: {} }];
    case "unsigned":
      return [{ tag: "S18_WRONG", evidence: { zone: domain } }];
    case "weak":
    case "feeble":
      return version >= WEAK_FROM[condition] ? [{ tag: "S18_WEAK", evidence: {} }] : [fine];
    default:
      return [{ tag: "S18_WRONG", evidence: { zone: condition } }];
  }
}

export function domain(value: string): DomainAsset {
  return { kind: "domain", id: `domain:${value}`, name: value, domain: name(value) };
}
