import type { Bilingual } from "../core/messages.ts";
import type { MismatchReason } from "../mail/dane/match.ts";
import type { DaneHost, DaneRoute } from "./dane-picture.ts";

/** How mail finds its way, in the form of a route. */
export const ROUTE_WORDS: Readonly<Record<DaneRoute["form"], Bilingual>> = {
  mx: { da: "MX", en: "MX" },
  "null-mx": { da: "MX siger, at domænet ikke modtager mail", en: "MX says that the domain takes no mail" },
  implicit: { da: "ingen MX: navnets egen adresse", en: "no MX: the name's own address" },
  none: { da: "hverken MX eller adresse: kan ikke modtage mail", en: "neither MX nor address: cannot take mail" },
  declared: { da: "gateways fra fortegnelsen", en: "gateways of the inventory" },
  unknown: { da: "kan ikke afgøres", en: "not known" },
};

/** What became of the look for TLSA records. */
export const TLSA_WORDS: Readonly<Record<DaneHost["tlsa"]["state"], Bilingual>> = {
  secure: { da: "signeret", en: "signed" },
  absent: { da: "findes ikke", en: "does not exist" },
  insecure: { da: "usigneret: uden virkning", en: "unsigned: without effect" },
  bogus: {
    da: "signaturen holder ikke: afsendere holder mail tilbage",
    en: "the signature does not hold: senders hold mail back",
  },
  servfail: {
    da: "serverne svarer med fejl: afsendere holder mail tilbage",
    en: "the servers answer with an error: senders hold mail back",
  },
  unheard: { da: "kan ikke afgøres", en: "not known" },
};

/** Why no record vouches for what was presented. */
export const MISMATCH_WORDS: Readonly<Record<MismatchReason, Bilingual>> = {
  unreadable: { da: "certifikatet kan ikke læses", en: "the certificate cannot be read" },
  "no-usable-record": { da: "ingen brugbar TLSA-post", en: "no usable TLSA record" },
  "nothing-presented": { da: "intet certifikat vist", en: "no certificate presented" },
  "nothing-matches": { da: "ingen TLSA-post passer", en: "no TLSA record matches" },
  "anchor-absent": { da: "autoriteten i TLSA er ikke med i kæden", en: "the authority in TLSA is not in the chain" },
  "wrong-name": { da: "certifikatet gælder andre navne", en: "the certificate is for other names" },
  expired: { da: "kæden er udløbet", en: "the chain has expired" },
  "not-yet-valid": { da: "kæden gælder ikke endnu", en: "the chain is not valid yet" },
  "signature-invalid": { da: "en signatur i kæden passer ikke", en: "a signature in the chain does not fit" },
  "not-an-authority": { da: "en udsteder er ikke en autoritet", en: "an issuer is no authority" },
  "path-too-long": { da: "kæden har for mange led", en: "the chain has too many links" },
  "not-for-servers": { da: "certifikatet gælder ikke for servere", en: "the certificate is not for servers" },
  "name-not-permitted": { da: "udstederen må ikke bruge navnet", en: "the issuer may not use the name" },
  "not-understood": { da: "kæden har udvidelser, vi ikke kender", en: "the chain has extensions that we do not know" },
};
