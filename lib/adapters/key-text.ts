/**
 * Keys as they are stored. DynamoDB sorts text by its bytes in UTF-8, which is not the order of code units once there are
 * surrogates, and it cannot hold half of a pair. So every code unit from `ESCAPE` on is written as three that sort the same:
 * what people write daily stays as it is, every string can be a key, and the order and the prefixes are those of JavaScript.
 */
const ESCAPE = 0xd7ff;
/** Keeps the two digits of an escape clear of control characters. */
const DIGIT_BASE = 0x100;
const DIGIT_BITS = 8;
const DIGIT_MASK = 0xff;
const ESCAPED = /[\ud7ff-\uffff]/g;
const ESCAPE_SEQUENCE = /\ud7ff([\u0100-\u01ff])([\u0100-\u01ff])/g;

/** Sorts after everything that `keyText` writes with the same beginning. */
export const AFTER_ALL = "\uffff";

export function keyText(key: string): string {
  return key.replace(ESCAPED, (unit) => {
    const beyond = unit.charCodeAt(0) - ESCAPE;
    return String.fromCharCode(ESCAPE, DIGIT_BASE + (beyond >> DIGIT_BITS), DIGIT_BASE + (beyond & DIGIT_MASK));
  });
}

/** The inverse of `keyText`. */
export function keyFromText(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, (_, high: string, low: string) =>
    String.fromCharCode(ESCAPE + (digitOf(high) << DIGIT_BITS) + digitOf(low)),
  );
}

function digitOf(letter: string): number {
  return letter.charCodeAt(0) - DIGIT_BASE;
}
