import { labelCount, type Name, parentOf, parseName, prepend } from "../../wire/name.ts";

/** Letters, digits, hyphens, dots between labels (RFC 6376 section 3.1); underscores, because some providers use them. */
const SELECTOR = /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,7}$/;

/** Below which the domain's keys are (RFC 6376 section 3.6.2.1); null when the domain's name leaves no room. */
export function domainKeyName(domain: Name): Name | null {
  return nameBelow("_domainkey", domain);
}

/** Where a selector's key is; null for what is no selector. */
export function selectorName(selector: string, domain: Name): Name | null {
  return SELECTOR.test(selector) ? nameBelow(`${selector}._domainkey`, domain) : null;
}

/** What is below `_domainkey` and no key: author policies (RFC 5617 section 4.3) and failure reports (RFC 6651 section 3.3). */
const OTHER_DATA = ["_adsp", "_report"] as const;

/** Names that make `_domainkey` exist without any key. */
export function otherNamesBelow(domain: Name): readonly Name[] {
  return OTHER_DATA.flatMap((label) => nameBelow(`${label}._domainkey`, domain) ?? []);
}

/** `label` before `base`, or null when that is too long for a name. */
export function nameBelow(labels: string, base: Name): Name | null {
  const result = parseName(base === "." ? `${labels}.` : `${labels}.${base}`);
  return result.ok ? result.value : null;
}

/** Names above a domain that could hold its organisation's DMARC record, shortest first: two labels and more, at most eight. */
export function possibleOrganisations(domain: Name): readonly Name[] {
  const names: Name[] = [];
  for (let at = parentOf(domain); at !== null && labelCount(at) >= 2; at = parentOf(at)) names.push(at);
  return names.reverse().slice(0, MAX_ORGANISATIONS);
}

/** RFC 9989 section 4.10 asks no more of a tree walk. */
const MAX_ORGANISATIONS = 8;

/** A name that exists only for the sake of the one below it, if that one exists (RFC 8020 section 2). */
export interface Control {
  readonly name: Name;
  readonly child: { readonly name: Name; readonly type: string };
}

/** Records that many domains have two labels down: TLS reports (RFC 8460), Outlook's and the telephony services' SRV records. */
const CONTROLS: readonly (readonly [child: string, type: string, parent: string])[] = [
  ["_smtp", "TXT", "_tls"],
  ["_autodiscover", "SRV", "_tcp"],
  ["_sipfederationtls", "SRV", "_tcp"],
  ["_sip", "SRV", "_tls"],
];

/** Empty non-terminals that a domain may have, to hear how its servers answer for such names. */
export function controlsOf(domain: Name): readonly Control[] {
  return CONTROLS.flatMap(([child, type, parent]) => {
    const name = nameBelow(parent, domain);
    const below = name === null ? null : nameBelow(child, name);
    return name === null || below === null ? [] : [{ name, child: { name: below, type } }];
  });
}

/** A name for a random label of 16 letters: beside `_domainkey`, and below it. Shortened where there is no room. */
export function randomNames(domain: Name, label: string): { readonly sibling: Name; readonly selector: Name } {
  const below = domainKeyName(domain) ?? domain;
  return { sibling: shortened(`_${label}`, domain), selector: shortened(label, below) };
}

function shortened(label: string, base: Name): Name {
  for (let length = label.length; length > 0; length -= 1) {
    const name = nameBelow(label.slice(0, length), base);
    if (name !== null) return prepend(label.slice(0, length), base);
  }
  return base;
}
