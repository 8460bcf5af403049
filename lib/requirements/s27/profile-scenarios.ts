import type { Scenario } from "../../core/scenario.ts";
import type { TlsFindings } from "../../tls/observations.ts";
import {
  alsoTaking,
  besides,
  endpoint,
  group,
  groups,
  MODERN,
  MODERN_12,
  RESET,
  suites,
} from "./tls-scenario-endpoint.ts";
import { ADVICE, at, B, CAVEAT, fails, H, leavesOpen, passes, WARNING } from "./tls-scenario-world.ts";

const SUITE = "S27_PROFILE_SUITE";
const UNHEARD = "S27_UNOBSERVED_CONNECTION_RESET";
const UNREAD = "S27_UNOBSERVED_PROTOCOL_ERROR";

/** Suites that the default fails, each beside those of a modern server. */
const FORBIDDEN: readonly Scenario[] = [
  at(alsoTaking("RSA_WITH_RC4_128_SHA"), fails("RC4", B, SUITE, CAVEAT, H)),
  at(alsoTaking("ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"), fails("3DES", B, SUITE, CAVEAT, H)),
  at(alsoTaking("ECDH_anon_WITH_AES_128_CBC_SHA"), fails("an anonymous suite", B, SUITE, CAVEAT, H)),
  at(alsoTaking("ECDHE_RSA_WITH_NULL_SHA"), fails("a suite without encryption", B, SUITE, CAVEAT, H)),
  at(alsoTaking("RSA_EXPORT_WITH_RC4_40_MD5"), fails("an EXPORT suite", B, SUITE, CAVEAT, H)),
  at(alsoTaking("RSA_WITH_DES_CBC_SHA"), fails("DES", B, SUITE, CAVEAT, H)),
  at(alsoTaking("RSA_WITH_AES_128_GCM_SHA256"), fails("RSA key exchange", B, SUITE, CAVEAT, H)),
  at(alsoTaking("ECDH_RSA_WITH_AES_128_GCM_SHA256"), fails("a fixed ECDH key", B, SUITE, CAVEAT, H)),
  at(alsoTaking("RSA_WITH_CAMELLIA_256_CBC_SHA"), fails("RSA key exchange with Camellia", B, SUITE, CAVEAT, H)),
  at(alsoTaking("ECDHE_RSA_WITH_ARIA_256_GCM_SHA384"), fails("ARIA", B, SUITE, CAVEAT, H)),
  at(endpoint(besides("TLSv1.3", ["AES_128_CCM_8_SHA256"])), fails("CCM_8 in TLS 1.3", B, SUITE, CAVEAT, H)),
];

/** Suites that pass today, and would not by the newest guidelines. */
const PHASED_OUT: readonly Scenario[] = [
  at(alsoTaking("ECDHE_RSA_WITH_AES_128_CBC_SHA"), passes("CBC with SHA-1", ADVICE)),
  at(alsoTaking("ECDHE_RSA_WITH_AES_256_CBC_SHA384"), passes("CBC with SHA-384", ADVICE)),
  at(alsoTaking("ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), passes("ChaCha20")),
];

const DHE = besides("TLSv1.2", ["DHE_RSA_WITH_AES_256_GCM_SHA384"]);
const dhe = (name: string | null, bits: number) => {
  return endpoint({ ...DHE, dhPrimes: [{ version: "TLSv1.2", group: name, bits }] });
};
const BAD_DH = [B, "S27_PROFILE_DH", CAVEAT, H, ADVICE];

/** Groups of both kinds. */
const GROUPS: readonly Scenario[] = [
  at(dhe("ffdhe3072", 3072), passes("DHE with ffdhe3072", ADVICE)),
  at(dhe("ffdhe2048", 2048), fails("DHE with ffdhe2048", ...BAD_DH)),
  at(dhe("modp1024", 1024), fails("DHE with 1024 bits", ...BAD_DH)),
  at(dhe(null, 4096), fails("DHE with a prime of its own", ...BAD_DH)),
  at(endpoint(DHE), leavesOpen("DHE whose prime was not seen", "protocol-error", B, UNREAD, CAVEAT, H, ADVICE)),
  at(
    endpoint({ ...DHE, dhPrimes: [{ version: "TLSv1.2", group: "ffdhe3072", bits: 3072 }], dhOpen: RESET }),
    leavesOpen("a question about DHE was cut", "connection-reset", B, UNHEARD, CAVEAT, H, ADVICE),
  ),
  at(withGroups("secp224r1"), fails("ECDHE with P-224", B, "S27_PROFILE_GROUP", CAVEAT, H)),
  at(withGroups("secp192r1", "sect163k1"), fails("ECDHE with short curves", B, "S27_PROFILE_GROUP", CAVEAT, H)),
  at(withGroups("secp521r1"), passes("ECDHE with P-521", WARNING)),
  at(withGroups("brainpoolP256r1"), passes("ECDHE with Brainpool", WARNING)),
  at(
    endpoint({ groups: [groups("TLSv1.2", "x25519"), groups("TLSv1.3", "x25519", "ffdhe2048")] }),
    passes("ffdhe2048 in TLS 1.3", WARNING, ADVICE),
  ),
  at(
    endpoint({ groups: [groups("TLSv1.2", "x25519"), groups("TLSv1.3")] }),
    leavesOpen("TLS 1.3 whose groups were not seen", "protocol-error", B, UNREAD, CAVEAT, H),
  ),
];

/** TLS 1.2 with more groups than a modern server has. */
function withGroups(...names: readonly string[]) {
  const [old, ...others] = MODERN.groups;
  if (old === undefined) throw new Error("a modern server has groups");
  return endpoint({ groups: [{ ...old, accepted: [...old.accepted, ...names.map(group)] }, ...others] });
}

/** Whose order rules matters only where something is accepted that should not be. */
const PREFERENCE: readonly Scenario[] = [
  at(ordered("client"), fails("the client's order rules, and 3DES is accepted", B, SUITE, CAVEAT, WARNING, ADVICE, H)),
  at(ordered("unknown"), fails("nobody knows whose order rules", B, SUITE, CAVEAT, UNREAD, H)),
  at(
    endpoint({ suites: [suites("TLSv1.2", MODERN_12, "client"), ...MODERN.suites.slice(1)] }),
    passes("the client's order rules among good suites"),
  ),
];

function ordered(preference: "client" | "unknown") {
  const names = [...MODERN_12, "ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"];
  return endpoint({ suites: [suites("TLSv1.2", names, preference), ...MODERN.suites.slice(1)] });
}

/** What was cut is no "no": what passes otherwise stays open, and what fails, fails. */
const CUT: readonly Scenario[] = [
  at(
    endpoint({ suites: cut(MODERN.suites) }),
    leavesOpen("some suites stayed open", "connection-reset", B, UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({ suites: cut(besides("TLSv1.2", ["RSA_WITH_RC4_128_SHA"]).suites) }),
    fails("RC4, and some suites stayed open", B, SUITE, UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({ groups: cut(MODERN.groups) }),
    leavesOpen("some groups stayed open", "connection-reset", B, UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({ suites: MODERN.suites.slice(1) }),
    leavesOpen("the suites of TLS 1.2 were never told", "internal", B, "S27_UNOBSERVED_INTERNAL", CAVEAT, H),
  ),
];

function cut<T extends TlsFindings["groups"][number]>(trials: readonly T[]): readonly T[] {
  return trials.map((trial, index) => (index === 0 ? { ...trial, open: [0x1301], undecided: RESET } : trial));
}

export const PROFILE_SCENARIOS: readonly Scenario[] = [...FORBIDDEN, ...PHASED_OUT, ...GROUPS, ...PREFERENCE, ...CUT];
