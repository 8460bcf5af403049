import {
  alpn,
  ecPointFormats,
  encryptThenMac,
  extendedMasterSecret,
  keyShare,
  pskKeyExchangeModes,
  renegotiationInfo,
  serverName,
  sessionTicket,
  signatureAlgorithms,
  statusRequest,
  supportedGroups,
  supportedVersions,
} from "./client-extensions.ts";
import type { ClientHello } from "./client-hello.ts";
import type { Extension } from "./extension-types.ts";
import { groupNamed } from "./groups.ts";
import { RENEGOTIATION_SCSV } from "./suites.ts";
import type { RecordLayerVersion } from "./versions.ts";

/** One hello that a prober wants to say, in the words of its question. */
export interface HelloOffer {
  /** Exactly this version is asked for: TLS 1.3 alone stands in supported_versions. */
  readonly version: RecordLayerVersion;
  readonly suites: readonly number[];
  /** 32 octets. */
  readonly random: Uint8Array;
  /** The name for SNI; null sends none. */
  readonly host: string | null;
  /** Default: everything a server may have, strongest first. */
  readonly groups?: readonly number[];
  /** TLS 1.2 and 1.3. Default: every hash from SHA-512 down to SHA-1, for RSA, ECDSA and EdDSA. */
  readonly signatureSchemes?: readonly number[];
  readonly protocols?: readonly string[];
  /** Asks for an OCSP response. */
  readonly wantsStaple?: boolean;
  /** Offers DEFLATE before none (RFC 3749); TLS 1.2 and older only. */
  readonly offersCompression?: boolean;
  /** The shortest hello that still asks the question: for servers that cannot read a long one. */
  readonly isCompact?: boolean;
  /** In SSLv3's form, without extensions: for servers before TLS 1.2 that cannot read any. */
  readonly isBare?: boolean;
}

const numbersOf = (names: string): readonly number[] =>
  names.split(" ").flatMap((name) => groupNamed(name)?.number ?? []);

/** Every group that a server may want for a common certificate or key agreement; hybrids first. */
export const ALL_GROUPS: readonly number[] = numbersOf(
  "X25519MLKEM768 SecP256r1MLKEM768 SecP384r1MLKEM1024 x25519 x448 secp256r1 secp384r1 secp521r1 " +
    "brainpoolP256r1 brainpoolP384r1 brainpoolP512r1 secp224r1 secp256k1 secp192r1 sect571r1 sect283r1 " +
    "ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192",
);

/** What practically every server with elliptic curves has: enough for a compact hello. */
const COMMON_GROUPS: readonly number[] = numbersOf("x25519 secp256r1 secp384r1 secp521r1");

/** RSA (both paddings), ECDSA, EdDSA and DSA with every hash but MD5. */
export const ALL_SCHEMES: readonly number[] = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b],
  ...[0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0402, 0x0302, 0x0203, 0x0201, 0x0202],
];
/** Those that only TLS 1.3 has beside: brainpool curves, SM2 and ML-DSA. */
const MODERN_SCHEMES: readonly number[] = [...ALL_SCHEMES, 0x081a, 0x081b, 0x081c, 0x0708, 0x0904, 0x0905, 0x0906];
const COMMON_SCHEMES: readonly number[] = [0x0403, 0x0503, 0x0804, 0x0805, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201];

/** Client and server compression, best first. */
const DEFLATE_THEN_NONE: readonly number[] = [1, 0];
const NONE: readonly number[] = [0];
/** RFC 8446 appendix D.4: some devices on the way expect a session id in TLS 1.3. */
const SESSION_ID_OCTETS = 32;

function commonExtensions({ host, groups, isCompact = false, ...offer }: HelloOffer): readonly Extension[] {
  const isModern = offer.version === "TLSv1.2" || offer.version === "TLSv1.3";
  const fullSchemes = offer.version === "TLSv1.3" ? MODERN_SCHEMES : ALL_SCHEMES;
  const defaultSchemes = isCompact ? COMMON_SCHEMES : fullSchemes;
  return [
    ...(host === null ? [] : [serverName(host)]),
    supportedGroups(groups ?? (isCompact ? COMMON_GROUPS : ALL_GROUPS)),
    ...(isModern ? [signatureAlgorithms(offer.signatureSchemes ?? defaultSchemes)] : []),
    ...(offer.protocols === undefined ? [] : [alpn(offer.protocols)]),
    ...(offer.wantsStaple === true ? [statusRequest()] : []),
  ];
}

function versionExtensions({ version, isCompact = false }: HelloOffer): readonly Extension[] {
  if (version === "TLSv1.3") return [supportedVersions([version]), pskKeyExchangeModes(), keyShare([])];
  const points = ecPointFormats();
  return isCompact
    ? [points]
    : [points, renegotiationInfo(), extendedMasterSecret(), encryptThenMac(), sessionTicket()];
}

/**
 * The hello for an offer; the same offer is always the same octets. SSLv3, and a bare hello, gets no extensions but asks for secure
 * renegotiation by its signal in the place of a suite (RFC 5746 section 3.3), and so does a compact hello. An empty
 * key_share makes a server of TLS 1.3 name its suite and group in a HelloRetryRequest, with no key to compute.
 */
export function helloFor(offer: HelloOffer): ClientHello {
  const { version, suites, random, isCompact = false, offersCompression = false } = offer;
  const isOldForm = version === "SSLv3" || offer.isBare === true;
  const needsSignal = version !== "TLSv1.3" && (isOldForm || isCompact);
  return {
    version,
    random,
    suites: needsSignal ? [...suites, RENEGOTIATION_SCSV] : suites,
    compressionMethods: offersCompression && version !== "TLSv1.3" ? DEFLATE_THEN_NONE : NONE,
    extensions: isOldForm ? [] : [...commonExtensions(offer), ...versionExtensions(offer)],
    ...(version === "TLSv1.3" ? { sessionId: random.subarray(0, SESSION_ID_OCTETS) } : {}),
  };
}
