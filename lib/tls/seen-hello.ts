import { Buffer } from "node:buffer";
import { type DhPrime, dhPrimeOf } from "./dh-groups.ts";
import { groupIn } from "./offer-reply.ts";
import type { ServerFlight } from "./server-flight.ts";
import type { TlsVersion } from "./versions.ts";

/** What was asked by the hello that a flight answers. */
export interface HelloAsked {
  /** The suites, in the order of the offer. */
  readonly suites: readonly number[];
  readonly isCompact: boolean;
  /**
   * `all`: everything else was offered in full, so that the choice is the server's own. `narrowed`: something was left out to
   * learn of the rest. `foreign`: another name, or none, was indicated.
   */
  readonly kind: "all" | "narrowed" | "foreign";
  /** DEFLATE was offered before none. */
  readonly offersCompression: boolean;
}

/** What one answered hello showed, without the octets that nobody needs again. */
export interface SeenHello extends HelloAsked {
  readonly version: TlsVersion;
  readonly suite: number;
  /** The group of TLS 1.3, or the curve of ServerKeyExchange. */
  readonly group: number | null;
  readonly prime: DhPrime | null;
  /** The scheme that signs the key exchange in TLS 1.2. */
  readonly scheme: number | null;
  readonly compressionMethod: number;
  readonly hasRenegotiationInfo: boolean;
  readonly hasExtendedMasterSecret: boolean;
  readonly hasEncryptThenMac: boolean;
  /** DER in base64, as sent; null where none came in clear. */
  readonly chain: readonly string[] | null;
  readonly staple: string | null;
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString("base64");

/** What the flight shows; null without a hello of a known version, or where a fatal alert came after it: that is no support. */
export function seenHello(flight: ServerFlight, asked: HelloAsked): SeenHello | null {
  const { hello, keyExchange, alerts } = flight;
  const version = hello?.version ?? null;
  if (hello === null || version === null || alerts.some(({ level }) => level === "fatal")) return null;
  const { suite, compressionMethod } = hello;
  return {
    ...asked,
    ...{ version, suite, compressionMethod },
    group: groupIn(flight),
    prime: keyExchange?.kind === "DHE" ? dhPrimeOf(keyExchange.p) : null,
    scheme: keyExchange?.signature?.scheme ?? null,
    hasRenegotiationInfo: hello.hasRenegotiationInfo,
    hasExtendedMasterSecret: hello.hasExtendedMasterSecret,
    hasEncryptThenMac: hello.hasEncryptThenMac,
    ...presentedIn(flight),
  };
}

function presentedIn({ certificates, ocspResponse }: ServerFlight): Pick<SeenHello, "chain" | "staple"> {
  return {
    chain: certificates === null || certificates.length === 0 ? null : certificates.map(base64),
    staple: ocspResponse === null || ocspResponse.length === 0 ? null : base64(ocspResponse),
  };
}
