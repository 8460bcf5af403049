import type { Scenario } from "../../core/scenario.ts";
import {
  changed,
  firstServer,
  everyServer,
  unreachable,
  OTHER_RANDOM_NAME,
  askedAboutOtherName,
  authoritativeReferral,
  withoutAnswerTo,
} from "./altered-observations.ts";

const GOOD = ["S18_SECURE", "S18_SERVERS_AGREE"] as const;

/** What name servers do and no zone file can play: silence, being out of reach, denials about another name. */
export const CHANGED_SERVER_SCENARIOS: readonly Scenario[] = [
  changed(
    "signed",
    { servers: (all) => ({ ...firstServer(unreachable)(all), demandedFamilies: ["ipv4", "ipv6"] }) },
    {
      name: "one name server out of reach from here, though its family is demanded",
      tags: [...GOOD, "S18_UNOBSERVED_VANTAGE_BLOCKED"],
      verdict: "indeterminate",
      cause: "vantage-blocked",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(unreachable) },
    {
      name: "one name server out of reach from here",
      tags: [...GOOD, "S18_SERVER_UNREACHABLE"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(withoutAnswerTo("MX")) },
    {
      name: "one name server that does not answer about MX",
      tags: [...GOOD, "S18_SERVER_INCOMPLETE"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(withoutAnswerTo("SOA")) },
    {
      name: "one name server whose SOA was lost",
      tags: [...GOOD, "S18_SERVER_INCOMPLETE"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(authoritativeReferral("A")) },
    {
      name: "one name server that denies its address with authority and without proof",
      tags: ["S18_SECURE", "S18_SERVER_BOGUS"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { servers: everyServer((server) => ({ ...server, book: server.book.slice(0, 2) })) },
    {
      name: "name servers of which only the first answers were kept",
      tags: ["S18_SECURE", "S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, servers: [] }) },
    {
      name: "no name server was looked at",
      tags: ["S18_SECURE", "S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, leftOut: "the 33rd name server and 8 more were not asked" }) },
    {
      name: "more name servers than one visit can ask",
      tags: [...GOOD, "S18_UNOBSERVED_TOOL_LIMIT"],
      verdict: "indeterminate",
      cause: "tool-limit",
    },
  ),
  changed(
    "signed",
    { servers: everyServer(withoutAnswerTo("MX")) },
    {
      name: "name servers that do not answer about MX",
      tags: ["S18_SECURE", "S18_SERVER_INCOMPLETE", "S18_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { servers: everyServer(withoutAnswerTo("SOA")) },
    {
      name: "name servers whose SOA was lost",
      tags: ["S18_SECURE", "S18_SERVER_INCOMPLETE", "S18_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...everyServer(askedAboutOtherName)(all), randomName: OTHER_RANDOM_NAME }) },
    {
      name: "name servers asked about another random name than the chain",
      tags: ["S18_SECURE", "S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, withoutAddress: [{ server: all.domain, why: "NXDOMAIN" }] }) },
    {
      name: "a name server without an address",
      tags: [...GOOD, "S18_SERVER_WITHOUT_ADDRESS"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, servers: [], withoutAddress: [{ server: all.domain, why: "NXDOMAIN" }] }) },
    {
      name: "no name server with an address",
      tags: ["S18_SECURE", "S18_SERVER_WITHOUT_ADDRESS", "S18_SERVERS_LAME"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
];
