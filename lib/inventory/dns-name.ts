import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { parse as parsePublicSuffix } from "tldts";
import type { Name } from "../wire/name.ts";
import { accepted, expected, type Leaf } from "./leaf.ts";

/** Octets without the final dot (RFC 1035 section 2.3.4: 255 on the wire, length octets included). */
const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;
/** ASCII that can stand in a name. Anything else is refused before IDNA, which would take some of it for syntax. */
const FOREIGN_ASCII = /(?![A-Za-z0-9._-])\p{ASCII}/u;
const NUMERIC_LABEL = /^(?:\d+|0x[0-9a-f]*)$/u;
/** Letters, digits, hyphen (RFC 1123 section 2.1); underscore marks attribute leaves such as _domainkey (RFC 8552). */
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/u;
const ZONE_LABEL = /^_?[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/u;

/** A name without its final dot, lower case, in A-labels. */
export type AsciiName = string;

/** Reads a host name, Unicode or A-labels, with or without the final dot. */
export function parseHostName(text: string): Leaf<AsciiName> {
  return parseName(text, HOST_LABEL);
}

/** As a host name, but a label may hold underscores: zones such as _acme-challenge.example.dk are delegated in practice. */
export function parseZoneName(text: string): Leaf<AsciiName> {
  return parseName(text, ZONE_LABEL);
}

/** Reads a registered name or a zone below one. A public suffix such as dk or co.uk is nobody's own and is refused. */
export function parseDomainName(text: string): Leaf<AsciiName> {
  const name = parseZoneName(text);
  if (!name.ok) return name;
  const registered = registeredNameOf(name.value);
  if (registered === null) {
    return expected(
      `et registreret domænenavn; ${name.value} er et offentligt suffiks, som andre registrerer navne under`,
      `a registered domain name; ${name.value} is a public suffix under which others register names`,
    );
  }
  return registered.includes("_")
    ? expected("et registreret domænenavn uden understregning", "a registered domain name without an underscore")
    : name;
}

/** The name that was registered at a registry, of which `name` is part; null for a public suffix or a single label. */
export function registeredNameOf(name: AsciiName): AsciiName | null {
  return parsePublicSuffix(name, { validateHostname: false }).domain;
}

/** The absolute form that the DNS code works with. */
export function absolute(name: AsciiName): Name {
  return `${name}.` as Name;
}

function parseName(text: string, labelForm: RegExp): Leaf<AsciiName> {
  if (isIP(text.replace(/^\[|\]$/gu, "")) !== 0)
    return expected("et navn, ikke en IP-adresse", "a name, not an IP address");
  if (text.includes("://")) {
    return expected("kun navnet, uden https:// og sti", "only the name, without https:// and path");
  }
  if (text.trim() === "") return expected("et navn", "a name");
  if (FOREIGN_ASCII.test(text)) return badCharacters();
  const ascii = toAscii(text);
  return ascii.ok ? checkLabels(ascii.value, labelForm) : ascii;
}

function toAscii(text: string): Leaf<AsciiName> {
  const isAscii = /^\p{ASCII}*$/u.test(text);
  const ascii = isAscii ? text.toLowerCase() : domainToASCII(text);
  if (ascii === "" || !ascii.split(".").every(isTrueLabel)) {
    return expected("et gyldigt internationalt navn (IDNA 2008)", "a valid international name (IDNA 2008)");
  }
  return accepted(withoutFinalDot(ascii));
}

/** A label that claims to be an A-label must be the one form of some Unicode label (RFC 5890 section 2.3.2.1). */
function isTrueLabel(label: string): boolean {
  if (!label.startsWith("xn--")) return true;
  const unicode = domainToUnicode(label);
  return unicode !== label && domainToASCII(unicode) === label;
}

function withoutFinalDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

function checkLabels(name: AsciiName, labelForm: RegExp): Leaf<AsciiName> {
  const labels = name.split(".");
  if (labels.includes("")) {
    return expected("et navn uden tomme led (to punktummer i træk)", "a name without empty labels (two dots in a row)");
  }
  if (labels.some((label) => label.length > LONGEST_LABEL)) {
    return expected(`led på højst ${LONGEST_LABEL} tegn`, `labels of at most ${LONGEST_LABEL} characters`);
  }
  if (name.length > LONGEST_NAME) {
    return expected(`et navn på højst ${LONGEST_NAME} tegn`, `a name of at most ${LONGEST_NAME} characters`);
  }
  if (NUMERIC_LABEL.test(labels.at(-1) ?? "")) {
    return expected("et navn, hvis sidste led ikke er et tal", "a name whose last label is not a number");
  }
  return labels.every((label) => labelForm.test(label)) ? accepted(name) : badCharacters();
}

function badCharacters(): Leaf<AsciiName> {
  return expected(
    "et navn af bogstaver, tal og bindestreger, adskilt af punktummer; bindestreg hverken først eller sidst i et led",
    "a name of letters, digits and hyphens, separated by dots; no hyphen first or last in a label",
  );
}
