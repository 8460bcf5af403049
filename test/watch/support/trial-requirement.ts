import type { DomainAsset } from "../../../lib/core/asset.ts";
import { evaluate } from "../../../lib/core/evaluate.ts";
import type { Finding } from "../../../lib/core/finding.ts";
import { defineMessages } from "../../../lib/core/messages.ts";
import type { Observation, Observed } from "../../../lib/core/observation.ts";
import { defineCheck, defineRequirement, type Requirement } from "../../../lib/core/requirement.ts";
import { NO_STATEMENTS, type Statements } from "../../../lib/core/statements.ts";
import type { JudgedAsset } from "../../../lib/verify/verification.ts";
import type { Reply } from "../../../lib/wire/message.ts";
import { name } from "../../../lib/wire/name.ts";

const text = { da: "Det er så.", en: "It is so." };

const messages = defineMessages({
  S18_FINE: { outcome: "pass", text },
  S18_ELSEWHERE: { outcome: "not-applicable", text },
  S18_SHORT: { outcome: "warn", text, remedy: text },
  S18_LONG: { outcome: "warn", text, remedy: text },
  S18_WRONG: { outcome: "fail", about: "zone", text, remedy: text },
  S18_RECORDED: { outcome: "fail", about: "zone", certain: true, text, remedy: text },
  S18_BROKEN: { outcome: "fail", text, remedy: text },
  S18_UNHEARD: { outcome: "indeterminate", about: "zone", cause: "dns-timeout", text, remedy: text },
  S18_MISUNDERSTOOD: { outcome: "indeterminate", cause: "dns-servfail", text, remedy: text },
  S18_LAPSED: { outcome: "indeterminate", cause: "attestation-expired", text, remedy: text },
  S18_UNWRITTEN: { outcome: "indeterminate", cause: "no-attestation", text, remedy: text },
});

export type Tag = keyof typeof messages;

/** A finding of the trial requirement, about a zone where one is given. */
export function found(tag: Tag, zone?: string | number): Finding {
  return { tag, evidence: zone === undefined ? {} : { zone } };
}

/** S18 in name alone: one check, which finds what it is told to, whatever was seen. */
export function trialOf(version: number, ...findings: readonly Finding[]): Requirement {
  return trialBy(version, () => findings);
}

/** Likewise; what it finds depends on the number that was seen. */
export function trialBy(version: number, judge: (what: number) => readonly Finding[]): Requirement {
  return defineRequirement({
    ...{ id: "S18", version, title: text, wording: "", fulfilledWhen: "", appliesTo: ["domain"], messages },
    clauses: [{ id: "1", text, attestable: true }],
    checks: [
      defineCheck(messages, {
        id: "s18.trial",
        clause: "1",
        needs: ["dns.chain"],
        judge: (seen) => judge(numberIn((seen as Partial<typeof seen>)["dns.chain"]?.book[0]?.reply)),
      }),
    ],
  });
}

export const ASSET: DomainAsset = {
  ...{ kind: "domain", id: "domain:eksempel.dk", name: "eksempel.dk", domain: name("eksempel.dk") },
};

function numberIn(reply: Observed<Reply> | undefined): number {
  return reply?.state === "observed" ? reply.value.rcode : Number.NaN;
}

/** What was seen of the domain at a moment: nothing in particular, named by the one number in it. */
export function seenAt(observedAt: string, what = 0, asset = ASSET): readonly Observation[] {
  const { domain } = asset;
  const question = { name: domain, type: "SOA" };
  const nothing = { flags: [], question, answer: [], authority: [], additional: [], edns: null };
  const value = {
    ...{ domain, anchors: [], source: "resolvers", discarded: [], randomName: domain, namesBelow: [], crossCheck: [] },
    book: [{ question, reply: { state: "observed" as const, value: { rcode: what, ...nothing } } }],
  };
  return [{ kind: "dns.chain", asset: asset.id, target: asset.id, observedAt, result: { state: "observed", value } }];
}

/** The domain judged by a requirement on what was seen. */
export function judgedBy(
  requirement: Requirement,
  observations: readonly Observation[],
  statements: Statements = NO_STATEMENTS,
  asset = ASSET,
): JudgedAsset {
  const asOf = Math.max(0, ...observations.map(({ observedAt }) => Date.parse(observedAt)));
  const input = { asset, observations, reading: "kommune-2024" as const, statements, asOf };
  return { evaluation: evaluate(requirement, input), observations };
}
