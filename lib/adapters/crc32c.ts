/** The Castagnoli polynomial, bits reversed (RFC 3720, section 12.1). */
const POLYNOMIAL = 0x82f63b78;
const OCTETS = 256;
const OCTET_BITS = 8;
const ALL_ONES = 0xffffffff;

const TABLE = Uint32Array.from({ length: OCTETS }, (_, octet) => {
  let value = octet;
  for (let bit = 0; bit < OCTET_BITS; bit += 1) value = (value >>> 1) ^ ((value & 1) === 1 ? POLYNOMIAL : 0);
  return value >>> 0;
});

/** CRC-32C (RFC 3720, appendix B.4), as an unsigned number; node:zlib has only the other CRC-32. */
export function crc32c(octets: Uint8Array): number {
  let crc = ALL_ONES;
  for (const octet of octets) crc = (TABLE[(crc ^ octet) & 0xff] ?? 0) ^ (crc >>> OCTET_BITS);
  return (crc ^ ALL_ONES) >>> 0;
}
