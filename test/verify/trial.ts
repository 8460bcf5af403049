import type { DomainAsset, HostAsset } from "../../lib/core/asset.ts";
import { defineMessages } from "../../lib/core/messages.ts";
import { type Observation, type ObservationKind, observed, type Observed } from "../../lib/core/observation.ts";
import { defineCheck, defineRequirement, type Requirement } from "../../lib/core/requirement.ts";
import type { RequirementId } from "../../lib/core/requirement-id.ts";
import { type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import type { Verification } from "../../lib/verify/verification.ts";
import { NO_COST } from "../../lib/verify/verification.ts";
import { planVerification } from "../../lib/verify/plan.ts";
import { frame, judgePlan, type VerifyRequest } from "../../lib/verify/verify-assets.ts";
import { name } from "../../lib/wire/name.ts";

export const SEEN_AT = "2026-05-01T00:00:00.000Z";
export const STARTED_AT = Date.parse("2026-06-01T00:00:00.000Z");

export function domain(text: string, more: Partial<DomainAsset> = {}): DomainAsset {
  return { kind: "domain", id: `domain:${text}`, name: text, domain: name(text), ...more };
}

export function host(text: string): HostAsset {
  return { kind: "host", id: `host:${text}`, name: text, host: name(text) };
}

/** A requirement whose one check looks only at whether what was seen is the word "good", "skip" or another one. */
export function trial(
  id: "S18" | "S19",
  needs: readonly [ObservationKind, ...ObservationKind[]] = ["dns.chain"],
  appliesTo: Requirement["appliesTo"] = ["domain"],
): Requirement {
  const messages = defineMessages({
    [`${id}_FINE`]: { outcome: "pass", text: { da: "{target} er {grade}.", en: "{target} is {grade}." } },
    [`${id}_SKIPPED`]: { outcome: "not-applicable", text: { da: "Angår ikke.", en: "Of no concern." } },
    [`${id}_WRONG`]: {
      outcome: "fail",
      text: { da: "{target} er gal.", en: "{target} is wrong." },
      remedy: { da: "Ret {target}.", en: "Mend {target}." },
    },
  });
  const tags: Readonly<Record<string, string>> = { good: `${id}_FINE`, skip: `${id}_SKIPPED` };
  return defineRequirement({
    id,
    version: 1,
    title: { da: "Prøve", en: "Trial" },
    wording: "",
    fulfilledWhen: "",
    appliesTo,
    clauses: [{ id: "1", text: { da: "", en: "" }, attestable: false }],
    messages,
    terms: { strong: { da: "stærk", en: "strong" } },
    checks: [
      defineCheck(messages, {
        id: `${id.toLowerCase()}.trial`,
        clause: "1",
        needs,
        judge: (seen, { asset }) => [
          {
            tag: tags[seen[needs[0]] as unknown as string] ?? `${id}_WRONG`,
            evidence: { target: asset.name, grade: "strong" },
          },
        ],
      }),
    ],
  });
}

/** An observation of an asset as a whole; a word stands for what was observed. */
export function seen(
  asset: { readonly id: string },
  said: string | Observed<never>,
  kind: ObservationKind = "dns.chain",
  observedAt: string = SEEN_AT,
): Observation {
  const result = typeof said === "string" ? observed(said as never) : said;
  return { kind, asset: asset.id, target: asset.id, observedAt, result };
}

export interface Trial {
  readonly inventory?: Partial<Inventory>;
  readonly requirements?: readonly Requirement[];
  readonly requested?: readonly RequirementId[];
  readonly observations: readonly Observation[];
}

/** Judges observations as a verification of `inventory` would have. */
export function verificationOf({ inventory = {}, requirements = [trial("S18")], ...rest }: Trial): Verification {
  const whole = { ...inventoryOfAssets([]), ...inventory };
  const request: VerifyRequest = {
    inventory: whole,
    requirements,
    requested: rest.requested ?? requirements.map(({ id }) => id),
    reading: "kommune-2024",
    onProgress: () => undefined,
  };
  return {
    ...frame(request, STARTED_AT),
    finishedAt: "2026-06-01T00:00:02.500Z",
    notSeen: [{ da: "Noget.", en: "Something." }],
    interrupted: false,
    judged: judgePlan(planVerification(whole.assets, requirements), rest.observations, request, STARTED_AT),
    cost: { ...NO_COST, seconds: 2.5, dnsQueries: 3 },
  };
}
