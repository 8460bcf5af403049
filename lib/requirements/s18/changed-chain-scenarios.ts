import type { Scenario } from "../../core/scenario.ts";
import {
  changed,
  inChain,
  silence,
  servfail,
  alterAnswer,
  flipLastOctet,
  resolvers,
  withoutTarget,
} from "./altered-observations.ts";

const GOOD = ["S18_SECURE", "S18_SERVERS_AGREE"] as const;

/** What resolvers hand out and no zone file can play: altered data, silence at one question, dissent of validators. */
export const CHANGED_CHAIN_SCENARIOS: readonly Scenario[] = [
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "A", alterAnswer("A", flipLastOctet)) },
    {
      name: "an address altered on its way",
      tags: ["S18_SIGNATURE_INVALID", "S18_SERVERS_AGREE"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    {
      chain: inChain(
        "oevelse.dk.",
        "A",
        alterAnswer("A", (record) => ({ ...record, data: "!" })),
      ),
    },
    {
      name: "an address that is no RDATA",
      tags: ["S18_BOGUS", "S18_SERVERS_AGREE"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { chain: inChain("dk.", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "the top-level domain's keys do not verify",
      tags: ["S18_PARENT_BOGUS"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { chain: inChain(".", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "the root's keys do not verify: we doubt ourselves",
      tags: ["S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: (chain) => ({ ...chain, anchors: [] }) },
    {
      name: "no trust anchor",
      tags: ["S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: (chain) => ({ ...chain, book: [] }) },
    {
      name: "an observation without replies",
      tags: ["S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "MX", silence) },
    {
      name: "no answer about MX",
      tags: ["S18_UNOBSERVED_DNS_TIMEOUT", "S18_SERVERS_AGREE"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "MX", servfail) },
    {
      name: "SERVFAIL about MX",
      tags: ["S18_UNOBSERVED_DNS_SERVFAIL", "S18_SERVERS_AGREE"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "DS", silence) },
    {
      name: "no answer about DS",
      tags: ["S18_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { chain: inChain("www.oevelse.dk.", "A", servfail) },
    {
      name: "a name below without an answer",
      tags: [...GOOD, "S18_NAME_UNANSWERED"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { chain: inChain("www.oevelse.dk.", "A", alterAnswer("A", flipLastOctet)) },
    {
      name: "a name below altered on its way",
      tags: ["S18_SIGNATURE_INVALID", "S18_SERVERS_AGREE"],
      verdict: "fail",
    },
  ),
  changed(
    "cname-into-unsigned",
    { chain: withoutTarget },
    {
      name: "an alias into a zone that gives no answer",
      tags: [...GOOD, "S18_ALIAS_UNRESOLVED"],
      verdict: "pass",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "a delegated zone that does not validate",
      tags: [...GOOD, "S18_CHILD_BOGUS"],
      verdict: "pass",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "a delegated zone that does not validate, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD, "S18_CHILD_BOGUS_STATE"],
      verdict: "fail",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DS", servfail) },
    {
      name: "a declared zone about whose DS there is no answer, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD, "S18_UNOBSERVED_DNS_SERVFAIL", "S18_NAME_UNANSWERED"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
  changed(
    "signed",
    { chain: inChain("www.oevelse.dk.", "DS", servfail) },
    {
      name: "a name that nobody calls a zone, without an answer about its DS, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD],
      verdict: "pass",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DNSKEY", servfail) },
    {
      name: "a delegated zone without an answer, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD, "S18_UNOBSERVED_DNS_SERVFAIL", "S18_NAME_UNANSWERED"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
  changed(
    "signed",
    { chain: (chain) => ({ ...chain, source: "name servers", discarded: ["resolvers"] }) },
    {
      name: "resolvers whose data does not hold, where the name servers' does",
      tags: [...GOOD, "S18_SOURCE_DISCARDED"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { chain: resolvers("bogus", "bogus") },
    {
      name: "two validators reject what we accept",
      tags: [...GOOD, "S18_CROSS_CHECK_BOGUS"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: resolvers("bogus", "secure") },
    {
      name: "validators disagree with each other",
      tags: [...GOOD],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { chain: resolvers("bogus", "unknown") },
    {
      name: "one validator rejects what we accept",
      tags: [...GOOD],
      verdict: "pass",
    },
  ),
  changed(
    "expired",
    { chain: resolvers("secure", "secure") },
    {
      name: "two validators accept what we reject",
      tags: ["S18_SIGNATURE_EXPIRED", "S18_CROSS_CHECK_SECURE"],
      verdict: "fail",
    },
  ),
];
