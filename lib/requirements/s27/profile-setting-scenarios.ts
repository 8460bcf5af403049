import type { Scenario } from "../../core/scenario.ts";
import type { ExchangeSignatures, TlsFindings } from "../../tls/observations.ts";
import { chain, endpoint, MODERN, presenting, RESET, type CertificateName } from "./tls-scenario-endpoint.ts";
import { ADVICE, at, B, CAVEAT, fails, H, leavesOpen, passes, WARNING } from "./tls-scenario-world.ts";

const SETTING = "S27_PROFILE_SETTING";
const KEY = "S27_PROFILE_CERTIFICATE_KEY";
const UNHEARD = "S27_UNOBSERVED_CONNECTION_RESET";
const UNREAD = "S27_UNOBSERVED_PROTOCOL_ERROR";
const UNTOLD = "S27_UNOBSERVED_NOT_OBSERVABLE";
const RSA_SHA1 = 0x0201;

const legacy = (changes: Partial<NonNullable<TlsFindings["legacy"]>>) => {
  return endpoint({ legacy: MODERN.legacy === null ? null : { ...MODERN.legacy, ...changes } });
};
const signed = (changes: Partial<ExchangeSignatures>) => {
  return endpoint({ signatures: MODERN.signatures === null ? null : { ...MODERN.signatures, ...changes } });
};
const weak = (outcome: "accepted" | "undecided"): ExchangeSignatures["weak"] => {
  return [{ hash: "SHA1", outcome, undecided: outcome === "undecided" ? RESET : null }];
};

const SIGNATURES: readonly Scenario[] = [
  at(signed({ chosen: [RSA_SHA1], strong: "refused" }), fails("no SHA-2 in the key exchange", B, SETTING, CAVEAT, H)),
  at(signed({ weak: weak("accepted") }), passes("SHA-1 alone is accepted", WARNING, ADVICE)),
  at(signed({ chosen: [RSA_SHA1] }), passes("SHA-1 is chosen though SHA-2 is known", WARNING, ADVICE)),
  at(
    signed({ weak: weak("undecided") }),
    leavesOpen("whether SHA-1 alone is accepted stayed open", "connection-reset", B, UNHEARD, CAVEAT, H),
  ),
  at(
    signed({ chosen: [RSA_SHA1], strong: "undecided" }),
    leavesOpen("whether SHA-2 is known stayed open", "protocol-error", B, UNREAD, CAVEAT, WARNING, ADVICE, H),
  ),
  at(
    endpoint({ signatures: null }),
    leavesOpen("the signatures were never told", "internal", B, "S27_UNOBSERVED_INTERNAL", CAVEAT, H),
  ),
];

const SETTINGS: readonly Scenario[] = [
  at(legacy({ compression: "DEFLATE" }), fails("TLS compression", B, SETTING, CAVEAT, H)),
  at(
    legacy({ compression: "undecided", compressionOpen: RESET }),
    leavesOpen("whether TLS compresses stayed open", "connection-reset", B, UNHEARD, CAVEAT, H),
  ),
  at(
    endpoint({ legacy: null }),
    leavesOpen("compression was never told", "internal", B, "S27_UNOBSERVED_INTERNAL", CAVEAT, H),
  ),
  at(legacy({ renegotiationInfo: false }), fails("no secure renegotiation", B, SETTING, CAVEAT, H)),
  at(legacy({ extendedMasterSecret: false }), passes("no extended master secret", WARNING, ADVICE)),
  at(endpoint({ clientRenegotiation: "refused", earlyData: "off" }), passes("neither renegotiation nor early data")),
  at(endpoint({ clientRenegotiation: "unlimited" }), passes("clients renegotiate without limit", WARNING, ADVICE)),
  at(endpoint({ clientRenegotiation: "limited" }), passes("clients renegotiate a few times", WARNING)),
  at(
    endpoint({ clientRenegotiation: "undecided" }),
    leavesOpen("whether clients renegotiate stayed open", "not-observable", B, UNTOLD, CAVEAT, H),
  ),
  at(endpoint({ earlyData: "accepted" }), fails("early data", B, SETTING, CAVEAT, H)),
  at(
    endpoint({ earlyData: "undecided" }),
    leavesOpen("whether early data is taken stayed open", "not-observable", B, UNTOLD, CAVEAT, H),
  ),
];

const rsa = (name: CertificateName) => presenting(chain("RSA", [name, "intermediate"]));
const ecdsa = (name: CertificateName) => presenting(chain("ECDSA", [name, "intermediate"]));
/** Not an OCSP response at all. */
const NO_RESPONSE = "MAMKAQE=";

const KEYS: readonly Scenario[] = [
  at(rsa("rsa3072"), passes("an RSA key of 3072 bits")),
  at(rsa("rsa2048"), passes("an RSA key of 2048 bits", ADVICE)),
  at(rsa("rsa1024"), fails("an RSA key of 1024 bits", B, KEY, CAVEAT, H)),
  at(ecdsa("p224"), fails("an ECDSA key on P-224", B, KEY, CAVEAT, H)),
  at(ecdsa("p521"), passes("an ECDSA key on P-521", WARNING)),
  at(presenting(chain("EdDSA", ["edwards", "intermediate"])), passes("an Ed25519 key", WARNING)),
  at(ecdsa("sha1"), fails("a certificate signed with SHA-1", B, "S27_PROFILE_CERTIFICATE_HASH", CAVEAT, H)),
  at(
    presenting(chain("ECDSA", ["below-weak", "weak-issuer"])),
    fails("an issuer with an RSA key of 1024 bits", B, KEY, CAVEAT, H),
  ),
  at(
    presenting(chain("ECDSA", ["ecdsa", "intermediate"]), chain("RSA", ["rsa1024", "intermediate"])),
    fails("the RSA certificate is weak, the ECDSA certificate is not", B, KEY, CAVEAT, H),
  ),
  at(
    endpoint({ chainsOpen: [{ kind: "RSA", undecided: RESET }] }),
    leavesOpen("whether there is an RSA certificate stayed open", "connection-reset", B, UNHEARD, CAVEAT),
  ),
];

const OCSP: readonly Scenario[] = [
  at(ecdsa("pointed"), passes("no OCSP response")),
  at(
    presenting({ ...chain("ECDSA", ["pointed", "intermediate"]), staple: NO_RESPONSE }),
    passes("an OCSP response that is not valid", WARNING, ADVICE),
  ),
  at(ecdsa("staple"), fails("the OCSP response that the certificate demands is missing", B, SETTING, CAVEAT, H)),
];

export const SETTING_SCENARIOS: readonly Scenario[] = [...SIGNATURES, ...SETTINGS, ...KEYS, ...OCSP];
