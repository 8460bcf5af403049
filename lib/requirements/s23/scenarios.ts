import type { Scenario } from "../../core/scenario.ts";
import { DKIM_SCENARIOS } from "./dkim-scenarios.ts";
import { DMARC_SCENARIOS } from "./dmarc-scenarios.ts";
import { SPF_SCENARIOS } from "./spf-scenarios.ts";

/** What each part says of the good domain that every scenario starts from. */
const WELL = {
  dmarc: ["S23_DMARC_PRESENT", "S23_DMARC_REJECT"],
  spf: ["S23_SPF_SOUND"],
  dkim: ["S23_DKIM_DECLARED"],
} as const;

/** Scenarios in which what is changed for one part shows in another as well, and what that one then says. */
const OTHERWISE: Readonly<Record<string, Partial<Record<keyof typeof WELL, readonly string[]>>>> = {
  ...eachOf(
    [
      "DMARC: a subdomain with p=none",
      "DMARC: sp=none in a subdomain's own record counts for nothing",
      "DMARC: a record in between counts for nothing",
      "DMARC: a record in between with psd=n",
      "DMARC: a subdomain with two records",
      "DMARC: SERVFAIL about a subdomain's record",
      "DMARC: SERVFAIL about a subdomain's record, and p=none",
    ],
    { spf: ["S23_SPF_SOUND", "S23_SPF_BELOW_WITHOUT"] },
  ),
  "DMARC: more names below than are looked at": { spf: [...WELL.spf, "S23_UNOBSERVED_TOOL_LIMIT"] },
  ...eachOf(
    [
      "DKIM: in an unsigned zone",
      "DKIM: an unsigned zone whose servers agree and know empty non-terminals",
      "DKIM: an unsigned zone in which nothing shows how it answers",
      "DKIM: an unsigned zone that denies empty non-terminals",
      "DKIM: the same wildcard in an unsigned zone",
      "DKIM: the same in an unsigned zone",
      "DKIM: only a wish for reports below _domainkey, in an unsigned zone",
    ],
    { dmarc: [...WELL.dmarc, "S23_DMARC_UNSIGNED"] },
  ),
  "DKIM: a domain that does not exist": { dmarc: [], spf: [] },
  ...eachOf(
    [
      "DKIM: a domain without a key of which nothing says whether it sends",
      "DKIM: a domain declared not to send, whose SPF lets somebody",
    ],
    { spf: ["S23_SPF_SOUND", "S23_SPF_NO_MAIL_WIDER"] },
  ),
};

/** Everything that S23 can say. Each scenario is written for one part, and all three judge it. */
export const scenarios: readonly Scenario[] = [
  ...DMARC_SCENARIOS.map((scenario) => withOthers(scenario, ["spf", "dkim"])),
  ...SPF_SCENARIOS.map((scenario) => withOthers(scenario, ["dmarc", "dkim"])),
  ...DKIM_SCENARIOS.map((scenario) => withOthers(scenario, ["dmarc", "spf"])),
];

function withOthers(scenario: Scenario, others: readonly (keyof typeof WELL)[]): Scenario {
  const said = { ...WELL, ...OTHERWISE[scenario.name] };
  return { ...scenario, tags: [...new Set([...scenario.tags, ...others.flatMap((part) => said[part])])] };
}

function eachOf<T>(names: readonly string[], said: T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, said]));
}
