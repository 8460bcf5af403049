import type { Bilingual } from "../core/messages.ts";
import type { InsecureReason } from "../dnssec/outcome.ts";

/** Why a zone protects nothing, in a sentence, between brackets after the zone's name. */
export const insecureTerms: Readonly<Record<InsecureReason, Bilingual>> = {
  "no-ds": { da: "der er ingen DS-post", en: "there is no DS record" },
  "opt-out": { da: "delegeringen er usigneret", en: "the delegation is unsigned" },
  "unsupported-algorithm": { da: "algoritmen beskytter ikke", en: "the algorithm does not protect" },
  "unsupported-digest": { da: "digestet i DS beskytter ikke", en: "the DS digest does not protect" },
  "nsec3-iterations": { da: "for mange NSEC3-iterationer", en: "too many NSEC3 iterations" },
};
