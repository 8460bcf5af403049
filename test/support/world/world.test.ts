import { describe, expect, test } from "@jest/globals";
import type { DomainAsset } from "../../../lib/core/asset.ts";
import type { World, WorldZone } from "../../../lib/core/scenario.ts";
import type { Classification } from "../../../lib/dnssec/classification.ts";
import { classifierOf } from "../../../lib/mail/reading.ts";
import { readDns } from "../../../lib/probes/read-dns.ts";
import { name } from "../../../lib/wire/name.ts";
import { openRehearsal } from "../rehearsal.ts";
import { contextOf } from "./world-context.ts";

const DOMAIN = "kommune.dk";

/** What validation makes of "owner TYPE" in a world, gathered by the probes' own reading. */
async function classify(world: World, text: string): Promise<Classification> {
  const [owner = "", type = ""] = text.split(" ");
  const question = { name: name(owner), type };
  const context = contextOf(world);
  const reading = await readDns(name(DOMAIN), () => ({ zones: [], wanted: [question] }), context);
  if (reading.state === "unobserved") throw new Error(`unobserved: ${reading.cause}`);
  return classifierOf(reading.value, context.now())(question);
}

/** The same in a few words: how sure, and of what. */
async function inWords(world: World, text: string): Promise<string> {
  const found = await classify(world, text);
  if (found.status === "need") return found.status;
  if (found.status === "bogus" || found.status === "indeterminate") return `${found.status} ${found.reason}`;
  const isWild = found.status === "secure" && found.wildcard !== null;
  return `${found.status} ${isWild ? "wildcard " : ""}${found.answer}`;
}

const one = (records: readonly string[], rest: Partial<WorldZone> = {}): World => ({
  zones: [{ name: DOMAIN, records, ...rest }],
});

const RECORDS = [
  "@ MX 10 mail",
  "mail A 192.0.2.1",
  "_25._tcp.mail TLSA 3 1 1 00",
  "*.vild TXT vild",
  "alias CNAME mail",
  "under NS ns1.anden.dk.",
];

describe("a signed zone", () => {
  test.each([
    ["kommune.dk MX", "secure positive"],
    ["kommune.dk TXT", "secure nodata"],
    ["mail.kommune.dk A", "secure positive"],
    ["mail.kommune.dk AAAA", "secure nodata"],
    ["_tcp.mail.kommune.dk TXT", "secure nodata"],
    ["a.b.vild.kommune.dk TXT", "secure wildcard positive"],
    ["a.vild.kommune.dk A", "secure nodata"],
    ["vild.kommune.dk TXT", "secure nodata"],
    ["nothing.kommune.dk TXT", "secure nxdomain"],
    ["alias.kommune.dk A", "secure positive"],
    ["anden.dk NS", "secure nxdomain"],
    ["kommune.com NS", "secure nxdomain"],
    ["under.kommune.dk DS", "secure nodata"],
  ])("%s is %s", async (question, expected) => {
    expect(await inWords(one(RECORDS), question)).toBe(expected);
  });
});

describe("compact denial", () => {
  const world = one(RECORDS, { compactDenial: true });

  test.each([
    ["kommune.dk MX", "secure positive"],
    ["kommune.dk TXT", "secure nodata"],
    ["_tcp.mail.kommune.dk TXT", "secure nodata"],
    ["a.b.vild.kommune.dk TXT", "secure positive"],
    ["a.vild.kommune.dk A", "secure nodata"],
    ["nothing.kommune.dk TXT", "secure nxdomain"],
    ["alias.kommune.dk AAAA", "secure nodata"],
    ["under.kommune.dk DS", "secure nodata"],
  ])("%s is %s", async (question, expected) => {
    expect(await inWords(world, question)).toBe(expected);
  });

  test("says NOERROR of a name that is not there, and denies it by NXNAME", async () => {
    expect(await classify(world, "nothing.kommune.dk TXT")).toMatchObject({ denial: "compact" });
    const { resolver, signal } = contextOf(world);
    const reply = await resolver.ask({ name: name("nothing.kommune.dk"), type: "TXT" }, { signal });
    expect(reply).toMatchObject({ state: "observed", value: { rcode: 0 } });
  });

  test("denies an empty non-terminal when told to", async () => {
    const against = one(RECORDS, { compactDenial: true, deniesEmptyNonTerminals: true });
    expect(await inWords(against, "_tcp.mail.kommune.dk TXT")).toBe("secure nxdomain");
  });
});

describe("a zone's state", () => {
  test.each([
    ["unsigned", "insecure positive"],
    ["bogus", "bogus no-key-matches-ds"],
    ["failing", "indeterminate rcode"],
  ] as const)("%s: %s", async (state, expected) => {
    expect(await inWords(one(RECORDS, { state }), "kommune.dk MX")).toBe(expected);
  });

  test("silent servers are a time-out, never an answer", async () => {
    expect(await classify(one(RECORDS, { state: "silent" }), "kommune.dk MX")).toMatchObject({
      status: "indeterminate",
      cause: "dns-timeout",
    });
  });

  test("a zone below an unsigned one is insecure, one below a bogus one is bogus", async () => {
    const below: WorldZone = { name: "mail.kommune.dk", records: ["@ A 192.0.2.1"] };
    const world = (state: "unsigned" | "bogus"): World => ({ zones: [{ name: DOMAIN, records: [], state }, below] });
    expect(await inWords(world("unsigned"), "mail.kommune.dk A")).toBe("insecure positive");
    expect(await inWords(world("bogus"), "mail.kommune.dk A")).toMatch(/^bogus/u);
  });

  test("aliases lead from zone to zone", async () => {
    const other: WorldZone = { name: "udbyder.com", records: ["gateway A 192.0.2.9"], state: "unsigned" };
    const own: WorldZone = { name: DOMAIN, records: ["mail CNAME gateway.udbyder.com."] };
    expect(await inWords({ zones: [own, other] }, "mail.kommune.dk A")).toBe("insecure positive");
  });
});

describe("one spot", () => {
  test.each([
    ["spoilt", "@ MX", "kommune.dk MX", /^bogus/u],
    ["spoilt", "@ MX", "mail.kommune.dk A", /^secure positive/u],
    ["spoilt", "nothing NSEC", "nothing.kommune.dk TXT", /^bogus/u],
    ["spoilt", "nothing NSEC", "nichts.kommune.dk TXT", /^secure nxdomain/u],
    ["spoilt", "@ NSEC", "kommune.dk TXT", /^bogus/u],
    ["spoilt", "a.vild NSEC", "a.vild.kommune.dk TXT", /^bogus/u],
    ["failing", "mail A", "mail.kommune.dk A", /^indeterminate rcode/u],
    ["failing", "mail A", "mail.kommune.dk AAAA", /^secure nodata/u],
    ["silent", "nothing TXT", "nothing.kommune.dk TXT", /^indeterminate/u],
  ] as const)("%s %s: %s is %s", async (what, spot, question, expected) => {
    expect(await inWords(one(RECORDS, { [what]: [spot] }), question)).toMatch(expected);
  });

  test("spoils denials of compact zones, too", async () => {
    const world = one(RECORDS, { compactDenial: true, spoilt: ["nothing NSEC"] });
    expect(await inWords(world, "nothing.kommune.dk TXT")).toMatch(/^bogus/u);
  });

  test("must exist to be spoilt", () => {
    expect(() => contextOf(one(RECORDS, { spoilt: ["mail AAAA"] }))).toThrow("nothing to spoil");
  });
});

test("a server that denies empty non-terminals says NXDOMAIN where its zone has names below", async () => {
  const { resolver, signal } = contextOf(one(RECORDS, { deniesEmptyNonTerminals: true }));
  const reply = await resolver.ask({ name: name("_tcp.mail.kommune.dk"), type: "TXT" }, { signal });
  expect(reply).toMatchObject({ state: "observed", value: { rcode: 3 } });
});

test("each zone has two servers that can be asked directly", async () => {
  const { resolver, direct, signal } = contextOf(one(RECORDS));
  for (const server of ["ns1.kommune.dk", "ns2.kommune.dk"]) {
    const found = await resolver.ask({ name: name(server), type: "A" }, { signal });
    expect(found.state === "observed" && found.value.answer.some(({ type }) => type === "A")).toBe(true);
  }
  const options = { zone: name(DOMAIN), signal };
  const asked = await direct?.ask({ address: "185.21.0.2" }, { name: name(DOMAIN), type: "MX" }, options);
  expect(asked).toMatchObject({ state: "observed", value: { rcode: 0, flags: ["aa"] } });
  const nobody = await direct?.ask({ address: "192.0.2.77" }, { name: name(DOMAIN), type: "MX" }, options);
  expect(nobody).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
});

test("gateways stand at their addresses; the others are silent", async () => {
  const gateway = { host: name("mail.kommune.dk"), serverName: name("mail.kommune.dk") };
  const { gateways, signal, hasRouteTo } = contextOf({
    zones: [],
    families: ["ipv4"],
    gateways: { "2001:db8::1": (at) => ({ state: "observed", value: { ...at, state: "not-here", family: "ipv6" } }) },
  });
  expect(await gateways.visit({ ...gateway, address: "2001:0db8::0001" }, { signal })).toMatchObject({
    state: "observed",
  });
  expect(await gateways.visit({ ...gateway, address: "192.0.2.1" }, { signal })).toMatchObject({
    state: "unobserved",
    cause: "tcp-timeout",
  });
  expect([hasRouteTo("192.0.2.1"), hasRouteTo("2001:db8::1")]).toEqual([true, false]);
});

test("observeIn runs the real probes", async () => {
  const rehearsal = await openRehearsal();
  const asset: DomainAsset = { kind: "domain", id: `domain:${DOMAIN}`, name: DOMAIN, domain: name(DOMAIN) };
  const seen = await rehearsal.observeIn(one(RECORDS), asset, ["dns.chain", "dns.servers"]);
  expect(seen.map(({ kind, result }) => [kind, result.state])).toEqual([
    ["dns.chain", "observed"],
    ["dns.servers", "observed"],
  ]);
});
