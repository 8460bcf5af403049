import { defineCheck } from "../../core/requirement.ts";
import { webTarget } from "../../web/target-text.ts";
import { judgeEntry } from "./entry-findings.ts";
import { messages } from "./messages.ts";
import { isSite, lostOrigin, withoutSite } from "./visit-view.ts";

/** Part 2, level standard, at one address of the asset's own host. */
export const ownEntryCheck = defineCheck(messages, {
  id: "k11.own-entry",
  clause: "2",
  needs: ["web.visit"],
  judge: ({ "web.visit": visit }, context, finding) => {
    const lost = lostOrigin(visit, context);
    if (lost !== null) return [lost];
    if (!isSite(visit)) return withoutSite(visit, context, finding);
    const { faults, notes, policy } = judgeEntry(visit, finding);
    if (faults.length > 0 || policy === null) return [...faults, ...notes];
    return [...notes, finding("K11_ENTRY_HOLDS", { target: webTarget(visit), seconds: policy.maxAge })];
  },
});

/** The same of the apex beside a `www`, or the `www` beside an apex. It never passes: the asset's own host does. */
export const otherEntryCheck = defineCheck(messages, {
  id: "k11.other-entry",
  clause: "2",
  needs: ["web.entry"],
  judge: ({ "web.entry": visit }, context, finding) => {
    if (visit.state !== "visited" || visit.role !== "entry") return [];
    const lost = lostOrigin(visit, context);
    if (lost !== null) return [lost];
    if (!isSite(visit)) return [];
    const { faults, notes } = judgeEntry(visit, finding);
    return [...faults, ...notes];
  },
});
