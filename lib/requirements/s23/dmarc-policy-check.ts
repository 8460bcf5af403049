import type { Finding } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import { type AuthorRuling, MAX_NAMES_BELOW, namesJudged } from "../../mail/dmarc/authors.ts";
import type { Reached } from "../../mail/dmarc/discovery.ts";
import { type Make, notThere, openFinding, plainPlace } from "./dmarc-faults.ts";
import { dmarcMessages } from "./dmarc-messages.ts";
import { groupFindings } from "./dmarc-policy-findings.ts";
import { viewDmarc } from "./dmarc-view.ts";
import { plainAuthors, plainName, plainNames } from "./dmarc-wording.ts";

/** Facts 23.2 to 23.7: the policy is reject for the domain and all below it, for receivers of either RFC. */
export const dmarcPolicyCheck = defineCheck(dmarcMessages, {
  id: "s23.policy",
  clause: "2",
  needs: ["dns.dmarc"],
  judge: (seen, { at }, finding) => {
    const observation = seen["dns.dmarc"];
    const { rulings, published, exists } = viewDmarc(observation, at);
    if (!exists) return [notThere(observation.domain)];
    const domain = plainName(observation.domain);
    const { left } = namesJudged(observation);
    const leftOut =
      left.length === 0
        ? []
        : [finding("S23_DMARC_NAMES_LEFT_OUT", { domain, count: left.length, limit: MAX_NAMES_BELOW })];
    const reached = rulings.flatMap(({ current, former }) => [current, former]);
    const open = [...openFindings(reached, finding), ...leftOut];
    const wrong = groupFindings(rulings, observation, published, finding);
    const differ = differences(rulings, finding);
    if (open.length > 0 || wrong.length > 0) return [...wrong, ...open, ...differ];
    const isProven = reached.length > 0 && reached.every(isReject);
    if (isProven) return [finding("S23_DMARC_REJECT", { domain, names: observation.namesBelow.length })];
    return [undecided("S23", domain, { cause: "internal", detail: "a policy could not be traced to its record" })];
  },
});

function isReject(reached: Reached): boolean {
  return reached.state === "record" && reached.policy === "reject" && reached.why === "asked";
}

/** One finding for each zone whose answers do not validate, and for each cause of a place that could not be asked. */
function openFindings(reached: readonly Reached[], finding: Make): readonly Finding[] {
  const bogus = reached.filter((each) => each.state === "bogus");
  const unknown = reached.filter((each) => each.state === "unknown");
  const groups = [...Map.groupBy(unknown, ({ cause }) => cause).values()];
  const undecidedOnes = groups.flatMap(([first, ...more]) =>
    first === undefined ? [] : [undecided("S23", plainNames([first, ...more].map((each) => plainPlace(each))), first)],
  );
  const zones = new Map(bogus.map((each) => [each.zone, openFinding(each, finding)]));
  return [...[...zones.values()].filter((one) => one !== null), ...undecidedOnes];
}

/** Where receivers of the two RFCs come to different ends: which author domains, and what each applies. */
function differences(rulings: readonly AuthorRuling[], finding: Make): readonly Finding[] {
  const pairs = rulings.flatMap((ruling) => {
    const [current, former] = [policyOf(ruling.current), policyOf(ruling.former)];
    return current === null || former === null || current === former ? [] : [{ ruling, current, former }];
  });
  const groups = Map.groupBy(pairs, ({ current, former }) => `${current} ${former}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = plainAuthors(group.map(({ ruling }) => ruling));
    return [finding("S23_DMARC_RFCS_DIFFER", { names, current: first.current, former: first.former })];
  });
}

/** No policy has the effect of `none`; null where it is not known. */
function policyOf(reached: Reached): string | null {
  if (reached.state === "record") return reached.policy;
  return reached.state === "nothing" ? "none" : null;
}
