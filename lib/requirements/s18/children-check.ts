import type { Finding } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { ZoneStep } from "../../dnssec/zone-walk.ts";
import { RCODE } from "../../wire/rcode.ts";
import { viewChain } from "./chain-view.ts";
import { messages } from "./messages.ts";
import { plainName } from "../wording.ts";

/**
 * Fact 18.8: zones delegated below the domain, as far as declared names and the domain's own records lead to them. The state
 * text counts them, the municipal text does not say.
 */
export const childrenCheck = defineCheck(messages, {
  id: "s18.children",
  clause: "1",
  needs: ["dns.chain"],
  judge: ({ "dns.chain": chain }, { asset, at, reading }, finding) => {
    const view = viewChain(chain, at);
    if (view.walk.status !== "secure") return [];
    const domain = plainName(view.domain);
    const declared = asset.kind === "domain" ? (asset.delegations ?? []) : [];
    const isState = reading === "stat-2024-10";
    const { zone } = view.walk;
    const absent = view.uncutBelow.filter((name) => declared.includes(name));
    const children = view.children.filter(({ failure }) => failure?.status !== "bogus" || failure.zone !== zone);
    const missing = absent.map((name) =>
      finding("S18_DELEGATION_ABSENT", { child: plainName(name), zone: plainName(zone ?? view.domain) }),
    );
    const judged = children.flatMap((step): readonly Finding[] => {
      const child = plainName(step.zone);
      if (step.status === "insecure") {
        if (!isDelegated(step)) return [];
        return [finding(isState ? "S18_CHILD_INSECURE_STATE" : "S18_CHILD_INSECURE", { child, domain })];
      }
      if (step.failure?.status === "bogus") {
        const { reason } = step.failure;
        return [finding(isState ? "S18_CHILD_BOGUS_STATE" : "S18_CHILD_BOGUS", { child, domain, reason })];
      }
      // A name without an answer is a zone only if its parent says so or the inventory does.
      const isZone = step.provenBy !== "none" || declared.includes(step.zone);
      return isState && isZone && step.failure !== null ? [undecided("S18", child, step.failure)] : [];
    });
    return [...missing, ...judged];
  },
});

/**
 * Whether there is a zone at all. Opt-out hides unsigned delegations and missing names alike, and the reply code, unsigned as
 * it is, tells which is meant; costly NSEC3 hides everything, and is a finding of its own.
 */
function isDelegated({ insecure, rcode }: ZoneStep): boolean {
  if (insecure === "nsec3-iterations") return false;
  return insecure !== "opt-out" || rcode !== RCODE.NXDOMAIN;
}
