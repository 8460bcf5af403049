import type { Bilingual } from "../core/messages.ts";
import type { BelowDomainkey } from "../mail/dkim/below-domainkey.ts";
import type { Sending } from "../mail/dkim/sending.ts";
import type { AuthorKind } from "../mail/dmarc/authors.ts";
import type { Why } from "../mail/dmarc/ruling.ts";
import type { SpfViolation } from "../mail/spf/audit.ts";
import type { SpfNode } from "./dmarc-spf-tree.ts";

/** Which author domains a row is about; `{name}` is the name it is told by. */
export const AUTHOR_WORDS: Readonly<Record<AuthorKind, Bilingual>> = {
  domain: { da: "{name}", en: "{name}" },
  name: { da: "{name}", en: "{name}" },
  existing: { da: "andre navne under {name}, som findes", en: "other names below {name} that exist" },
  missing: { da: "navne under {name}, som ikke findes", en: "names below {name} that do not exist" },
  random: { da: "et tilfældigt navn under {name}", en: "a random name below {name}" },
};

/** Why a policy is weaker than what stands there. */
export const WHY_WORDS: Readonly<Record<Exclude<Why, "asked">, Bilingual>> = {
  testing: { da: "t=y sænker den et trin", en: "t=y lowers it by one" },
  percent: { da: "pct under 100 sænker den", en: "pct below 100 lowers it" },
  "p-missing": { da: "p mangler", en: "p is missing" },
  "tag-invalid": { da: "tagget er ugyldigt", en: "the tag is invalid" },
  trouble: { da: "modtagere læser posten forskelligt", en: "receivers read the record differently" },
};

/** What stands where an SPF record is looked for, other than one. */
export const SPF_STATE_WORDS: Readonly<Record<Exclude<SpfNode["state"], "policy">, Bilingual>> = {
  malformed: { da: "fejl i posten", en: "the record is malformed" },
  none: { da: "ingen SPF-post", en: "no SPF record" },
  several: { da: "flere SPF-poster", en: "several SPF records" },
  failed: { da: "intet brugbart svar", en: "no usable answer" },
  bogus: { da: "signaturen holder ikke", en: "the signature does not hold" },
  unasked: { da: "ikke spurgt", en: "not asked" },
  macro: { da: "afhænger af afsenderen", en: "depends on the sender" },
  "left-out": { da: "fører tilbage eller for langt", en: "leads back, or too far" },
};

/** What makes receivers answer "permerror". `{about}`: the term or the target. */
export const VIOLATION_WORDS: Readonly<Record<SpfViolation["kind"], Bilingual>> = {
  syntax: { da: "skrevet forkert: {about}", en: "malformed: {about}" },
  missing: { da: "fører til {about}, som ingen SPF-post har", en: "leads to {about}, which has no SPF record" },
  several: { da: "fører til {about}, som har flere SPF-poster", en: "leads to {about}, which has several SPF records" },
  loop: { da: "fører i ring ved {about}", en: "leads round at {about}" },
  "mx-names": { da: "{about} har over 10 MX-navne", en: "{about} has more than 10 MX names" },
};

/** Whether the domain sends mail. */
export const SENDING_WORDS: Readonly<Record<Sending, Bilingual>> = {
  sends: { da: "domænet sender mail", en: "the domain sends mail" },
  silent: { da: "domænet sender ikke mail", en: "the domain does not send mail" },
  undeclared: {
    da: "SPF og DMARC siger, at domænet ikke sender; fortegnelsen siger det ikke",
    en: "SPF and DMARC say that the domain does not send; the inventory does not",
  },
  contradicted: {
    da: "fortegnelsen siger, at domænet ikke sender; SPF eller DMARC holder det åbent",
    en: "the inventory says that the domain does not send; SPF or DMARC leave it open",
  },
  unanswered: {
    da: "om domænet sender, kan ikke afgøres: svar mangler",
    en: "whether it sends is not known: answers are missing",
  },
  unknown: { da: "om domænet sender mail, vides ikke", en: "whether the domain sends mail is not known" },
};

/** What the name `_domainkey` itself shows. */
export const BELOW_WORDS: Readonly<Record<BelowDomainkey["kind"], Bilingual>> = {
  something: { da: "noget findes derunder", en: "something exists below it" },
  nothing: { da: "intet findes derunder", en: "nothing exists below it" },
  unknown: { da: "siger intet", en: "tells nothing" },
};
