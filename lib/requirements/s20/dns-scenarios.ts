import type { Scenario } from "../../core/scenario.ts";
import {
  fails,
  inWorld,
  inZone,
  IPV4,
  IPV6,
  leavesOpen,
  ONE_GATEWAY,
  passes,
  tlsa,
  tlsaData,
} from "./scenario-world.ts";
import { changed, oneZone, provider, RECORD, WELL, zone } from "./scenario-zones.ts";

/** 20.2 and 20.3: the records. */
const RECORDS: readonly Scenario[] = [
  inZone([...ONE_GATEWAY], fails("no TLSA record", "S20_TLSA_MISSING")),
  inWorld(
    { zones: [zone([...ONE_GATEWAY], { compactDenial: true })] },
    fails("no TLSA record, denied compactly", "S20_TLSA_MISSING"),
  ),
  inZone(
    [...ONE_GATEWAY, '_mta-sts TXT "v=STSv1; id=20261123"'],
    fails("MTA-STS and no TLSA record", "S20_TLSA_MISSING"),
  ),
  inWorld(
    {
      zones: [
        zone([...ONE_GATEWAY]),
        { name: "_tcp.mx.kommune.dk", records: [`_25 TLSA ${tlsaData("3 1 1", "ecdsa")}`], state: "unsigned" },
      ],
    },
    fails("the records are in an unsigned zone", "S20_TLSA_INSECURE"),
  ),
  inWorld(
    { zones: [zone([...ONE_GATEWAY, "_25._tcp.mx CNAME dane.udbyder.dk."]), provider({ state: "unsigned" })] },
    fails("a TLSA alias into an unsigned zone", "S20_TLSA_INSECURE"),
  ),
  inWorld(
    {
      zones: [
        zone([...ONE_GATEWAY, "_25._tcp.mx CNAME dane.udbyder.dk."]),
        provider({ records: [`dane TLSA ${tlsaData("3 1 1", "ecdsa")}`] }),
      ],
      gateways: WELL,
    },
    passes("a TLSA alias into another signed zone"),
  ),
  inWorld(oneZone({ spoilt: ["_25._tcp.mx TLSA"] }), fails("TLSA does not validate", "S20_TLSA_BOGUS")),
  inWorld(
    { zones: [zone([...ONE_GATEWAY, "_25._tcp.mx TXT here"], { spoilt: ["_25._tcp.mx NSEC"] })] },
    fails("the proof that there is no TLSA does not validate", "S20_TLSA_BOGUS"),
  ),
  inWorld(oneZone({ failing: ["_25._tcp.mx TLSA"] }), fails("SERVFAIL about TLSA", "S20_TLSA_SERVFAIL")),
  inWorld(
    oneZone({ silent: ["_25._tcp.mx TLSA"] }),
    leavesOpen("no answer about TLSA", "dns-timeout", "S20_UNOBSERVED_DNS_TIMEOUT"),
  ),
  inZone([...ONE_GATEWAY, tlsa("1 1 1", "ecdsa")], fails("only PKIX-EE", "S20_TLSA_UNUSABLE")),
  inZone([...ONE_GATEWAY, tlsa("0 0 1", "root")], fails("only PKIX-TA", "S20_TLSA_UNUSABLE")),
  inZone([...ONE_GATEWAY, `${RECORD}00`], fails("a digest that is too long", "S20_TLSA_UNUSABLE")),
  inZone(
    [...ONE_GATEWAY, tlsa("3 2 1", "ecdsa"), tlsa("3 1 3", "ecdsa"), tlsa("4 1 1", "ecdsa")],
    fails("numbers that mean nothing", "S20_TLSA_UNUSABLE"),
  ),
  inZone(
    [...ONE_GATEWAY, RECORD, tlsa("1 1 1", "ecdsa")],
    passes("PKIX-EE beside DANE-EE", "S20_TLSA_UNUSABLE_BESIDE"),
  ),
  inWorld(
    {
      zones: [
        zone(["@ MX 10 mx", "mx CNAME gw.udbyder.dk."]),
        { name: "udbyder.dk", records: [`gw A ${IPV4}`, tlsa("2 1 1", "intermediate", "_25._tcp.gw")] },
      ],
      gateways: WELL,
    },
    fails("MX is an alias: the records are at its target, and so must the certificate's name be", "S20_NAME_MISMATCH"),
  ),
  inWorld(
    {
      zones: [
        zone(["@ MX 10 mx", "mx CNAME gw.udbyder.dk.", "_25._tcp.mx TLSA " + tlsaData("2 1 1", "intermediate")]),
        { name: "udbyder.dk", records: [`gw A ${IPV4}`] },
      ],
      gateways: WELL,
    },
    passes("MX is an alias: the records are at its own name"),
  ),
  inWorld(
    oneZone({ deniesEmptyNonTerminals: true }),
    passes("_tcp is denied, though records are below", "S20_DENIAL_WRONG"),
  ),
];

/** Observations that do not belong together: our own fault, never a pass. */
const CONTRADICTIONS: readonly Scenario[] = [
  changed(
    inWorld(
      oneZone({}),
      leavesOpen("nothing was visited, though there is a gateway", "internal", "S20_UNOBSERVED_INTERNAL"),
    ),
    (one) =>
      one.kind === "smtp.gateway"
        ? {
            ...one,
            target: one.asset,
            result: { state: "observed", value: { state: "nothing-to-visit", why: "no-gateway" } },
          }
        : one,
  ),
  changed(
    inWorld(oneZone({}), leavesOpen("another address was visited", "internal", "S20_UNOBSERVED_INTERNAL")),
    (one) =>
      one.kind === "smtp.gateway" && one.result.state === "observed" && "address" in one.result.value
        ? { ...one, result: { state: "observed", value: { ...one.result.value, address: IPV6 } } }
        : one,
  ),
];

export const DNS_SCENARIOS: readonly Scenario[] = [...RECORDS, ...CONTRADICTIONS];
