import type { Asset } from "../../core/asset.ts";
import type { RehearsalOptions, Scenario } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";
import { CHANGED_CHAIN_SCENARIOS } from "./changed-chain-scenarios.ts";
import { CHANGED_SERVER_SCENARIOS } from "./changed-server-scenarios.ts";

const GOOD = ["S18_SECURE", "S18_SERVERS_AGREE"] as const;

type Said = Pick<Scenario, "tags" | "verdict" | "reading" | "cause">;

/** A practice domain as it is. */
function asServed(practiceClass: string, said: Said, options?: RehearsalOptions & { readonly name: string }): Scenario {
  return {
    name: options?.name ?? practiceClass,
    asset: (rehearsal) => rehearsal.asset(practiceClass),
    observe: (rehearsal) => rehearsal.observe(practiceClass, options),
    ...said,
  };
}

const passes = (...more: string[]): Said => ({ tags: [...GOOD, ...more], verdict: "pass" });
const fails = (...tags: string[]): Said => ({ tags, verdict: "fail" });

/** The practice domains, each wrong on purpose or right, and what S18 says of them. */
const SERVED: readonly Scenario[] = [
  asServed("signed", passes()),
  asServed("signed-with-one-key", passes()),
  asServed("unsigned", fails("S18_UNSIGNED")),
  asServed("unsigned-below-opt-out", fails("S18_UNSIGNED")),
  asServed("below-unsigned-top-level", fails("S18_PARENT_UNSIGNED")),
  asServed("island", fails("S18_ISLAND")),
  asServed("ds-without-signatures", fails("S18_DNSKEY_MISSING")),
  asServed("ds-digest-wrong", fails("S18_DS_MISMATCH")),
  asServed("ds-of-other-key", fails("S18_DS_MISMATCH")),
  asServed("ds-sha256-wrong-sha1-right", fails("S18_DS_MISMATCH")),
  asServed("expired", fails("S18_SIGNATURE_EXPIRED")),
  asServed("expired-mx", fails("S18_SIGNATURE_EXPIRED")),
  asServed("not-yet-valid", fails("S18_SIGNATURE_NOT_YET_VALID")),
  asServed("missing-rrsig-soa", fails("S18_SIGNATURE_MISSING")),
  asServed("missing-rrsig-a", fails("S18_SIGNATURE_MISSING")),
  asServed("missing-rrsig-mx", fails("S18_SIGNATURE_MISSING")),
  asServed("missing-rrsig-txt", fails("S18_SIGNATURE_MISSING")),
  asServed("missing-rrsig-dnskey", fails("S18_SIGNATURE_MISSING")),
  asServed("rsasha1", fails("S18_SHA1_ALGORITHM")),
  asServed("rsasha1-nsec3", fails("S18_SHA1_ALGORITHM")),
  asServed("unknown-algorithm", fails("S18_ALGORITHM_UNSUPPORTED")),
  asServed("retired-algorithm", fails("S18_ALGORITHM_UNSUPPORTED")),
  asServed("ds-sha1-only", fails("S18_DIGEST_UNSUPPORTED")),
  asServed("ds-unknown-digest", fails("S18_DIGEST_UNSUPPORTED")),
  asServed("ds-sha1-beside-sha256", passes("S18_DIGEST_SHA1_BESIDE")),
  asServed("ds-sha384", passes()),
  asServed("ds-standby", passes()),
  asServed("key-rollover", passes()),
  asServed("algorithm-rollover", passes()),
  asServed("key-revoked", passes("S18_KEY_REVOKED")),
  asServed("below-bogus-top-level", fails("S18_PARENT_BOGUS")),
  asServed("bare", passes()),
  asServed("cname-loop", passes("S18_NAME_UNANSWERED")),
  asServed("rsa-768", fails("S18_KEY_TOO_SHORT", ...GOOD)),
  asServed("rsa-1024", passes("S18_KEY_SHORT")),
  asServed("rsa-2048", passes()),
  asServed("rsa-4096", passes()),
  asServed("rsasha512", passes("S18_ALGORITHM_DISCOURAGED")),
  asServed("ecdsa-p384", passes()),
  asServed("ed25519", passes()),
  asServed("ed448", passes("S18_ALGORITHM_DISCOURAGED")),
  asServed("nsec3", passes()),
  asServed("nsec3-salt", passes("S18_NSEC3_PARAMETERS")),
  asServed("nsec3-iterations-100", passes("S18_NSEC3_PARAMETERS")),
  asServed("nsec3-iterations-120", fails("S18_NSEC3_ITERATIONS", ...GOOD)),
  asServed("nsec3-iterations-500", fails("S18_NSEC3_ITERATIONS", ...GOOD)),
  asServed("nsec3-opt-out", passes()),
  asServed("denial-stripped", fails("S18_DENIAL_BROKEN")),
  asServed("denial-signature-broken", fails("S18_DENIAL_BROKEN")),
  asServed("nsec3-stripped", fails("S18_DENIAL_BROKEN")),
  asServed("empty-non-terminal", passes()),
  asServed("wildcard", passes()),
  asServed("wildcard-nsec3", passes()),
  asServed("wildcard-unproven", fails("S18_DENIAL_BROKEN")),
  asServed("cname-into-unsigned", passes("S18_ALIAS_INSECURE")),
  asServed("dname", passes()),
  asServed("mixed-case", passes()),
  asServed("large-txt", passes()),
  asServed("not-registered", { tags: ["S18_NOT_REGISTERED"], verdict: "indeterminate", cause: "asset-not-found" }),
  asServed("child-insecure", passes("S18_CHILD_INSECURE")),
  asServed(
    "child-insecure",
    { ...fails(...GOOD, "S18_CHILD_INSECURE_STATE"), reading: "stat-2024-10" },
    {
      name: "child-insecure, state reading",
    },
  ),
  asServed("child-secure", passes()),
  {
    ...asServed("signed", passes("S18_DELEGATION_ABSENT")),
    name: "signed, with a name listed as a zone that is none",
    asset: (rehearsal) => ({ ...rehearsal.asset("signed"), delegations: [name("www.oevelse.dk")] }) as Asset,
  },
  asServed("zone-below", passes()),
  asServed("zone-below-unsigned", fails("S18_UNSIGNED")),
  asServed("name-in-zone", passes()),
  asServed("alias", passes()),
  asServed("other-top-level", passes()),
  asServed("idn", passes()),
  asServed("one-server-unsigned", fails("S18_SECURE", "S18_SERVER_UNSIGNED")),
  asServed("one-server-older", passes("S18_SERVERS_DIFFER")),
  asServed("one-server-expired", fails("S18_SECURE", "S18_SERVER_BOGUS", "S18_SERVERS_DIFFER")),
  asServed("one-family-unsigned", fails("S18_SECURE", "S18_SERVER_UNSIGNED")),
  asServed("one-server-without-denial", fails("S18_SECURE", "S18_SERVER_BOGUS")),
  asServed("one-server-other-keys", fails("S18_SECURE", "S18_SERVER_BOGUS")),
  asServed("each-server-own-keys", fails("S18_SECURE", "S18_SERVERS_KEYS_DIFFER")),
  asServed("one-truncating-without-tcp", passes("S18_SERVER_SILENT")),
  asServed("one-server-without-address", passes("S18_SERVER_WITHOUT_ADDRESS")),
  asServed("child-bogus", passes("S18_CHILD_BOGUS")),
  asServed("zone-below-bogus", fails("S18_DNSKEY_MISSING")),
  asServed("name-not-in-zone", { tags: ["S18_NOT_REGISTERED"], verdict: "indeterminate", cause: "asset-not-found" }),
  asServed("one-lame", passes("S18_SERVER_LAME")),
  asServed("all-lame", {
    tags: ["S18_UNOBSERVED_DNS_SERVFAIL", "S18_SERVER_LAME", "S18_SERVERS_LAME"],
    verdict: "indeterminate",
    cause: "dns-servfail",
  }),
  asServed("one-silent", passes("S18_SERVER_SILENT")),
  asServed("all-silent", {
    tags: ["S18_UNOBSERVED_DNS_SERVFAIL", "S18_UNOBSERVED_DNS_TIMEOUT"],
    verdict: "indeterminate",
    cause: "dns-timeout",
  }),
  asServed("truncating", passes()),
  asServed("truncating-without-tcp", {
    tags: ["S18_UNOBSERVED_DNS_SERVFAIL", "S18_UNOBSERVED_CONNECTION_REFUSED"],
    verdict: "indeterminate",
    cause: "dns-servfail",
  }),
  asServed("ns-mismatch", passes("S18_NS_MISMATCH")),
  asServed("signed", passes("S18_SIGNATURE_EXPIRES_SOON"), {
    name: "signed, near the end",
    at: "2070-01-01T00:00:00.000Z",
  }),
  asServed(
    "signed",
    { tags: ["S18_UNOBSERVED_INTERNAL"], verdict: "indeterminate", cause: "internal" },
    { name: "the root expired as well: our clock is to be doubted", at: "2082-01-01T00:00:00.000Z" },
  ),
];

export const scenarios: readonly Scenario[] = [...SERVED, ...CHANGED_CHAIN_SCENARIOS, ...CHANGED_SERVER_SCENARIOS];
