import { expect, test } from "@jest/globals";
import { crc32c } from "../../lib/adapters/crc32c.ts";

/** RFC 3720, appendix B.4, read as little-endian words; and the usual check value of nine digits. */
test.each<readonly [string, Uint8Array, number]>([
  ["zeros", new Uint8Array(32), 0x8a9136aa],
  ["ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["ascending", Uint8Array.from({ length: 32 }, (_, number) => number), 0x46dd794e],
  ["descending", Uint8Array.from({ length: 32 }, (_, number) => 31 - number), 0x113fdb5c],
  ["digits", Buffer.from("123456789"), 0xe3069283],
  ["nothing", new Uint8Array(0), 0],
])("the checksum of %s", (_, octets, expected) => {
  expect(crc32c(octets)).toBe(expected);
});
