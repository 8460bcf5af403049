import type { Bilingual } from "../../core/messages.ts";

/** What the codes of S27's findings about HTTP and other services are called in a sentence. */
export const plainTerms = {
  ipv4: { da: "IPv4", en: "IPv4" },
  ipv6: { da: "IPv6", en: "IPv6" },
  "port: closed": { da: "lukket", en: "closed" },
  "port: silent": { da: "tavs", en: "silent" },
  "astray: missing": { da: "feltet Location mangler", en: "the field Location is missing" },
  "astray: several": { da: "flere Location-felter er uenige", en: "several Location fields disagree" },
  "astray: unusable": { da: "Location kan ikke bruges", en: "Location cannot be used" },
  "astray: status": { da: "ingen browser følger det", en: "no browser follows that" },
  "astray: loop": { da: "det kører i ring", en: "it goes round in circles" },
  "target: refused": { da: "porten er lukket", en: "the port is closed" },
  "target: no-address": { da: "værten har ingen adresse", en: "the host has no address" },
  "starttls: not-offered": { da: "tilbydes ikke", en: "is not offered" },
  "starttls: refused": { da: "afvises, når vi beder om det", en: "is refused when we ask for it" },
} as const satisfies Readonly<Record<string, Bilingual>>;
