import type { Bilingual } from "../../core/messages.ts";
import type { HstsProblem } from "../../parsers/hsts.ts";
import type { Way } from "./first-visit.ts";

/** Why browsers ignore the field, what protects the first visit, and where an application to the list stands. */
export type Code = HstsProblem | Way | "absent" | "pending" | "ipv4" | "ipv6";

/** How codes that stand in evidence are said. */
export const terms: Readonly<Record<Code, Bilingual>> = {
  syntax: { da: "det er ikke en liste af direktiver", en: "it is not a list of directives" },
  repeated: { da: "et direktiv står der to gange", en: "a directive stands there twice" },
  "max-age-missing": { da: "max-age mangler", en: "max-age is missing" },
  "max-age-value": { da: "max-age er ikke et helt tal", en: "max-age is not a whole number" },
  "include-sub-domains-value": { da: "includeSubDomains har en værdi", en: "includeSubDomains has a value" },
  "too-long": { da: "det er for langt til at læse", en: "it is too long to read" },
  preloaded: { da: "navnet er på browsernes liste", en: "the name is on browsers' list" },
  "no-http": { da: "der er lukket for HTTP", en: "HTTP is closed" },
  "https-record": { da: "der er en signeret HTTPS-post", en: "there is a signed HTTPS record" },
  absent: { da: "ikke optaget", en: "not entered" },
  pending: { da: "ansøgningen venter", en: "application pending" },
  ipv4: { da: "IPv4", en: "IPv4" },
  ipv6: { da: "IPv6", en: "IPv6" },
};
