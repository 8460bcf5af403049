import { speltWith } from "./plain-letters.ts";

/** What one message holds, in septets (3GPP TS 23.038 section 6.1.2.1): a longer one is sent, and paid, as several. */
export const SMS_SEPTETS = 160;

/** The default alphabet of GSM 03.38 without line feed and carriage return, which are kept out of messages of ours. */
const BASIC = new Set(
  [
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
    " !\"#¤%&'()*+,-./0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmnopqrstuvwxyzäöñüà",
  ].join(""),
);
/** Each of these takes an escape before it, so two septets. */
const EXTENSION = new Set("^{}\\[~]|€");
const CUT = "...";

/** Septets of a text of the GSM alphabet. A character outside it throws a RangeError: it would turn the message into UCS-2. */
export function septetsOf(text: string): number {
  let septets = 0;
  for (const character of text) {
    if (!isGsm(character))
      throw new RangeError(`not in the GSM alphabet: U+${character.codePointAt(0)?.toString(16) ?? ""}`);
    septets += EXTENSION.has(character) ? 2 : 1;
  }
  return septets;
}

/** The text as one message of at most `SMS_SEPTETS`, on one line: other letters are spelt with its own, what is too long is cut. */
export function smsText(text: string): string {
  const line = speltWith(text.replace(/\s+/gu, " ").trim(), isGsm);
  if (septetsOf(line) <= SMS_SEPTETS) return line;
  let kept = "";
  let septets = septetsOf(CUT);
  for (const character of line) {
    septets += septetsOf(character);
    if (septets > SMS_SEPTETS) break;
    kept += character;
  }
  return `${kept.trimEnd()}${CUT}`;
}

function isGsm(character: string): boolean {
  return BASIC.has(character) || EXTENSION.has(character);
}
