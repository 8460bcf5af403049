import type { AssetKind } from "../core/asset.ts";
import type { Bilingual } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { builtRequirement } from "./requirement-words.ts";

/** A line of an inventory for each kind of asset. */
const EXAMPLES: Readonly<Record<AssetKind, string>> = {
  domain: "- domain: example.dk",
  host: "- host: www.example.dk",
  url: "- url: https://min.example.dk/login",
  service: "- service: imap://mail.example.dk:143",
  address: "- address: 192.0.2.10",
  resolver: "- resolver: 10.1.1.53",
};

/** Why a requirement of an inventory is open though nothing was wrong, and the line that would change it. */
export function noAssetWords(id: RequirementId): { readonly text: Bilingual; readonly remedy: Bilingual } {
  const kinds = builtRequirement(id)?.appliesTo ?? [];
  const example = kinds[0] === undefined ? "" : EXAMPLES[kinds[0]];
  const either = (or: string): string => kinds.join(", ").replace(/, (?=[^,]*$)/u, ` ${or} `);
  return {
    text: {
      da: `Fortegnelsen har ingen aktiver, som kravet gælder for: ${either("eller")}.`,
      en: `The inventory has no assets that the requirement applies to: ${either("or")}.`,
    },
    remedy: {
      da: `Skriv dem under assets i fortegnelsen, f.eks. «${example}». Har I ingen, så udelad kravet med --requirement.`,
      en: `Write them under assets in the inventory, such as «${example}». If you have none, leave the requirement out by --requirement.`,
    },
  };
}
