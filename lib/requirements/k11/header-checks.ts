import { defineCheck } from "../../core/requirement.ts";
import { headerFindings, wildcardFindings } from "./header-findings.ts";
import { messages } from "./messages.ts";
import { isSite, lostOrigin, withoutSite } from "./visit-view.ts";

/** Facts 111 to 118 at one address of the asset's own host. */
export const headersCheck = defineCheck(messages, {
  id: "k11.headers",
  clause: "1",
  needs: ["web.visit"],
  judge: ({ "web.visit": visit }, context, finding) => {
    const lost = lostOrigin(visit, context);
    if (lost !== null) return [lost];
    return isSite(visit) ? headerFindings(visit, finding) : withoutSite(visit, context, finding);
  },
});

/** The same of a name that nobody has made, where a wildcard answers for it. It never passes: the asset's own host does. */
export const wildcardCheck = defineCheck(messages, {
  id: "k11.wildcard",
  clause: "1",
  needs: ["web.entry"],
  judge: ({ "web.entry": visit }, _, finding) =>
    isSite(visit) && visit.role === "random-label" ? wildcardFindings(visit, finding) : [],
});
