const PRODUCT = "Kravvagt";
const LONGEST = 200;

/**
 * The User-Agent of every request: who we are, and whom to write to (RFC 9110 section 10.1.5). `contact`: an e-mail address or
 * a URL, where one is known. Throws for anything that a header field or a comment cannot hold.
 */
export function userAgentOf(version: string, contact?: string): string {
  if (!/^[0-9A-Za-z.+-]+$/.test(version)) throw new RangeError("a version of letters, digits, dots and hyphens");
  if (contact === undefined) return `${PRODUCT}/${version}`;
  if (!/^[!-'*-[\]-~]+$/.test(contact)) throw new RangeError("a contact of printable ASCII without parentheses");
  const text = `${PRODUCT}/${version} (+${contact.includes("://") ? "" : "mailto:"}${contact})`;
  if (text.length > LONGEST) throw new RangeError(`a User-Agent of at most ${LONGEST} characters`);
  return text;
}
