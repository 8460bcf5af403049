const MODULUS = 2 ** 32;
const HALF = 2 ** 31;

/**
 * The point in time, in seconds since 1970, that a 32-bit RRSIG time means when read at `at`: the one less than 2^31 seconds
 * away (RFC 4034 section 3.1.5, RFC 1982). At exactly 2^31 the order is undefined; it is then taken as past.
 */
export function timeNear(serial: number, at: number): number {
  const ahead = (((serial - at) % MODULUS) + MODULUS) % MODULUS;
  return ahead < HALF ? at + ahead : at + ahead - MODULUS;
}
