import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { NamesObservation } from "../../web/observations.ts";
import { messages } from "./messages.ts";
import { placeOf } from "./place.ts";

/** A domain outside .dk whose mail nobody asked for. */
const NOT_ASKED = { cause: "internal", detail: "the observation says nothing of the domain's mail" } as const;

/** Fact 17.1, and mail at a domain outside .dk (edge 5). Where visitors of other names are led is s17.redirects' matter. */
export const nameCheck = defineCheck(messages, {
  id: "s17.name",
  clause: "1",
  needs: ["web.names"],
  judge: ({ "web.names": observation }, { asset }, finding) => {
    const { name, isUnderDk, isDomain } = placeOf(asset);
    if (isUnderDk) return [finding("S17_UNDER_DK", { name })];
    return [isDomain ? mailFinding(name, observation, finding) : finding("S17_NAME_OUTSIDE_DK", { name })];
  },
});

function mailFinding(domain: string, { names }: NamesObservation, finding: FindingMaker<typeof messages>): Finding {
  const mail = names.find(({ host }) => host === domain)?.mail ?? null;
  if (mail === null) return undecided("S17", `${domain} MX`, NOT_ASKED);
  if (mail.state === "unobserved") return undecided("S17", `${domain} MX`, mail);
  switch (mail.value) {
    case "mx":
      return finding("S17_MAIL_OUTSIDE_DK", { domain });
    case "none":
    case "null-mx":
      return finding("S17_NO_MAIL", { domain, reason: mail.value });
  }
}
