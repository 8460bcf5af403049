import type { Scenario } from "../../core/scenario.ts";
import { ENCIPHERING, OTHER_ROOT, REVOCATION, REVOKED } from "./cert-scenario-uses.ts";
import { type CertificateName, chain, endpoint, presenting } from "./tls-scenario-endpoint.ts";
import { at, atLiteral, atService, B, C, CAVEAT, fails, leavesOpen, passes, service } from "./tls-scenario-world.ts";

const one = (name: CertificateName) => presenting(chain("ECDSA", [name, "intermediate"]));
const sent = (...names: readonly CertificateName[]) => presenting(chain("ECDSA", names));
const untrusted = (...names: readonly CertificateName[]) => presenting(chain("ECDSA", names, null));
const byOtherRoot = { version: "TLSv1.3", anchor: OTHER_ROOT, staple: null } as const;
const enciphering = { ...byOtherRoot, kind: "RSA", chain: [ENCIPHERING] } as const;
const revoked = { ...byOtherRoot, kind: "ECDSA", chain: [REVOKED], staple: REVOCATION } as const;
/** Clauses (b) and (c) have no part in it. */
const REST = [B, C, CAVEAT];

const RELAY = ["S27_NOT_WEB", "S27_SERVICE_EXEMPT", "S27_VERSIONS_NOT_HTTPS", "S27_PROFILE_MAIL_RELAY", CAVEAT];

const NAMES: readonly Scenario[] = [
  at(one("wildcard"), passes("a wildcard one label above")),
  at(one("other"), fails("a certificate for another name", ...REST, "S27_CERTIFICATE_WRONG_NAME")),
  at(one("common"), fails("the name in CN only", ...REST, "S27_CERTIFICATE_NO_NAMES")),
  at(
    one("address"),
    fails("a certificate for the address, and not for the name", ...REST, "S27_CERTIFICATE_WRONG_NAME"),
  ),
  at(
    endpoint({ otherNames: [{ indicated: "none", outcome: "other-certificate" }] }),
    passes("another certificate where no name is indicated"),
  ),
  atLiteral(one("address"), passes("an address with a certificate for it")),
  atLiteral(one("ecdsa"), fails("an address with a certificate for a name", ...REST, "S27_CERTIFICATE_WRONG_NAME")),
];

const DATES: readonly Scenario[] = [
  at(one("expired"), fails("an expired certificate", ...REST, "S27_CERTIFICATE_EXPIRED")),
  at(one("future"), fails("a certificate that is not valid yet", ...REST, "S27_CERTIFICATE_NOT_YET_VALID")),
  at(one("ending"), passes("a certificate that ends within 14 days", "S27_CERTIFICATE_ENDS_SOON")),
  at(sent("below-late", "late"), fails("an expired issuer", ...REST, "S27_CERTIFICATE_ISSUER_OUT_OF_DATE")),
];

const TRUST: readonly Scenario[] = [
  at(sent("ecdsa", "intermediate", "root"), passes("the root is sent, too")),
  at(sent("ecdsa", "root", "intermediate"), passes("the chain is sent out of order")),
  at(untrusted("ecdsa"), fails("the issuer is not sent", ...REST, "S27_CERTIFICATE_CHAIN_INCOMPLETE")),
  at(untrusted("self"), fails("a certificate signed by itself", ...REST, "S27_CERTIFICATE_SELF_SIGNED")),
  at(untrusted("own", "own-root"), fails("an authority of one's own", ...REST, "S27_CERTIFICATE_UNKNOWN_AUTHORITY")),
  at(one("client"), fails("a certificate for clients", ...REST, "S27_CERTIFICATE_CHAIN_INVALID")),
  at(presenting(enciphering), fails("a key that may not sign", ...REST, "S27_CERTIFICATE_CHAIN_INVALID")),
  at(presenting(enciphering, chain("ECDSA", ["ecdsa", "intermediate"])), passes("a second key that may not sign")),
  at(presenting({ ...revoked, staple: null }), passes("a certificate of which nobody says that it is revoked")),
  at(
    presenting(revoked),
    fails("a revoked certificate", ...REST, "S27_PROFILE_WARNING", "S27_PROFILE_ADVICE", "S27_CERTIFICATE_REVOKED"),
  ),
  at(one("odd"), leavesOpen("an extension that nobody knows", "tool-limit", ...REST, "S27_CERTIFICATE_NOT_UNDERSTOOD")),
  at(
    presenting(chain("RSA", ["rsa3072", "intermediate"]), chain("ECDSA", ["expired", "intermediate"])),
    fails("the RSA certificate is good, the ECDSA certificate has expired", ...REST, "S27_CERTIFICATE_EXPIRED"),
  ),
  at(
    endpoint({ chains: [] }),
    leavesOpen(
      "no certificate was seen",
      "tls-failed",
      B,
      CAVEAT,
      "S27_UNOBSERVED_TLS_FAILED",
      "S27_CERTIFICATE_NONE_SEEN",
    ),
  ),
  atService(
    service("smtp", 25),
    {
      ...fails("a mail gateway whose certificate nobody vouches for"),
      tags: [...RELAY, "S27_CERTIFICATE_TRUST_NOT_NEEDED"],
      verdict: "not-applicable",
    },
    untrusted("self"),
  ),
];

export const CERTIFICATE_SCENARIOS: readonly Scenario[] = [...NAMES, ...DATES, ...TRUST];
