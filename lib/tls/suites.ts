import { opensslNameOf } from "./openssl-name.ts";
import { readSuiteName, type SuiteParts } from "./suite-name.ts";
import { SUITE_NUMBERS } from "./suite-numbers.ts";
import { compareVersions, type TlsVersion } from "./versions.ts";

/** A cipher suite with everything that its name says. */
export interface Suite extends SuiteParts {
  /** Two octets; three for SSLv2. */
  readonly number: number;
  /** The name in IANA's registry (SSLv2 and private numbers: the customary one). */
  readonly name: string;
  /** OpenSSL's name, or null where OpenSSL never had the suite. */
  readonly opensslName: string | null;
  /** The oldest and newest version that specify it or are known to take it. */
  readonly first: TlsVersion;
  readonly last: TlsVersion;
}

/** RFC 5746 section 3.3 and RFC 7507: signals in the place of suites, which no server may choose. */
export const RENEGOTIATION_SCSV = 0x00ff;
export const FALLBACK_SCSV = 0x5600;

/** Larger numbers are SSLv2's cipher kinds. */
const LARGEST_TWO_OCTETS = 0xffff;

function versionsOf(number: number, name: string, parts: SuiteParts): readonly [TlsVersion, TlsVersion] {
  if (number > LARGEST_TWO_OCTETS) return ["SSLv2", "SSLv2"];
  if (parts.keyExchange === "any") return ["TLSv1.3", "TLSv1.3"];
  if (parts.mac === "AEAD") return ["TLSv1.2", "TLSv1.2"];
  const isPsk = parts.keyExchange.endsWith("PSK");
  const isNewHash = parts.mac === "SHA256" || parts.mac === "SHA384";
  // RFC 5487 section 3.1 and RFC 5489 allow their CBC suites from TLS 1.0; all others with SHA-2 begin with TLS 1.2.
  if (isNewHash) return [isPsk && !name.includes("ARIA") ? "TLSv1.0" : "TLSv1.2", "TLSv1.2"];
  return [parts.keyExchange.startsWith("EC") ? "TLSv1.0" : "SSLv3", "TLSv1.2"];
}

function toSuite([number, name]: readonly [number, string]): Suite {
  const parts = readSuiteName(name);
  const [first, last] = versionsOf(number, name, parts);
  return { number, name, opensslName: opensslNameOf(name, parts), first, last, ...parts };
}

/** Every known suite. */
export const SUITES: readonly Suite[] = SUITE_NUMBERS.map(toSuite);

const BY_NUMBER: ReadonlyMap<number, Suite> = new Map(SUITES.map((suite) => [suite.number, suite]));
const BY_NAME: ReadonlyMap<string, Suite> = new Map(SUITES.map((suite) => [suite.name, suite]));

/** The suite with this number, or null for an unknown one. */
export function suiteOf(number: number): Suite | null {
  return BY_NUMBER.get(number) ?? null;
}

/** The suite with this IANA name, or null. */
export function suiteNamed(name: string): Suite | null {
  return BY_NAME.get(name) ?? null;
}

/** The IANA name, or 0x and the number's digits for a suite that nobody has registered. */
export function suiteLabel(number: number): string {
  return suiteOf(number)?.name ?? `0x${number.toString(16).padStart(4, "0")}`;
}

/**
 * What a prober offers at a version: every suite that is defined for it. For SSLv3 also the elliptic ones, which old
 * servers choose there although RFC 4492 begins with TLS 1.0: not offering them would be a false "not supported".
 */
export function suitesFor(version: TlsVersion): readonly Suite[] {
  return SUITES.filter(({ number, first, last }) => {
    if (number === 0) return false;
    const oldest = version === "SSLv3" && first === "TLSv1.0" ? "SSLv3" : first;
    return compareVersions(oldest, version) <= 0 && compareVersions(version, last) <= 0;
  });
}
