import type { Bilingual } from "../../core/messages.ts";
import type { InsecureReason } from "../../dnssec/outcome.ts";
import type { PathProblem } from "../../tls/certificate-path.ts";
import type { Unusable } from "../../mail/dane/usability.ts";
import { insecureTerms } from "../insecure-terms.ts";

/** What is told by a code in evidence, besides what stands in the text by itself. */
type Code =
  InsecureReason | Unusable | Exclude<PathProblem, "expired" | "not-yet-valid"> | "rsa" | "ecdsa" | "ipv4" | "ipv6";

/** What codes are called in a sentence. */
export const terms: Readonly<Record<Code, Bilingual>> = {
  ...insecureTerms,
  rsa: { da: "RSA", en: "RSA" },
  ecdsa: { da: "ECDSA", en: "ECDSA" },
  ipv4: { da: "IPv4", en: "IPv4" },
  ipv6: { da: "IPv6", en: "IPv6" },
  "pkix-usage": { da: "usage 0 og 1 bruges ikke til mail", en: "usages 0 and 1 are not used for mail" },
  "unknown-usage": { da: "ukendt usage", en: "unknown usage" },
  "unknown-selector": { da: "ukendt selector", en: "unknown selector" },
  "unknown-matching-type": { da: "ukendt matching type", en: "unknown matching type" },
  "wrong-form": { da: "data har ikke den rette form", en: "the data is not of the right form" },
  "signature-invalid": { da: "en signatur passer ikke", en: "a signature does not fit" },
  "not-an-authority": { da: "en udsteder er ikke en autoritet", en: "an issuer is no authority" },
  "path-too-long": { da: "for mange led", en: "too many links" },
  "not-for-servers": { da: "det gælder ikke for servere", en: "it is not for servers" },
  "name-not-permitted": { da: "udstederen må ikke bruge navnet", en: "the issuer may not use the name" },
  "not-understood": { da: "det har udvidelser, vi ikke kender", en: "it has extensions that we do not know" },
};
