import type { Bilingual } from "../core/messages.ts";
import type { BogusReason } from "../dnssec/outcome.ts";

/** What the validator's reasons are called in a sentence, between brackets. */
export const bogusTerms: Readonly<Record<BogusReason, Bilingual>> = {
  "no-signature": { da: "signaturen mangler", en: "the signature is missing" },
  "signature-invalid": { da: "signaturen passer ikke til indholdet", en: "the signature does not match the content" },
  "signature-expired": { da: "signaturen er udløbet", en: "the signature has expired" },
  "signature-not-yet-valid": { da: "signaturen gælder ikke endnu", en: "the signature is not yet valid" },
  "signer-mismatch": { da: "signaturen er lavet af en anden zone", en: "the signature is made by another zone" },
  "no-matching-key": { da: "signaturens nøgle findes ikke i zonen", en: "the signature's key is not in the zone" },
  "unsupported-algorithm": {
    da: "signaturen bruger en algoritme, der ikke beskytter",
    en: "the signature uses an algorithm that gives no protection",
  },
  "malformed-key": { da: "nøglen er ødelagt", en: "the key is malformed" },
  malformed: { da: "posten er ødelagt", en: "the record is malformed" },
  "no-key-matches-ds": { da: "ingen nøgle passer til DS-posten", en: "no key matches the DS record" },
  "no-key-matches-anchor": { da: "rodens nøgle er ikke den ventede", en: "the root key is not the expected one" },
  "dnskey-missing": { da: "zonen har ingen nøgler", en: "the zone has no keys" },
  "denial-missing": { da: "beviset mangler", en: "the proof is missing" },
  "denial-invalid": { da: "beviset beviser det ikke", en: "the proof does not prove it" },
  "wildcard-proof-missing": {
    da: "der mangler bevis for, at jokertegnet må bruges",
    en: "proof that the wildcard may be used is missing",
  },
  "alias-mismatch": { da: "CNAME stemmer ikke med DNAME", en: "the CNAME disagrees with the DNAME" },
  "work-limit": { da: "svaret kræver for meget arbejde", en: "the answer demands too much work" },
};
