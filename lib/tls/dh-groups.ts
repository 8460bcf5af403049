import { createHash } from "node:crypto";
import { bitLength } from "./server-key-exchange.ts";

/** A prime that many servers share, told by its SHA-256, so that no 8,192-bit number stands in the code. */
export interface KnownDhGroup {
  /** `ffdhe3072`, `modp2048`, `rfc5114-2048-224` ... */
  readonly name: string;
  readonly bits: number;
  readonly source: string;
  /** SHA-256 of p, unsigned, big-endian, without leading zeros, in hexadecimal. */
  readonly sha256: string;
}

type Row = readonly [name: string, bits: number, source: string, sha256: string];

/**
 * Primes of the RFCs; test/tls/dh-groups.test.ts computes those of RFC 2409, 3526 and 7919 again from their definitions.
 * All of them but RFC 5114's are safe primes, RFC 5114's come without a proof of how they were made.
 */
const ROWS: readonly Row[] = [
  ["ffdhe2048", 2048, "RFC 7919 A.1", "9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966"],
  ["ffdhe3072", 3072, "RFC 7919 A.2", "0eaf67db3a839156d5013494a5318a772b5697d270d721f37f092efc69ea5a17"],
  ["ffdhe4096", 4096, "RFC 7919 A.3", "4648414224ac881b3d0dc59b466f96d06a558278776807797ecf1f66ff397b3e"],
  ["ffdhe6144", 6144, "RFC 7919 A.4", "227ac9066b3ddd9e193670cda2388fa884f65ba0cf98b742d1fe77a6687c79c7"],
  ["ffdhe8192", 8192, "RFC 7919 A.5", "770b14efaf6f049929c523113b3fa99a8d11dab1b18af3609590122075d19833"],
  ["modp768", 768, "RFC 2409 6.1", "b52ba6a3026520a6c49d37e4587601801bee500123b3259b6bf03e7cecc3e63d"],
  ["modp1024", 1024, "RFC 2409 6.2", "3f35a3f5f6c4376a744acad409bb22f8d897f949d2311d885adaa890981b67a0"],
  ["modp1536", 1536, "RFC 3526 2", "64fcc83ec403930bf18393dbc883ccaa1fbb08ac876f77f7aa99748ca945019b"],
  ["modp2048", 2048, "RFC 3526 3", "d66436f79bbd6b2e38c0ffbd079be904d2641415e2e67140e09448be9a60890e"],
  ["modp3072", 3072, "RFC 3526 4", "48cf8b092fbce4359d9871abf74f98e25b6163379eaa15cd9087e800c6d1c55c"],
  ["modp4096", 4096, "RFC 3526 5", "4ee95187682bcb230ad26a95205f6920e84708f6251b3894329b09ec23919e33"],
  ["modp6144", 6144, "RFC 3526 6", "d1bfe6d0925ce7e4da262b62861514a7755e35831e429f343e7b864848657efd"],
  ["modp8192", 8192, "RFC 3526 7", "39ab4feab950a3128fb71accb9fc3965d857012e081998a85996e3ea8b3c3bcf"],
  ["rfc5114-1024-160", 1024, "RFC 5114 2.1", "44c55cfee5c075927cf682da5b681bdecbd5c3eb0784c14f5dce7610f0ef133d"],
  ["rfc5114-2048-224", 2048, "RFC 5114 2.2", "bfe545862ca102ad1eeddb5fbfa5bf855ac4995c56a8b408ce3fe099dce93a9d"],
  ["rfc5114-2048-256", 2048, "RFC 5114 2.3", "0b7835722cb619827610c2549fdda5587421686c4409a13865e76225522ddcc9"],
];

/** Every known group. */
export const KNOWN_DH_GROUPS: readonly KnownDhGroup[] = ROWS.map(([name, bits, source, sha256]) => ({
  name,
  bits,
  source,
  sha256,
}));

/** What is known of the prime that a server chose: its size, and its name if it is one that an RFC defines. */
export interface DhPrime {
  readonly group: string | null;
  readonly bits: number;
}

/** `p` as ServerKeyExchange gives it, unsigned and big-endian; zeros before it do not matter. */
export function dhPrimeOf(p: Uint8Array): DhPrime {
  const first = p.findIndex((octet) => octet !== 0);
  const bare = first < 0 ? new Uint8Array(0) : p.subarray(first);
  const sha256 = createHash("sha256").update(bare).digest("hex");
  return { group: KNOWN_DH_GROUPS.find((known) => known.sha256 === sha256)?.name ?? null, bits: bitLength(bare) };
}
