import { createHash } from "node:crypto";

const HEX_DIGITS = 32;

/** The id of the alert that these parts name: 32 hexadecimal digits, the same for the same parts and for no others. */
export function alertId(...parts: readonly (string | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, HEX_DIGITS);
}
