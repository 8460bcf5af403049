import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import type { Bilingual } from "../core/messages.ts";
import type { InsecureReason } from "../dnssec/outcome.ts";
import { algorithmRow, digestRow } from "../dnssec/policy.ts";
import type { WalkStatus } from "../dnssec/zone-walk.ts";

/** How far a name or record is protected, in a word. */
export const STATUS_WORDS: Readonly<Record<WalkStatus, Bilingual>> = {
  secure: { da: "sikker", en: "secure" },
  insecure: { da: "usigneret", en: "insecure" },
  bogus: { da: "brudt", en: "bogus" },
  indeterminate: { da: "kan ikke afgøres", en: "not known" },
  need: { da: "kan ikke afgøres: der mangler svar", en: "not known: replies are missing" },
};

/** Why a zone is provably unprotected. */
export const INSECURE_WORDS: Readonly<Record<InsecureReason, Bilingual>> = {
  "no-ds": {
    da: "zonen over den beviser, at der ingen DS-post er",
    en: "the zone above proves that there is no DS record",
  },
  "opt-out": {
    da: "zonen over den springer usignerede delegeringer over (NSEC3 opt-out)",
    en: "the zone above skips unsigned delegations (NSEC3 opt-out)",
  },
  "unsupported-algorithm": {
    da: "alle DS-poster bruger algoritmer, der ikke beskytter",
    en: "every DS record uses an algorithm that gives no protection",
  },
  "unsupported-digest": {
    da: "alle DS-poster bruger digest-typer, der ikke beskytter",
    en: "every DS record uses a digest type that gives no protection",
  },
  "nsec3-iterations": {
    da: "beviset kræver flere NSEC3-iterationer, end modtagere regner",
    en: "the proof takes more NSEC3 iterations than resolvers compute",
  },
};

/** "13 ECDSAP256SHA256", or the number alone when it has no name here. */
export function algorithmName(number: number): string {
  const row = algorithmRow(DNSSEC_POLICY, number);
  return row === null ? String(number) : `${number} ${row.mnemonic}`;
}

/** "SHA-256", or the number when it has no name here. */
export function digestName(number: number): string {
  return digestRow(DNSSEC_POLICY, number)?.mnemonic ?? `digest ${number}`;
}

/** A moment in seconds since 1970 as "2027-01-31 12:00 UTC". */
export function momentText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
