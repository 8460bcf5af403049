import type { Bilingual } from "../../core/messages.ts";
import type { NextHop } from "../../web/next-hop.ts";
import type { NameFacts } from "../../web/observations.ts";
import type { Observed } from "../../core/observation.ts";

type Mail = Extract<NonNullable<NameFacts["mail"]>, Observed<unknown> & { readonly state: "observed" }>["value"];
type Problem = Extract<NextHop, { readonly kind: "location" }>["problem"];

/** What codes are called in a sentence. */
export const terms: Readonly<Record<Exclude<Mail, "mx"> | Problem | "ipv4" | "ipv6", Bilingual>> = {
  none: { da: "der er ingen MX-poster", en: "there are no MX records" },
  "null-mx": { da: "det siger dets MX-post (null MX)", en: "its MX record says so (null MX)" },
  ipv4: { da: "IPv4", en: "IPv4" },
  ipv6: { da: "IPv6", en: "IPv6" },
  missing: { da: "det mangler", en: "it is missing" },
  several: { da: "flere, der ikke er ens", en: "several that differ" },
  empty: { da: "det er tomt", en: "it is empty" },
  "too-long": { da: "for langt", en: "too long" },
  control: { da: "kontroltegn", en: "control characters" },
  unreadable: { da: "ingen URL", en: "no URL" },
  scheme: { da: "hverken http eller https", en: "neither http nor https" },
  host: { da: "ugyldigt værtsnavn", en: "invalid host name" },
};
