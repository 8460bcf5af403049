import { parseHostName } from "./dns-name.ts";
import { accepted, expected, type Leaf } from "./leaf.ts";

/** RFC 5321 section 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;
/** Dot-atoms of RFC 5322 section 3.2.3; quoted local parts are not worth their traps in a contact list. */
const LOCAL_PART = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Reads an e-mail address; the domain is kept in A-labels. */
export function parseEmail(text: string): Leaf<string> {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(0, at));
  const domain = parseHostName(text.slice(at + 1));
  if (LOCAL_PART.test(local) && local.length <= LONGEST_LOCAL_PART && domain.ok && domain.value.includes(".")) {
    return accepted(`${local}@${domain.value}`);
  }
  return expected(
    "en mailadresse, f.eks. it-sikkerhed@example.dk",
    "an e-mail address such as it-sikkerhed@example.dk",
  );
}

/** Reads a telephone number in E.164 form: a plus sign, country code and number, 8 to 15 digits in all. */
export function parsePhone(text: string): Leaf<string> {
  if (/^\+[1-9]\d{7,14}$/u.test(text)) return accepted(text);
  return expected(
    "et telefonnummer med landekode og uden mellemrum, f.eks. +4512345678",
    "a telephone number with country code and without blanks, such as +4512345678",
  );
}
