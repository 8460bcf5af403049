import type { Bilingual, Language } from "../core/messages.ts";
import type { CaaFound, Companions } from "../mail/companions.ts";

type Problem = Extract<Companions[keyof Companions], { readonly state: "invalid" }>["problem"];

/** What is wrong with a record that was meant as one. */
export const PROBLEM_WORDS: Readonly<Record<Problem, Bilingual>> = {
  unrelated: { da: "er noget andet", en: "is something else" },
  version: {
    da: "begynder ikke med den nøjagtige version og et semikolon: tæller ikke",
    en: "does not begin with the exact version and a semicolon: does not count",
  },
  fields: { da: "et felt er ikke skrevet efter reglerne: tæller ikke", en: "a field is malformed: does not count" },
  "no-id": { da: "mangler id: tæller ikke", en: "has no id: does not count" },
  id: {
    da: "id er ikke 1-32 bogstaver og cifre: tæller ikke",
    en: "the id is not 1 to 32 letters and digits: does not count",
  },
  "no-destination": { da: "mangler rua: tæller ikke", en: "has no rua: does not count" },
  destination: {
    da: "rua har ingen adresse, som rapporter kan sendes til (mailto: eller https:)",
    en: "rua has no address that reports can go to (mailto: or https:)",
  },
  data: { da: "indholdet kan ikke læses", en: "the data cannot be read" },
};

/** Who may issue certificates for the domain. */
export function caaWords({ issuers, wildcardIssuers, hasUnknownCritical }: CaaFound, language: Language): string {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  if (hasUnknownCritical)
    return say("en ukendt, kritisk egenskab: ingen må udstede", "an unknown critical property: nobody may issue");
  const who = (names: readonly string[] | null): string => {
    if (names === null) return say("alle", "anyone");
    return names.length === 0 ? say("ingen", "nobody") : names.join(", ");
  };
  const [all, wildcards] = [who(issuers), who(wildcardIssuers)];
  const first = say(`må udstede certifikater: ${all}`, `may issue certificates: ${all}`);
  return all === wildcards ? first : first + say(`; med jokertegn: ${wildcards}`, `; for wildcards: ${wildcards}`);
}
