import { observed } from "../../core/observation.ts";
import type { Scenario } from "../../core/scenario.ts";
import { fails, inWorld, IPV4, IPV6, leavesOpen, needsNothing } from "./plain-scenario-world.ts";
import {
  TLS,
  MUTE,
  banner,
  dialogue,
  ZONE,
  open,
  NO_TLS,
  GOOD_TLS,
  RELAY_TLS,
  serviceAsset,
  speaking,
} from "./service-scenario-world.ts";
import { endpoint } from "./tls-scenario-endpoint.ts";

/** 27.3: exempt by nature; and what is not there. */
export const SERVICE_EXEMPT_SCENARIOS: readonly Scenario[] = [
  speaking(open("ssh", 22), banner("ssh"), needsNothing("SSH encrypts by itself", "S27_SERVICE_OWN")),
  speaking(open("dns", 53), MUTE, needsNothing("a name server", "S27_SERVICE_EXEMPT")),
  inWorld(
    {
      zones: [ZONE],
      services: {
        [IPV4]: (where) => {
          const speech = dialogue("smtp", "offered", ["STARTTLS", "AUTH PLAIN"]);
          return observed({ ...where, state: "visited", speech, undecided: null });
        },
      },
      tls: { [IPV4]: endpoint() },
    },
    needsNothing("SMTP between servers", "S27_NOT_WEB", "S27_SERVICE_EXEMPT"),
    serviceAsset("smtp", 25),
    RELAY_TLS,
  ),
  speaking(
    { scheme: "smtp", port: 587, tls: true },
    dialogue("smtp", "offered", ["STARTTLS", "AUTH PLAIN"]),
    fails("SMTP at the port of submission", "S27_SERVICE_PLAIN_LOGIN"),
  ),
  inWorld(
    { zones: [ZONE] },
    needsNothing("NTP", "S27_NOT_WEB", "S27_SERVICE_EXEMPT"),
    serviceAsset("ntp", 123),
    NO_TLS,
  ),
  inWorld(
    { zones: [ZONE] },
    leavesOpen("SNMP over UDP", "not-observable", "S27_NOT_WEB", "S27_SERVICE_UDP"),
    serviceAsset("snmp", 161),
    NO_TLS,
  ),
  inWorld(
    { zones: [ZONE], services: { [IPV4]: (where) => observed({ ...where, state: "closed" }) } },
    needsNothing("telnet is closed", "S27_NOT_WEB", "S27_SERVICE_CLOSED"),
    serviceAsset("telnet", 23),
    NO_TLS,
  ),
  inWorld(
    { zones: [{ name: "kommune.dk", records: ["www TXT hej"] }] },
    needsNothing("a service without address", "S27_NOT_WEB", "S27_NO_ADDRESS"),
    serviceAsset("telnet", 23),
    NO_TLS,
  ),
  inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`www A ${IPV4}`, `www AAAA ${IPV6}`] }],
      families: ["ipv4"],
      services: { [IPV4]: (where) => observed({ ...where, state: "visited", speech: TLS, undecided: null }) },
      tls: { [IPV4]: endpoint() },
    },
    {
      name: "a service, no route to IPv6 from here",
      tags: ["S27_NOT_WEB", "S27_SERVICE_ENCRYPTED", "S27_ADDRESS_NOT_SEEN"],
      verdict: "pass",
    },
    serviceAsset("imaps", 993),
    [...GOOD_TLS, "S27_TLS_NOT_JUDGED", "S27_TLS_NOT_SEEN_HERE"],
  ),
  inWorld(
    { zones: [ZONE], tls: { [IPV4]: endpoint() } },
    leavesOpen("a silent service", "tcp-timeout", "S27_NOT_WEB", "S27_UNOBSERVED_TCP_TIMEOUT"),
    serviceAsset("imaps", 993),
    GOOD_TLS,
  ),
];
