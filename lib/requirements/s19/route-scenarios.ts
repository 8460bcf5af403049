import type { Scenario } from "../../core/scenario.ts";
import { changed, declaring, GATEWAY, operator, own, type Said, seen, withReply } from "./scenario-worlds.ts";

const PASS = "S19_GATEWAYS_SECURE";
const passes = (...more: string[]): Said => ({ tags: [PASS, ...more], verdict: "pass" });
const fails = (...tags: string[]): Said => ({ tags, verdict: "fail" });
const excused = (...tags: string[]): Said => ({ tags, verdict: "not-applicable" });
const open = (cause: NonNullable<Said["cause"]>, ...tags: string[]): Said => ({
  tags,
  verdict: "indeterminate",
  cause,
});
const inState = (said: Said): Said => ({ ...said, reading: "stat-2024-10" });

const MX = "@ MX 10 mx";
const ELSEWHERE = "@ MX 10 mx.gateway.dk.";
const ADDRESSES = ["@ A 192.0.2.80", "@ AAAA 2001:db8::80"];

/** Facts 19.1 to 19.4: how mail comes in at all. */
export const ROUTE_SCENARIOS: readonly Scenario[] = [
  seen("own gateway in the own zone", [own([MX, ...GATEWAY])], passes()),
  seen("own gateway in the own zone, state reading", [own([MX, ...GATEWAY])], inState(passes())),
  seen("MX unsigned, gateway signed", [own([ELSEWHERE], { state: "unsigned" }), operator()], passes("S19_MX_UNSIGNED")),
  seen(
    "MX unsigned, gateway signed, state reading",
    [own([ELSEWHERE], { state: "unsigned" }), operator()],
    inState(fails("S19_MX_UNSIGNED_STATE")),
  ),
  seen(
    "everything unsigned",
    [own([MX, ...GATEWAY], { state: "unsigned" })],
    fails("S19_MX_UNSIGNED", "S19_GATEWAY_UNSIGNED"),
  ),
  seen("MX with a broken signature", [own([MX, ...GATEWAY], { spoilt: ["@ MX"] })], fails("S19_MX_BOGUS")),
  seen(
    "the domain's zone does not validate",
    [own([ELSEWHERE], { state: "bogus" }), operator()],
    fails("S19_MX_BOGUS"),
  ),
  seen("missing MX that is not proven", [own(ADDRESSES, { spoilt: ["@ NSEC"] })], fails("S19_MX_BOGUS")),
  seen(
    "SERVFAIL about MX",
    [own([MX, ...GATEWAY], { failing: ["@ MX"] })],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen(
    "no answer about MX",
    [own([MX, ...GATEWAY], { silent: ["@ MX"] })],
    open("dns-timeout", "S19_UNOBSERVED_DNS_TIMEOUT"),
  ),
  seen(
    "domain that does not exist",
    [{ name: "anden.dk", records: [] }],
    open("asset-not-found", "S19_NOT_REGISTERED"),
  ),
  changed(
    "MX records that cannot be read",
    [own([ELSEWHERE], { state: "unsigned" }), operator()],
    (value) =>
      withReply(value, ["kommune.dk", "MX"], (reply) => ({
        ...reply,
        answer: reply.answer.map((record) => ({ ...record, data: "AA==" })),
      })),
    open("protocol-error", "S19_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  changed(
    "an MX record that cannot be read beside one that can",
    [own([ELSEWHERE], { state: "unsigned" }), operator()],
    (value) =>
      withReply(value, ["kommune.dk", "MX"], (reply) => ({
        ...reply,
        answer: reply.answer.flatMap((record) => [record, { ...record, data: "AA==" }]),
      })),
    open("protocol-error", "S19_MX_UNSIGNED", "S19_UNOBSERVED_PROTOCOL_ERROR"),
  ),
  changed(
    "a root that does not verify",
    [own([MX, ...GATEWAY])],
    (value) => ({ ...value, anchors: value.anchors.map((anchor) => ({ ...anchor, digest: "00".repeat(32) })) }),
    open("internal", "S19_UNOBSERVED_INTERNAL"),
  ),
  changed(
    "a book that is not complete",
    [own([MX, ...GATEWAY])],
    (value) => ({ ...value, book: value.book.filter(({ question }) => question.type !== "AAAA") }),
    open("internal", "S19_UNOBSERVED_INTERNAL"),
  ),
  changed(
    "a source whose data does not hold",
    [own([MX, ...GATEWAY])],
    (value) => ({ ...value, source: "name servers", discarded: ["resolvers"] }),
    passes("S19_SOURCE_DISCARDED"),
  ),
  seen("null MX", [own(["@ MX 0 .", ...ADDRESSES])], excused("S19_NULL_MX")),
  seen("null MX, unsigned", [own(["@ MX 0 .", ...ADDRESSES], { state: "unsigned" })], excused("S19_NULL_MX")),
  seen("null MX, unsigned, state reading", [own(["@ MX 0 ."], { state: "unsigned" })], inState(excused("S19_NULL_MX"))),
  seen("null MX with a preference", [own(["@ MX 10 ."])], excused("S19_NULL_MX", "S19_NULL_MX_PREFERENCE")),
  seen("null MX beside a good gateway", [own(["@ MX 0 .", MX, ...GATEWAY])], passes("S19_NULL_MX_BESIDE_OTHERS")),
  seen(
    "null MX beside an unsigned gateway",
    [own(["@ MX 0 .", ELSEWHERE]), operator({ state: "unsigned" })],
    fails("S19_NULL_MX_BESIDE_OTHERS", "S19_GATEWAY_UNSIGNED"),
  ),
  seen("neither MX nor addresses", [own(["www A 192.0.2.80"])], excused("S19_NO_MAIL")),
  seen("neither MX nor addresses, unsigned", [own([], { state: "unsigned" })], excused("S19_NO_MAIL")),
  seen("no MX, signed addresses", [own(ADDRESSES)], passes("S19_IMPLICIT_MX")),
  seen("no MX, signed address of one family", [own(ADDRESSES.slice(1))], passes("S19_IMPLICIT_MX")),
  seen(
    "no MX, unsigned addresses",
    [own(ADDRESSES, { state: "unsigned" })],
    open("not-observable", "S19_IMPLICIT_UNPROTECTED"),
  ),
  seen(
    "no MX, addresses with a broken signature",
    [own(ADDRESSES, { spoilt: ["@ A"] })],
    open("not-observable", "S19_IMPLICIT_UNPROTECTED"),
  ),
  seen(
    "no MX, unsigned addresses, gateways declared",
    [own(ADDRESSES, { state: "unsigned" }), operator()],
    fails("S19_IMPLICIT_UNPROTECTED_IN_USE"),
    declaring("mx.gateway.dk"),
  ),
  seen(
    "no MX, addresses with a broken signature, gateways declared",
    [own(ADDRESSES, { spoilt: ["@ AAAA"] }), operator()],
    fails("S19_IMPLICIT_UNPROTECTED_IN_USE"),
    declaring("mx.gateway.dk"),
  ),
  seen(
    "no MX, SERVFAIL about one family",
    [own(ADDRESSES, { failing: ["@ AAAA"] })],
    open("dns-servfail", "S19_IMPLICIT_MX", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen(
    "no MX, unsigned, SERVFAIL about the only family",
    [own(ADDRESSES.slice(1), { state: "unsigned", failing: ["@ AAAA"] })],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen("wildcard MX, signed", [own([MX, "* MX 10 mx", ...GATEWAY])], passes()),
  seen(
    "wildcard MX to an unsigned gateway",
    [own([MX, "* MX 10 mx.gateway.dk.", ...GATEWAY]), operator({ state: "unsigned" })],
    fails("S19_GATEWAY_UNSIGNED"),
  ),
  seen(
    "wildcard MX in a domain without mail of its own",
    [own(["@ MX 0 .", "* MX 10 mx", ...GATEWAY])],
    passes("S19_NULL_MX"),
  ),
  seen("wildcard null MX", [own(["@ MX 0 .", "* MX 0 ."])], excused("S19_NULL_MX")),
  seen(
    "wildcard MX with a broken signature",
    [own([MX, "* MX 10 mx", ...GATEWAY], { spoilt: ["* MX"] })],
    fails("S19_MX_BOGUS"),
  ),
  seen(
    "denial of a missing name that is broken",
    [own([MX, ...GATEWAY], { spoilt: ["etlangtnavnudenhold NSEC"] })],
    open("dns-servfail", "S19_WILDCARD_UNPROVEN"),
  ),
  changed(
    "denial of a missing name that was stripped",
    [own([MX, ...GATEWAY])],
    (value) => withReply(value, ["etlangtnavnudenhold.kommune.dk", "MX"], (reply) => ({ ...reply, authority: [] })),
    open("dns-servfail", "S19_WILDCARD_UNPROVEN"),
  ),
  changed(
    "wildcard MX without proof that it may be used",
    [own([MX, "* MX 10 mx", ...GATEWAY])],
    (value) => withReply(value, ["etlangtnavnudenhold.kommune.dk", "MX"], (reply) => ({ ...reply, authority: [] })),
    open("dns-servfail", "S19_WILDCARD_UNPROVEN"),
  ),
  seen(
    "SERVFAIL about a missing name",
    [own([MX, ...GATEWAY], { failing: ["etlangtnavnudenhold MX"] })],
    open("dns-servfail", "S19_UNOBSERVED_DNS_SERVFAIL"),
  ),
  seen("compact denial", [own([MX, "mx A 192.0.2.25"], { compactDenial: true })], passes()),
  seen("gateway declared besides MX", [own([MX, ...GATEWAY]), operator()], passes(), declaring("mx.gateway.dk")),
  seen("gateway declared, null MX", [own(["@ MX 0 ."]), operator()], passes("S19_NULL_MX"), declaring("mx.gateway.dk")),
  seen(
    "gateway declared in an unsigned zone",
    [own([MX, ...GATEWAY]), operator({ state: "unsigned" })],
    fails("S19_GATEWAY_UNSIGNED"),
    declaring("mx.gateway.dk"),
  ),
  seen(
    "gateway declared that does not exist",
    [own([MX, ...GATEWAY]), operator({}, [])],
    open("asset-not-found", "S19_DECLARED_NOT_FOUND"),
    declaring("mx.gateway.dk"),
  ),
  seen(
    "gateway declared that does not exist, in an unsigned zone",
    [own([MX, ...GATEWAY]), operator({ state: "unsigned" }, [])],
    open("asset-not-found", "S19_DECLARED_NOT_FOUND"),
    declaring("mx.gateway.dk"),
  ),
];
