import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { NamesObservation, WebVisit } from "../../web/observations.ts";
import { webTarget } from "../../web/target-text.ts";
import { messages } from "./messages.ts";
import { type Place, placeOf } from "./place.ts";
import { unvisitedNames } from "./unvisited-names.ts";
import { visitFindings } from "./visit-findings.ts";

/** What was visited, and what the asset's names are, are not the same: one of the observations is not of this asset. */
const FOREIGN = { cause: "internal", detail: "the visit is not of one of the asset's names" } as const;
const UNEXPLAINED = { cause: "internal", detail: "nothing was visited, and no reason was found" } as const;

/** Facts 17.3 to 17.7 for each address of each name of an asset outside .dk; of one under .dk there is nothing to ask. */
export const redirectsCheck = defineCheck(messages, {
  id: "s17.redirects",
  clause: "2",
  needs: ["web.names", "web.redirects"],
  judge: ({ "web.names": names, "web.redirects": visit }, { asset, targets }, finding) => {
    const place = placeOf(asset);
    if (place.isUnderDk) return [finding("S17_NOTHING_TO_REDIRECT", { name: place.name })];
    if (visit.state === "nothing-to-visit") return nothingVisited(visit, place, names, targets, finding);
    const target = webTarget(visit);
    const isOwn = targets.includes(target) && isNameOf(place, visit.host, names);
    return isOwn ? visitFindings(visit, place, finding) : [undecided("S17", target, FOREIGN)];
  },
});

/** Fact 17.2 of every name that was not visited, said once and whatever became of the visits of the others. */
export const unvisitedCheck = defineCheck(messages, {
  id: "s17.unvisited",
  clause: "2",
  needs: ["web.names"],
  beside: ["web.redirects"],
  judge: ({ "web.names": names }, { asset, beside = [] }, finding) => {
    const targets = beside.map(({ target }) => target);
    return placeOf(asset).isUnderDk ? [] : unvisitedNames(names, targets, finding);
  },
});

function nothingVisited(
  { why }: Extract<WebVisit, { readonly state: "nothing-to-visit" }>,
  { name }: Place,
  names: NamesObservation,
  targets: readonly string[],
  finding: FindingMaker<typeof messages>,
): readonly Finding[] {
  const isOfAsset = names.names.some(({ host }) => host === name);
  if (why !== "no-address" || !isOfAsset) return [undecided("S17", name, UNEXPLAINED)];
  // Why one of them may be in use all the same is said by s17.unvisited.
  const isOpen = unvisitedNames(names, targets, finding).length > 0;
  return isOpen ? [] : [finding("S17_NOT_IN_USE", { name })];
}

function isNameOf({ name, isDomain }: Place, host: string, { names }: NamesObservation): boolean {
  const isBelow = host === name || (isDomain && host.endsWith(`.${name}`));
  return isBelow && names.some((each) => each.host === host);
}
