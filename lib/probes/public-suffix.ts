import { parse } from "tldts";
import { name, type Name } from "../wire/name.ts";

/** The release of tldts whose copy of the list (publicsuffix.org) is used; a test compares it with what is installed. */
const LIST = "tldts 7.5.4";

/**
 * The organisational domain of RFC 7489 section 3.2: the public suffix and one label more; null for a suffix itself. The
 * private section counts: RFC 7489 names the whole list, and the libraries that receivers use read its file from end to end, so a
 * domain below a hosting company's suffix is an organisation of its own.
 */
export function organisationOf(author: Name): Name | null {
  // A label that needs escapes cannot be in the list, nor in a name that anyone registers.
  if (author === "." || author.includes("\\")) return null;
  const options = { allowPrivateDomains: true, validateHostname: false, detectIp: false };
  const { domain } = parse(author.slice(0, -1), options);
  return domain === null ? null : name(domain);
}

/** Which edition of the public suffix list decides, for the evidence. */
export function suffixesVersion(): string {
  return LIST;
}
