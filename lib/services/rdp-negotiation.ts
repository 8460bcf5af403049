import { malformed, parsed } from "../wire/parsed.ts";
import type { Reading } from "./reading.ts";

/** What a client can take, as flags of requestedProtocols ([MS-RDPBCGR] section 2.2.1.1.1). */
export const RDP_PLAIN = 0;
export const RDP_TLS_OR_HYBRID = 3;

/** Answer to a connection request: which protocol was selected (null where the server knows of no choice), or why none. */
export type RdpAnswer = { readonly selected: number | null } | { readonly failure: number };

/** Names of failure codes ([MS-RDPBCGR] section 2.2.1.2.2). */
export const RDP_FAILURES: Readonly<Record<number, string | undefined>> = {
  1: "SSL_REQUIRED_BY_SERVER",
  2: "SSL_NOT_ALLOWED_BY_SERVER",
  3: "SSL_CERT_NOT_ON_SERVER",
  4: "INCONSISTENT_FLAGS",
  5: "HYBRID_REQUIRED_BY_SERVER",
  6: "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
};

const TPKT_VERSION = 3;
const TPKT_OCTETS = 4;
const CONNECTION_REQUEST = 0xe0;
const CONNECTION_CONFIRM = 0xd0;
/** Length, code, two references and class. */
const X224_OCTETS = 7;
const NEGOTIATION_OCTETS = 8;
const REQUEST = 1;
const RESPONSE = 2;
const FAILURE = 3;
const MOST_OCTETS = 512;

/** An X.224 connection request with an RDP negotiation request, and no cookie, which would name a user. */
export function rdpConnectionRequest(requestedProtocols: number): Uint8Array {
  const total = TPKT_OCTETS + X224_OCTETS + NEGOTIATION_OCTETS;
  const x224 = [X224_OCTETS - 1 + NEGOTIATION_OCTETS, CONNECTION_REQUEST, 0, 0, 0, 0, 0];
  return Uint8Array.of(
    TPKT_VERSION,
    0,
    0,
    total,
    ...x224,
    REQUEST,
    0,
    NEGOTIATION_OCTETS,
    0,
    requestedProtocols,
    0,
    0,
    0,
  );
}

/** The connection confirm, with or without a negotiation in it. */
export const readRdpAnswer: Reading<RdpAnswer> = (octets) => {
  if (octets.length > 0 && octets[0] !== TPKT_VERSION) return malformed("no TPKT");
  if (octets.length < TPKT_OCTETS) return parsed(null);
  const used = (octets[2] ?? 0) * 0x100 + (octets[3] ?? 0);
  if (used > MOST_OCTETS || used < TPKT_OCTETS + X224_OCTETS) return malformed("a TPKT of a length that is none");
  if (octets.length < used) return parsed(null);
  if (octets[TPKT_OCTETS + 1] !== CONNECTION_CONFIRM) return malformed("no X.224 connection confirm");
  const negotiation = octets.subarray(TPKT_OCTETS + X224_OCTETS, used);
  if (negotiation.length === 0) return parsed({ value: { selected: null }, used });
  if (negotiation.length !== NEGOTIATION_OCTETS) return malformed("an RDP negotiation of another length");
  const number = new DataView(negotiation.buffer, negotiation.byteOffset, negotiation.length).getUint32(4, true);
  if (negotiation[0] === RESPONSE) return parsed({ value: { selected: number }, used });
  if (negotiation[0] === FAILURE) return parsed({ value: { failure: number }, used });
  return malformed("an RDP negotiation of an unknown type");
};
