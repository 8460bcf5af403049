import { Buffer } from "node:buffer";

/** Octets from hexadecimal with white space, and the other way. */
export function octets(hex: string): Uint8Array {
  const plain = hex.replace(/\s+/g, "");
  if (!/^([0-9a-f]{2})*$/i.test(plain)) throw new Error("the vector is not hexadecimal");
  return new Uint8Array(Buffer.from(plain, "hex"));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function base64Of(hex: string): string {
  return Buffer.from(octets(hex)).toString("base64");
}
