/** What kind of key agreement a group is (IANA "TLS Supported Groups"). */
export type GroupKind = "elliptic" | "finite-field" | "hybrid" | "post-quantum" | "other";

export interface NamedGroup {
  readonly number: number;
  /** IANA's name. */
  readonly name: string;
  readonly kind: GroupKind;
}

type Run = readonly [first: number, kind: GroupKind, names: string];

/** IANA's registry "TLS Supported Groups" (RFC 8422, 8446, 7919, draft-ietf-tls-ecdhe-mlkem), reviewed 2026-11-23. */
const RUNS: readonly Run[] = [
  [1, "elliptic", "sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1"],
  [9, "elliptic", "sect283k1 sect283r1 sect409k1 sect409r1 sect571k1 sect571r1"],
  [15, "elliptic", "secp160k1 secp160r1 secp160r2 secp192k1 secp192r1 secp224k1 secp224r1 secp256k1"],
  [23, "elliptic", "secp256r1 secp384r1 secp521r1 brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 x25519 x448"],
  [31, "elliptic", "brainpoolP256r1tls13 brainpoolP384r1tls13 brainpoolP512r1tls13"],
  [34, "elliptic", "GC256A GC256B GC256C GC256D GC512A GC512B GC512C curveSM2"],
  [256, "finite-field", "ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192"],
  [512, "post-quantum", "MLKEM512 MLKEM768 MLKEM1024"],
  [4587, "hybrid", "SecP256r1MLKEM768 X25519MLKEM768 SecP384r1MLKEM1024"],
  [4590, "hybrid", "curveSM2MLKEM768"],
  [25497, "hybrid", "X25519Kyber768Draft00 SecP256r1Kyber768Draft00"],
  [65281, "other", "arbitrary_explicit_prime_curves arbitrary_explicit_char2_curves"],
];

/** Every known group, by number. */
export const GROUPS: readonly NamedGroup[] = RUNS.flatMap(([first, kind, names]) =>
  names.split(" ").map((name, index) => ({ number: first + index, name, kind })),
);

const BY_NUMBER: ReadonlyMap<number, NamedGroup> = new Map(GROUPS.map((group) => [group.number, group]));
const BY_NAME: ReadonlyMap<string, NamedGroup> = new Map(GROUPS.map((group) => [group.name, group]));

export function groupOf(number: number): NamedGroup | null {
  return BY_NUMBER.get(number) ?? null;
}

export function groupNamed(name: string): NamedGroup | null {
  return BY_NAME.get(name) ?? null;
}

/** IANA's name, or 0x and four digits for a number that is not registered. */
export function groupLabel(number: number): string {
  return groupOf(number)?.name ?? `0x${number.toString(16).padStart(4, "0")}`;
}

const inOrder = (names: string): readonly number[] =>
  names.split(" ").flatMap((name) => groupNamed(name)?.number ?? []);

/** Curves that are in wide use, strongest first: those that a compact hello offers, and every hello first. */
const WIDE_CURVES = "x25519 secp256r1 x448 secp384r1 secp521r1 brainpoolP256r1 brainpoolP384r1 brainpoolP512r1";
const OLD_CURVES =
  "secp224r1 secp224k1 secp256k1 secp192r1 secp192k1 sect571r1 sect571k1 sect409r1 sect409k1 sect283r1 sect283k1 " +
  "sect239k1 sect233r1 sect233k1 sect193r1 sect193r2 sect163k1 sect163r1 sect163r2 secp160k1 secp160r1 secp160r2";

/** Every elliptic group that is asked about in TLS 1.2 and older. The GOST curves are left out: only GOST suites have them. */
export const LEGACY_CURVES: readonly number[] = inOrder(`${WIDE_CURVES} ${OLD_CURVES} curveSM2`);

/** RFC 7919's groups, in the order of their size. */
export const FFDHE_GROUPS: readonly number[] = inOrder("ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192");

/** Every group that is asked about in TLS 1.3: elliptic, finite-field, hybrid and post-quantum ones. */
export const MODERN_GROUPS: readonly number[] = [
  ...inOrder("X25519MLKEM768 SecP256r1MLKEM768 SecP384r1MLKEM1024 X25519Kyber768Draft00 SecP256r1Kyber768Draft00"),
  ...inOrder("curveSM2MLKEM768 MLKEM1024 MLKEM768 MLKEM512"),
  ...inOrder(`${WIDE_CURVES} brainpoolP256r1tls13 brainpoolP384r1tls13 brainpoolP512r1tls13`),
  ...inOrder("secp224r1 secp256k1 curveSM2"),
  ...FFDHE_GROUPS,
];
