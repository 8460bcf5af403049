import { DNSSEC_POLICY } from "../../../data/dnssec-policy.ts";
import type { Scenario, WorldZone } from "../../core/scenario.ts";
import { name } from "../../wire/name.ts";
import { fails, inWorld, inZone, IPV4, kommune, leavesOpen, ONE_GATEWAY, passes, tlsa } from "./scenario-world.ts";
import { changed, oneZone, PROVIDED, provider, RECORD, WELL, zone } from "./scenario-zones.ts";

/** The name that rehearsals ask for, since nobody has made it. */
const RANDOM = "etlangtnavnudenhold";
const notFound = (said: string) => leavesOpen(said, "asset-not-found", "S20_NOT_REGISTERED");

/** A gateway at the end of so many aliases. */
const aliased = (count: number): readonly string[] => [
  "@ MX 10 a0",
  ...Array.from({ length: count }, (_, index) => `a${index} CNAME a${index + 1}`),
  ...[`a${count} A ${IPV4}`, tlsa("3 1 1", "ecdsa", `_25._tcp.a${count}`)],
];
const { aliases: MAX_ALIASES } = DNSSEC_POLICY.bounds;
const SHA1_DS = `post DS 4711 5 1 ${"ab".repeat(20)}`;

/** 20.1: MX and addresses. */
const ROUTES: readonly Scenario[] = [
  inWorld({ zones: [zone(PROVIDED), provider()], gateways: WELL }, passes("the gateway is a provider's")),
  inWorld(
    { zones: [zone(PROVIDED, { state: "unsigned" }), provider()], gateways: WELL },
    fails("MX is not signed, the gateway is", "S20_MX_INSECURE", "S20_GATEWAY_MATCHES"),
  ),
  inWorld(oneZone({ spoilt: ["@ MX"] }), fails("MX does not validate", "S20_MX_BOGUS")),
  inWorld(oneZone({ silent: ["@ MX"] }), leavesOpen("no answer about MX", "dns-timeout", "S20_UNOBSERVED_DNS_TIMEOUT")),
  inWorld(
    { zones: [zone(PROVIDED), provider({ state: "unsigned" })], gateways: WELL },
    fails("the provider's zone is not signed", "S20_GATEWAY_INSECURE"),
  ),
  inWorld(oneZone({ spoilt: ["mx A"] }), fails("the gateway's address does not validate", "S20_GATEWAY_BOGUS")),
  inWorld(
    oneZone({ silent: ["mx A"] }),
    leavesOpen("no answer about the gateway's address", "dns-timeout", "S20_UNOBSERVED_DNS_TIMEOUT"),
  ),
  inWorld(
    oneZone({ silent: ["mx AAAA"] }),
    leavesOpen("no answer about AAAA", "dns-timeout", "S20_GATEWAY_MATCHES", "S20_UNOBSERVED_DNS_TIMEOUT"),
  ),
  inZone(aliased(MAX_ALIASES), passes("as many aliases as are followed")),
  inZone(
    aliased(MAX_ALIASES + 1),
    leavesOpen("more aliases than are followed", "dns-servfail", "S20_UNOBSERVED_DNS_SERVFAIL"),
  ),
  inWorld(
    {
      zones: [
        zone(["@ MX 10 mx.post", SHA1_DS]),
        { name: "post.kommune.dk", records: [`mx A ${IPV4}`], state: "unsigned" },
      ],
    },
    fails("the gateway's zone is signed with SHA-1 only", "S20_GATEWAY_INSECURE"),
  ),
  changed(
    inWorld(oneZone({}), leavesOpen("the root does not verify", "internal", "S20_UNOBSERVED_INTERNAL")),
    (one) => {
      if (one.kind !== "dns.dane" || one.result.state !== "observed") return one;
      const { value } = one.result;
      if (!("anchors" in value)) return one;
      const anchors = value.anchors.map((anchor) => ({ ...anchor, digest: "00".repeat(32) }));
      return { ...one, result: { state: "observed", value: { ...value, anchors } } };
    },
  ),
  inZone(["@ MX 0 ."], { name: "null MX", tags: ["S20_NULL_MX"], verdict: "not-applicable" }),
  inZone([...ONE_GATEWAY, RECORD, "@ MX 0 ."], passes("null MX beside a gateway", "S20_NULL_MX_BESIDES")),
  inZone(["www A 192.0.2.80"], { name: "no mail at all", tags: ["S20_NO_MAIL"], verdict: "not-applicable" }),
  inZone(["@ A 192.0.2.80"], leavesOpen("an address and no MX", "not-observable", "S20_IMPLICIT_GATEWAY")),
  inZone(
    [`@ A ${IPV4}`, tlsa("2 1 1", "intermediate", "_25._tcp")],
    fails("an address and no MX, all set for DANE, but the certificate is for another name", "S20_NAME_MISMATCH"),
  ),
  inZone([`@ A ${IPV4}`, tlsa("3 1 1", "ecdsa", "_25._tcp")], passes("an address and no MX, all set for DANE")),
  inWorld(
    { zones: [zone([`@ A ${IPV4}`])] },
    fails("an address and no MX, and the inventory says that it takes in mail", "S20_TLSA_MISSING"),
    { ...kommune, mailGateways: [name("kommune.dk")] },
  ),
  inWorld(
    { zones: [zone([...ONE_GATEWAY, RECORD, "tunnel A 192.0.2.26"])], gateways: WELL },
    fails("a gateway that only the inventory names", "S20_GATEWAY_MATCHES", "S20_TLSA_MISSING"),
    { ...kommune, mailGateways: [name("tunnel.kommune.dk")] },
  ),
  inZone(
    [...ONE_GATEWAY, RECORD, "* MX 10 mx2", "mx2 A 192.0.2.26"],
    fails("a wildcard leads to a gateway without DANE", "S20_GATEWAY_MATCHES", "S20_TLSA_MISSING"),
  ),
  inZone(
    [...ONE_GATEWAY, RECORD, "@ MX 20 gone"],
    passes("one of two gateways does not exist", "S20_GATEWAY_WITHOUT_ADDRESS"),
  ),
  inZone(["@ MX 10 gone"], fails("the only gateway does not exist", "S20_GATEWAYS_WITHOUT_ADDRESS")),
  inZone(["@ MX 10 gone", "@ MX 20 lost", "@ MX 30 away"], fails("no gateway exists", "S20_GATEWAYS_WITHOUT_ADDRESS")),
  inWorld(
    { zones: [zone(["@ MX 10 gone.udbyder.dk."]), provider({ state: "unsigned" })] },
    fails(
      "the only gateway does not exist in an unsigned zone",
      "S20_GATEWAYS_WITHOUT_ADDRESS",
      "S20_GATEWAY_DEAD_UNSIGNED",
    ),
  ),
  inWorld(
    {
      zones: [zone([...ONE_GATEWAY, RECORD, "@ MX 20 gone.udbyder.dk."]), provider({ state: "unsigned" })],
      gateways: WELL,
    },
    fails("one of two gateways does not exist in an unsigned zone", "S20_GATEWAY_DEAD_UNSIGNED", "S20_GATEWAY_MATCHES"),
  ),
  inWorld(
    {
      zones: [
        zone([...ONE_GATEWAY, RECORD, "@ MX 20 post", "post CNAME gone.udbyder.dk."]),
        provider({ state: "unsigned" }),
      ],
      gateways: WELL,
    },
    fails(
      "one of two gateways is an alias of nothing in an unsigned zone",
      "S20_GATEWAY_DEAD_UNSIGNED",
      "S20_GATEWAY_MATCHES",
    ),
  ),
  inWorld(
    { zones: [zone([...ONE_GATEWAY, RECORD])], gateways: WELL },
    leavesOpen(
      "a gateway that only the inventory names does not exist",
      "asset-not-found",
      "S20_GATEWAY_MATCHES",
      "S20_DECLARED_NOT_FOUND",
    ),
    { ...kommune, mailGateways: [name("gone.kommune.dk")] },
  ),
  inWorld(
    { zones: [zone([...ONE_GATEWAY, RECORD]), provider({ state: "unsigned" })], gateways: WELL },
    leavesOpen(
      "a gateway that only the inventory names does not exist in an unsigned zone",
      "asset-not-found",
      "S20_GATEWAY_MATCHES",
      "S20_DECLARED_NOT_FOUND",
    ),
    { ...kommune, mailGateways: [name("mx.kommune.dk"), name("gone.udbyder.dk")] },
  ),
  inWorld({ zones: [zone(ONE_GATEWAY)] }, notFound("the domain does not exist"), {
    ...kommune,
    ...{ id: "domain:andet.dk", name: "andet.dk", domain: name("andet.dk") },
  }),
  inWorld({ zones: [zone(ONE_GATEWAY)] }, notFound("the name below the domain does not exist"), {
    ...kommune,
    ...{ id: "domain:skole.kommune.dk", name: "skole.kommune.dk", domain: name("skole.kommune.dk") },
  }),
  inZone(
    [...ONE_GATEWAY, RECORD, "@ MX 20 mx2", "mx2 A 192.0.2.26"],
    fails("one of two gateways has DANE", "S20_GATEWAY_MATCHES", "S20_TLSA_MISSING"),
  ),
];

/** Edge 16: a wildcard MX is one more mail domain, and so is one that cannot be seen. */
const WILDCARD = [...ONE_GATEWAY, RECORD, "* MX 10 mx"];
const wild = (changes: Partial<WorldZone>, records: readonly string[] = WILDCARD) => ({
  zones: [zone(records, changes)],
  gateways: WELL,
});
const WILDCARDS: readonly Scenario[] = [
  inWorld(wild({}), passes("a wildcard leads to the same gateway")),
  inWorld(wild({ spoilt: ["* MX"] }), fails("a wildcard MX does not validate", "S20_MX_BOGUS", "S20_GATEWAY_MATCHES")),
  inWorld(
    wild({ failing: [`${RANDOM} MX`] }),
    leavesOpen("SERVFAIL about a missing name", "dns-servfail", "S20_GATEWAY_MATCHES", "S20_UNOBSERVED_DNS_SERVFAIL"),
  ),
  inWorld(
    wild({ silent: [`${RANDOM} MX`] }),
    leavesOpen("no answer about a missing name", "dns-timeout", "S20_GATEWAY_MATCHES", "S20_UNOBSERVED_DNS_TIMEOUT"),
  ),
  inWorld(
    wild({ spoilt: [`${RANDOM} NSEC`] }, [...ONE_GATEWAY, RECORD]),
    leavesOpen(
      "the denial of a missing name is broken",
      "dns-servfail",
      "S20_WILDCARD_UNPROVEN",
      "S20_GATEWAY_MATCHES",
    ),
  ),
  inWorld(
    wild({ spoilt: ["* MX"] }, ["@ MX 0 .", "* MX 10 mx", `mx A ${IPV4}`]),
    fails("a wildcard MX beside null MX does not validate", "S20_NULL_MX", "S20_MX_BOGUS"),
  ),
  inWorld(
    wild({ failing: [`${RANDOM} MX`] }, ["@ MX 0 ."]),
    leavesOpen(
      "SERVFAIL about a missing name beside null MX",
      "dns-servfail",
      "S20_NULL_MX",
      "S20_UNOBSERVED_DNS_SERVFAIL",
    ),
  ),
];

export const ROUTE_SCENARIOS: readonly Scenario[] = [...ROUTES, ...WILDCARDS];
