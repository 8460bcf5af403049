import type { Finding, FindingMaker } from "../../core/finding.ts";
import { isAtOrBelow, type Name } from "../../wire/name.ts";
import type { Classified } from "./chain-view.ts";
import type { messages } from "./messages.ts";
import { plainName } from "../wording.ts";

/**
 * What is worth knowing of names that point out of the domain, and of names below it that gave no answer: warnings, since
 * the domain's own records are signed (RFC 4035 section 5.3 judges each record set by itself). One finding per name and kind.
 */
export function nameFindings(
  classified: readonly Classified[],
  domain: Name,
  finding: FindingMaker<typeof messages>,
): readonly Finding[] {
  const found = classified.flatMap(({ question, classification }): readonly Finding[] => {
    const name = plainName(question.name);
    const target = classification.aliases.at(-1)?.to;
    const leaves = target !== undefined && !isAtOrBelow(target, domain);
    switch (classification.status) {
      case "insecure":
        return leaves
          ? [finding("S18_ALIAS_INSECURE", { name, target: plainName(target), zone: plainName(classification.zone) })]
          : [];
      case "bogus":
        return leaves && !isAtOrBelow(classification.zone, domain)
          ? [finding("S18_ALIAS_UNRESOLVED", { name, target: plainName(target), reason: classification.reason })]
          : [];
      case "indeterminate":
        return leaves
          ? [finding("S18_ALIAS_UNRESOLVED", { name, target: plainName(target), reason: classification.detail })]
          : [finding("S18_NAME_UNANSWERED", { name, detail: classification.detail })];
      default:
        return [];
    }
  });
  return [...new Map(found.map((one) => [`${one.tag} ${JSON.stringify(one.evidence.name)}`, one])).values()];
}
