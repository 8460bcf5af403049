import { defineMessages } from "../../core/messages.ts";

/** Said in every remedy that ends in p=reject: what to know before (RFC 9989 section 7.4). */
const BEFORE_REJECT = {
  da: "Se i rapporterne først, at al egen mail består SPF eller DKIM; mailinglister kan ellers miste mail (RFC 9989, afsnit 7.4).",
  en: "See in the reports first that all your own mail passes SPF or DKIM; mailing lists may lose mail (RFC 9989 section 7.4).",
} as const;

/** What S23 says of the policy that receivers apply to a domain, to names below it, and to names that do not exist. */
export const dmarcPolicyMessages = defineMessages({
  S23_DMARC_REJECT: {
    outcome: "pass",
    text: {
      da: "DMARC-politikken er reject for {domain} og for alle navne under det, også dem, der ikke findes.",
      en: "The DMARC policy is reject for {domain} and for all names below it, those that do not exist included.",
    },
  },
  S23_DMARC_POLICY_ALL: {
    outcome: "fail",
    text: {
      da: "{setting} i {record} gælder for {domain} og alle underdomæner. Kravet er reject.",
      en: "{setting} at {record} applies to {domain} and all subdomains. The requirement is reject.",
    },
    remedy: {
      da: `Sæt p=reject i {record}. ${BEFORE_REJECT.da}`,
      en: `Set p=reject at {record}. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_DOMAIN: {
    outcome: "fail",
    text: {
      da: "{setting} i {record} gælder for {domain} selv. Kravet er reject.",
      en: "{setting} at {record} applies to {domain} itself. The requirement is reject.",
    },
    remedy: {
      da: `Sæt p=reject i _dmarc.{domain}. ${BEFORE_REJECT.da}`,
      en: `Set p=reject at _dmarc.{domain}. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_BELOW: {
    outcome: "fail",
    text: {
      da: "{setting} i {record} gælder for alle underdomæner af {domain}. Kravet er reject.",
      en: "{setting} at {record} applies to all subdomains of {domain}. The requirement is reject.",
    },
    remedy: {
      da: `Fjern sp og np fra {record}, når p er reject, eller sæt dem til reject. ${BEFORE_REJECT.da}`,
      en: `Remove sp and np from {record} where p is reject, or set them to reject. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_NONEXISTENT: {
    outcome: "fail",
    text: {
      da: "{setting} i {record} gælder for underdomæner af {domain}, der ikke findes. Enhver kan sende i deres navn.",
      en: "{setting} at {record} applies to subdomains of {domain} that do not exist. Anyone can send in their name.",
    },
    remedy: {
      da: "Sæt np=reject i {record}. Ingen mail går tabt: navne, der ikke findes, sender ingen.",
      en: "Set np=reject at {record}. No mail is lost: names that do not exist send none.",
    },
  },
  S23_DMARC_POLICY_NAMES: {
    outcome: "fail",
    text: {
      da: "{setting} i {record} gælder for {names}. Kravet er reject.",
      en: "{setting} at {record} applies to {names}. The requirement is reject.",
    },
    remedy: {
      da: `Ret {record} til reject, eller fjern posten, når domænets egen siger reject. ${BEFORE_REJECT.da}`,
      en: `Change {record} to reject, or remove it where the domain's own record says reject. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_OTHERS: {
    outcome: "fail",
    text: {
      da: "For {names} gælder DMARC-posten i {record}. Den er ikke kommunens egen og giver ikke reject.",
      en: "The DMARC record at {record} applies to {names}. It is not the municipality's own and does not result in reject.",
    },
    remedy: {
      da: `Udgiv kommunens egen post i _dmarc.{domain}: »v=DMARC1; p=reject; psd=n«. psd=n lader den gælde også for navne under {domain}. ${BEFORE_REJECT.da}`,
      en: `Publish the municipality's own record at _dmarc.{domain}: "v=DMARC1; p=reject; psd=n". psd=n makes it apply to names below {domain}, too. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_WILDCARD: {
    outcome: "fail",
    text: {
      da: "Et jokertegn under {domain} giver navne, der ikke findes, deres egen DMARC-post med {setting}. Kravet er reject.",
      en: "A wildcard below {domain} gives names that do not exist a DMARC record of their own with {setting}. The requirement is reject.",
    },
    remedy: {
      da: "Fjern DMARC-teksten fra jokertegnets TXT-post. Posten i _dmarc.{domain} gælder så for navnene.",
      en: "Remove the DMARC text from the wildcard's TXT record. The record at _dmarc.{domain} then applies to the names.",
    },
  },
  S23_DMARC_TESTING: {
    outcome: "fail",
    text: {
      da: "t=y i {record} gør reject til quarantine. Det gælder {names}.",
      en: "t=y at {record} turns reject into quarantine. It concerns {names}.",
    },
    remedy: {
      da: `Fjern t=y fra {record}. ${BEFORE_REJECT.da}`,
      en: `Remove t=y from {record}. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_PERCENT: {
    outcome: "fail",
    text: {
      da: "pct={percent} i {record} får ældre modtagere til kun at afvise en del af mailen. Det gælder {names}.",
      en: "pct={percent} at {record} makes older receivers reject only a part of the mail. It concerns {names}.",
    },
    remedy: {
      da: `Fjern pct fra {record}; feltet findes ikke i RFC 9989. ${BEFORE_REJECT.da}`,
      en: `Remove pct from {record}; RFC 9989 has no such tag. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_ABSENT: {
    outcome: "fail",
    text: {
      da: "{record} har ingen p, så modtagere afviser ingen mail i navn af {names}.",
      en: "{record} has no p, so receivers reject no mail in the name of {names}.",
    },
    remedy: {
      da: `Tilføj p=reject i {record}, lige efter v=DMARC1;. ${BEFORE_REJECT.da}`,
      en: `Add p=reject at {record}, directly after v=DMARC1;. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_POLICY_INVALID: {
    outcome: "fail",
    text: {
      da: "{tag} i {record} er ugyldig, så modtagere afviser ingen mail i navn af {names}.",
      en: "{tag} at {record} is invalid, so receivers reject no mail in the name of {names}.",
    },
    remedy: {
      da: `Skriv {tag}=reject i {record}. ${BEFORE_REJECT.da}`,
      en: `Write {tag}=reject at {record}. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_NO_POLICY: {
    outcome: "fail",
    text: {
      da: "Efter {rfcs} gælder ingen DMARC-politik for {names}.",
      en: "By {rfcs} no DMARC policy applies to {names}.",
    },
    remedy: {
      da: `Udgiv én DMARC-post for domænet, som ender med p=reject uden sp og np. ${BEFORE_REJECT.da}`,
      en: `Publish one DMARC record for the domain that ends up as p=reject without sp and np. ${BEFORE_REJECT.en}`,
    },
  },
  S23_DMARC_RFCS_DIFFER: {
    outcome: "warn",
    text: {
      da: "Modtagere er uenige om {names}: {current} efter RFC 9989, {former} efter RFC 7489.",
      en: "Receivers disagree about {names}: {current} by RFC 9989, {former} by RFC 7489.",
    },
    remedy: {
      da: "Sæt p, sp og np ens, og fjern t og pct, så alle modtagere gør det samme. Er posten ikke kommunens, så udgiv en egen med psd=n.",
      en: "Set p, sp and np alike, and remove t and pct, so that all receivers do the same. If the record is not the municipality's, publish one of its own with psd=n.",
    },
  },
  S23_DMARC_NAMES_LEFT_OUT: {
    outcome: "indeterminate",
    cause: "tool-limit",
    text: {
      da: "{count} navne under {domain} er ikke undersøgt for egne DMARC-poster; vi undersøger {limit} ad gangen.",
      en: "{count} names below {domain} were not examined for DMARC records of their own; we examine {limit} at a time.",
    },
    remedy: {
      da: "Fjern navne, der ikke bruges mere, fra fortegnelsen, så der højst er {limit} under domænet. Grænsen er vores egen.",
      en: "Remove names no longer in use from the inventory, so that at most {limit} are below the domain. The limit is ours.",
    },
  },
});
