import type { AssetKind } from "../core/asset.ts";
import type { Bilingual, Language } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { printable } from "./printable.ts";
import { builtRequirement, requirementTitle } from "./requirement-words.ts";

/** Longer names are cut where they are shown among words; the whole name stands in the command. */
const LONGEST_NAME = 200;
const MOST_IN_A_SENTENCE = 3;

/** What some assets are called in the plural and singular, where a requirement knows only one kind. */
const KIND_WORDS: Readonly<Record<AssetKind, { readonly one: Bilingual; readonly many: Bilingual }>> = {
  domain: { one: { da: "domæne", en: "domain" }, many: { da: "domæner", en: "domains" } },
  host: { one: { da: "vært", en: "host" }, many: { da: "værter", en: "hosts" } },
  url: { one: { da: "webadresse", en: "web address" }, many: { da: "webadresser", en: "web addresses" } },
  service: { one: { da: "tjeneste", en: "service" }, many: { da: "tjenester", en: "services" } },
  address: { one: { da: "adresse", en: "address" }, many: { da: "adresser", en: "addresses" } },
  resolver: { one: { da: "resolver", en: "resolver" }, many: { da: "resolvere", en: "resolvers" } },
};
const ANY_KIND = { one: { da: "aktiv", en: "asset" }, many: { da: "aktiver", en: "assets" } } as const;

/** The asset as a person calls it: the value of its id, with its kind where the value does not say it. One printable line. */
export function assetWords(id: string, language: Language): string {
  const colon = id.indexOf(":");
  const kind = id.slice(0, Math.max(0, colon));
  const name = cut(printable(id.slice(colon + 1)));
  return kind === "host" || kind === "resolver" ? `${name} (${KIND_WORDS[kind].one[language]})` : name;
}

/** "S18 (DNSSEC på alle domæner)"; the number alone where the requirement is not built. */
export function requirementWords(id: RequirementId, language: Language): string {
  const title = requirementTitle(id, language);
  return title === id ? id : `${id} (${title})`;
}

/** "3 domæner", or "3 aktiver" where the requirement applies to several kinds. */
export function countWords(count: number, requirement: RequirementId, language: Language): string {
  const [kind, ...others] = builtRequirement(requirement)?.appliesTo ?? [];
  const words = kind === undefined || others.length > 0 ? ANY_KIND : KIND_WORDS[kind];
  return `${count} ${(count === 1 ? words.one : words.many)[language]}`;
}

/** Up to three by name, more by number: "a.dk og b.dk", "40 domæner". `ids` may be fewer than `total`. */
export function reachWords(
  ids: readonly string[],
  total: number,
  requirement: RequirementId,
  language: Language,
): string {
  if (total > MOST_IN_A_SENTENCE || ids.length < total) return countWords(total, requirement, language);
  return listWords(
    ids.map((id) => assetWords(id, language)),
    language,
  );
}

/** "a", "a og b", "a, b og c". */
export function listWords(words: readonly string[], language: Language): string {
  const last = words.at(-1) ?? "";
  const joint = language === "da" ? " og " : " and ";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")}${joint}${last}`;
}

/** The text, cut with an ellipsis when it is longer than a line of an e-mail can bear. */
export function cut(text: string, longest = LONGEST_NAME): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
