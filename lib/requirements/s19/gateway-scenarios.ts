import { DNSSEC_POLICY } from "../../../data/dnssec-policy.ts";
import type { Scenario, WorldZone } from "../../core/scenario.ts";
import { MAX_GATEWAYS } from "../../mail/gateway-mx.ts";
import { GATEWAY, operator, own, type Said, seen } from "./scenario-worlds.ts";

const passes = (...more: string[]): Said => ({ tags: ["S19_GATEWAYS_SECURE", ...more], verdict: "pass" });
const fails = (...tags: string[]): Said => ({ tags, verdict: "fail" });
const open = (cause: NonNullable<Said["cause"]>, ...tags: string[]): Said => ({
  tags,
  verdict: "indeterminate",
  cause,
});

const MX = "@ MX 10 mx";
const ELSEWHERE = "@ MX 10 mx.gateway.dk.";
const A = "mx A 192.0.2.25";
const UNSIGNED = { state: "unsigned" } as const;

/** The names of Microsoft 365's gateways, old and new. */
const OUTLOOK: WorldZone = { name: "outlook.com", records: ["kommune-dk.mail.protection A 192.0.2.36"], ...UNSIGNED };
const MX_MICROSOFT: WorldZone = { name: "mx.microsoft", records: ["kommune-dk.x-v1 A 192.0.2.37"] };

const hosts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `@ MX 10 mx${String(index).padStart(3, "0")}.many`);

/** A gateway at the end of so many aliases. */
const aliased = (count: number): readonly string[] => [
  ...["@ MX 10 a0", `a${count} A 192.0.2.25`],
  ...Array.from({ length: count }, (_, index) => `a${index} CNAME a${index + 1}`),
];
const { aliases: MAX_ALIASES } = DNSSEC_POLICY.bounds;

/** Facts 19.5 and 19.6: where the gateways are. */
export const GATEWAY_SCENARIOS: readonly Scenario[] = [
  seen("gateway in another signed zone", [own([ELSEWHERE]), operator()], passes()),
  seen("gateway of one family, the other provably absent", [own([MX, A])], passes()),
  seen("gateway in an unsigned zone", [own([ELSEWHERE]), operator(UNSIGNED)], fails("S19_GATEWAY_UNSIGNED")),
  seen(
    "one good gateway and one in an unsigned zone",
    [own([MX, "@ MX 20 mx.gateway.dk.", ...GATEWAY]), operator(UNSIGNED)],
    fails("S19_GATEWAY_UNSIGNED"),
  ),
  seen(
    "gateway zone that does not validate",
    [own([ELSEWHERE]), operator({ state: "bogus" })],
    fails("S19_GATEWAY_BOGUS"),
  ),
  seen("A with a broken signature", [own([MX, ...GATEWAY], { spoilt: ["mx A"] })], fails("S19_GATEWAY_BOGUS")),
  seen(
    "AAAA with a broken signature, A good",
    [own([MX, ...GATEWAY], { spoilt: ["mx AAAA"] })],
    fails("S19_GATEWAY_BOGUS"),
  ),
  seen("missing AAAA that is not proven", [own([MX, A], { spoilt: ["mx NSEC"] })], fails("S19_GATEWAY_BOGUS")),
  seen(
    "Microsoft 365, old names",
    [own(["@ MX 0 kommune-dk.mail.protection.outlook.com."]), OUTLOOK],
    fails("S19_SUPPLIER_SIGNED_ELSEWHERE"),
  ),
  seen("Microsoft 365, signed names", [own(["@ MX 0 kommune-dk.x-v1.mx.microsoft."]), MX_MICROSOFT], passes()),
  seen(
    "a supplier without signed names that are known",
    [own(["@ MX 10 mx1.iphmx.com."]), { name: "iphmx.com", records: ["mx1 A 192.0.2.38"], ...UNSIGNED }],
    fails("S19_SUPPLIER_UNSIGNED"),
  ),
  seen(
    "a supplier whose signed zone is unsigned after all",
    [own(["@ MX 0 kommune-dk.x-v1.mx.microsoft."]), { ...MX_MICROSOFT, ...UNSIGNED }],
    fails("S19_SUPPLIER_UNSIGNED"),
  ),
  seen(
    "SERVFAIL about A",
    [own([MX, ...GATEWAY], { failing: ["mx A"] })],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen(
    "no answer about AAAA",
    [own([MX, ...GATEWAY], { silent: ["mx AAAA"] })],
    open("dns-timeout", "S19_UNOBSERVED_DNS_TIMEOUT"),
  ),
  seen(
    "gateway zone without an answer",
    [own([ELSEWHERE]), operator({ state: "silent" })],
    open("dns-timeout", "S19_UNOBSERVED_DNS_TIMEOUT"),
  ),
  seen(
    "gateway zone that answers SERVFAIL",
    [own([ELSEWHERE]), operator({ state: "failing" })],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen(
    "SERVFAIL about one gateway, another in an unsigned zone",
    [own([MX, "@ MX 20 mx.gateway.dk.", ...GATEWAY], { failing: ["mx A"] }), operator(UNSIGNED)],
    fails("S19_UNOBSERVED_DNS_SERVFAIL", "S19_GATEWAY_UNSIGNED"),
  ),
  seen("one gateway that does not exist", [own([MX, "@ MX 20 gone", ...GATEWAY])], passes("S19_GATEWAY_DEAD")),
  seen(
    "one gateway without addresses",
    [own([MX, "@ MX 20 gone", "gone TXT x", ...GATEWAY])],
    passes("S19_GATEWAY_DEAD"),
  ),
  seen(
    "one gateway that does not exist in an unsigned zone",
    [own([MX, "@ MX 20 gone.gateway.dk.", ...GATEWAY]), operator(UNSIGNED)],
    fails("S19_GATEWAY_DEAD_UNSIGNED"),
  ),
  seen("no gateway that exists", [own(["@ MX 10 gone", "@ MX 20 lost"])], fails("S19_NO_GATEWAY_RESOLVES")),
  seen(
    "no gateway that exists, one of them unknown",
    [own(["@ MX 10 gone", "@ MX 20 mx.gateway.dk."]), operator({ state: "silent" })],
    open("dns-timeout", "S19_GATEWAY_DEAD", "S19_UNOBSERVED_DNS_TIMEOUT"),
  ),
  seen(
    "no gateway that exists, in an unsigned zone",
    [own(["@ MX 10 gone.gateway.dk."]), operator(UNSIGNED)],
    fails("S19_NO_GATEWAY_RESOLVES", "S19_GATEWAY_DEAD_UNSIGNED"),
  ),
  seen(
    "MX to an address beside a good gateway",
    [own([MX, "@ MX 20 192.0.2.1.", ...GATEWAY])],
    passes("S19_MX_IS_ADDRESS"),
  ),
  seen("MX to an address alone", [own(["@ MX 10 192.0.2.1."])], fails("S19_MX_IS_ADDRESS", "S19_NO_GATEWAY_RESOLVES")),
  seen("MX to the own apex", [own(["@ MX 10 @", "@ A 192.0.2.80"])], passes()),
  seen("one host with two preferences", [own([MX, "@ MX 20 mx", ...GATEWAY])], passes()),
  seen("hosts of equal preference", [own([MX, "@ MX 10 mx2", ...GATEWAY, "mx2 A 192.0.2.26"])], passes()),
  seen(
    "MX to an alias in the own zone",
    [own(["@ MX 10 post", "post CNAME mx", ...GATEWAY])],
    passes("S19_MX_IS_ALIAS"),
  ),
  seen(
    "MX to an alias of another signed zone",
    [own(["@ MX 10 post", "post CNAME mx.gateway.dk."]), operator()],
    passes("S19_MX_IS_ALIAS"),
  ),
  seen(
    "MX to an alias of an unsigned zone",
    [own(["@ MX 10 post", "post CNAME mx.gateway.dk."]), operator(UNSIGNED)],
    fails("S19_MX_IS_ALIAS", "S19_GATEWAY_UNSIGNED"),
  ),
  seen(
    "MX to an alias in an unsigned zone of a signed name",
    [own(["@ MX 10 post.gateway.dk.", ...GATEWAY]), operator(UNSIGNED, ["post CNAME mx.kommune.dk."])],
    fails("S19_MX_IS_ALIAS", "S19_GATEWAY_UNSIGNED"),
  ),
  seen(
    "MX to an alias of Microsoft 365's old names",
    [own(["@ MX 10 post", "post CNAME kommune-dk.mail.protection.outlook.com."]), OUTLOOK],
    fails("S19_MX_IS_ALIAS", "S19_SUPPLIER_SIGNED_ELSEWHERE"),
  ),
  seen(
    "MX to an alias of a name that does not exist",
    [own([MX, "@ MX 20 post", "post CNAME gone", ...GATEWAY])],
    passes("S19_GATEWAY_DEAD", "S19_MX_IS_ALIAS"),
  ),
  seen("MX to as many aliases as are followed", [own(aliased(MAX_ALIASES))], passes("S19_MX_IS_ALIAS")),
  seen(
    "MX to more aliases than are followed",
    [own(aliased(MAX_ALIASES + 1))],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL", "S19_MX_IS_ALIAS"),
  ),
  seen(
    "MX to aliases that loop",
    [own(["@ MX 10 post", "post CNAME brev", "brev CNAME post"])],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen(
    "twelve gateways, the last in an unsigned zone",
    [own([...hosts(11), "@ MX 90 mx.gateway.dk.", "*.many A 192.0.2.99"]), operator(UNSIGNED)],
    fails("S19_GATEWAY_UNSIGNED"),
  ),
  seen("as many gateways as are looked at", [own([...hosts(MAX_GATEWAYS), "*.many A 192.0.2.99"])], passes()),
  seen(
    "more gateways than are looked at",
    [own([...hosts(MAX_GATEWAYS + 1), "*.many A 192.0.2.99"])],
    open("tool-limit", "S19_UNOBSERVED_TOOL_LIMIT"),
  ),
  seen(
    "signed address records that hold no address",
    [own([MX, "mx A \\# 5 c000020119"])],
    open("protocol-error", "S19_UNOBSERVED_PROTOCOL_ERROR"),
  ),
];
