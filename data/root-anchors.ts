/**
 * The DNSSEC root trust anchors as IANA publishes them (data.iana.org/root-anchors/root-anchors.xml, RFC 9718), copied
 * 2026-11-23 and equal to Debian's package dns-root-data of that day. KSK-2017 (20326) signs today; KSK-2024 (38696) is
 * pre-published and was scheduled to take over from 2026-10-11, the older one to be revoked on 2027-01-11. Both are needed
 * until then; test/dnssec/root-anchors.test.ts compares them with the system's copy where there is one.
 */
import type { TrustAnchor } from "../lib/dnssec/trust-anchor.ts";
import { ROOT } from "../lib/wire/name.ts";

const RSASHA256 = 8;
const SHA_256 = 2;

export const ROOT_ANCHORS: readonly TrustAnchor[] = [
  {
    zone: ROOT,
    keyTag: 20326,
    algorithm: RSASHA256,
    digestType: SHA_256,
    digest: "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
  },
  {
    zone: ROOT,
    keyTag: 38696,
    algorithm: RSASHA256,
    digestType: SHA_256,
    digest: "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
  },
];
