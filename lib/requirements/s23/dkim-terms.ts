import type { Bilingual } from "../../core/messages.ts";
import type { SendingSource } from "../../mail/dkim/sending.ts";
import type { DkimKeyProblem } from "../../parsers/dkim-key.ts";

/** Why a key cannot be used, as the evidence's codes say it. */
export type DkimProblem = DkimKeyProblem | "not-for-mail" | "hash" | "short" | "sha1" | "revoked" | "alias";

/** What those codes are called in a sentence, the problems between brackets; and who says that a domain sends. */
export const dkimTerms: Readonly<Record<DkimProblem | SendingSource, Bilingual>> = {
  "not-a-key": { da: "det er ingen nøglepost", en: "it is no key record" },
  tags: { da: "posten er skrevet forkert", en: "the record is malformed" },
  version: { da: "v= skal stå først og være DKIM1", en: "v= must come first and be DKIM1" },
  "no-public-key": { da: "nøglen (p=) mangler", en: "the key (p=) is missing" },
  base64: { da: "nøglen er ikke base64", en: "the key is not base64" },
  "key-type": { da: "ukendt nøgletype (k=)", en: "unknown key type (k=)" },
  "public-key": { da: "nøglen er ødelagt", en: "the key is damaged" },
  "not-for-mail": { da: "nøglen er ikke til mail (s=)", en: "the key is not for mail (s=)" },
  hash: { da: "ukendt hashfunktion (h=)", en: "unknown hash function (h=)" },
  short: { da: "nøglen er for kort", en: "the key is too short" },
  sha1: { da: "kun SHA-1", en: "SHA-1 only" },
  revoked: { da: "trukket tilbage", en: "revoked" },
  alias: { da: "CNAME fører ingen steder hen", en: "the CNAME leads nowhere" },
  inventory: { da: "fortegnelsen", en: "the inventory" },
  reports: { da: "DMARC-rapporter", en: "DMARC reports" },
  spf: { da: "SPF", en: "SPF" },
};
