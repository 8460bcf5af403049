import { afterEach, describe, expect, test } from "@jest/globals";
import { createDialer } from "../../lib/dial/dialer.ts";
import type { Dialer } from "../../lib/dial/dialer.ts";
import { createDnsAccess, parseDnsServer } from "../../lib/dns/dns-access.ts";
import type { DnsAccess, DnsSettings } from "../../lib/dns/dns-access.ts";
import { startDoh, TRUSTED } from "./doh-server.ts";
import { closedPort, loopbackDialer, QUESTION, startServer } from "./misbehaving-dns.ts";

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

function access(settings: DnsSettings, dialer: Dialer = createDialer()): DnsAccess {
  const made = createDnsAccess(settings, dialer);
  cleanUps.unshift(
    () => made.close(),
    () => dialer.close(),
  );
  return made;
}

async function answering(afterMs = 0) {
  const server = await startServer({ udp: (query, send) => void setTimeout(() => send(query.answer()), afterMs) });
  cleanUps.push(server.close);
  return server;
}

/** The address of a resolver that gives this RCODE and nothing else; null is one that is not there. */
async function saying(what: { readonly rcode: number } | null): Promise<string> {
  if (what === null) return `127.0.0.1:${await closedPort()}`;
  const server = await startServer({ udp: (query, send) => send(query.answer({ ...what, answer: [] })) });
  cleanUps.push(server.close);
  return `127.0.0.1:${server.target.port}`;
}

describe("DNS access", () => {
  test("a plain resolver named in the settings is dialled although its address is special", async () => {
    const server = await startServer({ udp: (query, send) => send(query.answer()) });
    cleanUps.push(server.close);
    const dns = access({ dns: [`127.0.0.1:${server.target.port}`] });
    expect(await dns.resolver.ask(QUESTION)).toMatchObject({ state: "observed" });
    expect(server.seen.udp[0]!.decoded.reply).toMatchObject({ flags: ["rd", "cd"], edns: { dnssecOk: true } });
    expect(dns.queries()).toBe(1);
    // The same address on another port, or asked as an authority's, is nobody's service.
    const stranger = await dns.direct!.ask({ address: "127.0.0.2", port: server.target.port }, QUESTION);
    expect(stranger).toMatchObject({ state: "unobserved", cause: "vantage-blocked" });
  });

  test("DoH and plain resolvers stand in for each other, and every question sent is counted", async () => {
    const doh = await startDoh(({ query, respond }) => respond(query.answer({ rcode: 2, answer: [] })));
    const server = await startServer({ udp: (query, send) => send(query.answer()) });
    cleanUps.push(doh.close, server.close);
    const dns = access({ doh: [doh.url.href], dns: [`127.0.0.1:${server.target.port}`], ca: TRUSTED.cert });
    expect(await dns.resolver.ask(QUESTION)).toMatchObject({ state: "observed", value: { rcode: 0 } });
    expect(dns.resolver.describe().map(({ resolver }) => resolver)).toEqual([
      doh.url.href,
      `127.0.0.1:${server.target.port}`,
    ]);
    expect(dns.queries()).toBe(2);
    dns.forget();
    await dns.resolver.ask(QUESTION);
    expect(dns.queries()).toBeGreaterThan(2);
  });

  test.each([
    [undefined, 0],
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 0],
    [7, 1],
    [-1, 2],
  ])("with firstResolver %s the first question goes to number %s of three", async (firstResolver, asked) => {
    const doh = await startDoh(({ query, respond }) => respond(query.answer()));
    const plain = [await answering(), await answering()];
    cleanUps.push(doh.close);
    const addresses = plain.map(({ target }) => `127.0.0.1:${target.port}`);
    const dns = access({ doh: [doh.url.href], dns: addresses, ca: TRUSTED.cert, firstResolver });
    expect(await dns.resolver.ask(QUESTION)).toMatchObject({ state: "observed" });
    // Named as the settings name them, so that each can be found there again.
    expect(dns.resolver.describe().map(({ resolver }) => resolver)).toEqual([doh.url.href, ...addresses]);
    expect(dns.resolver.describe().map((each) => each.asked)).toEqual([0, 1, 2].map((at) => (at === asked ? 1 : 0)));
    const each = await dns.resolver.askEach(QUESTION, { checkingDisabled: false });
    expect(each.map(({ resolver }) => resolver)).toEqual([doh.url.href, ...addresses]);
    expect(dns.resolver.alone()[0]?.resolver).toBe([doh.url.href, ...addresses][asked]);
  });

  test("the first resolver stays the first, also when another is quicker", async () => {
    const slow = await answering(40);
    const quick = await answering();
    const dns = access({ dns: [quick, slow].map(({ target }) => `127.0.0.1:${target.port}`), firstResolver: 1 });
    await dns.resolver.askEach(QUESTION, { checkingDisabled: false });
    const types = ["A", "AAAA", "MX", "TXT", "NS"];
    for (const type of types) await dns.resolver.ask({ ...QUESTION, type });
    expect(dns.resolver.describe().map(({ asked }) => asked)).toEqual([1, 1 + types.length]);
    dns.forget();
    await dns.resolver.ask(QUESTION);
    expect(dns.resolver.describe()[1]?.asked).toBe(2 + types.length);
  });

  test.each([
    ["refuses", { rcode: 5 }, { rcode: 0 }, { state: "observed", value: { rcode: 0 } }],
    ["fails, and so does the other", { rcode: 2 }, { rcode: 5 }, { state: "observed", value: { rcode: 2 } }],
    ["fails, and the other is away", { rcode: 2 }, null, { state: "observed", value: { rcode: 2 } }],
    ["is away, and the other fails", null, { rcode: 2 }, { state: "observed", value: { rcode: 2 } }],
    ["is away", null, { rcode: 3 }, { state: "observed", value: { rcode: 3 } }],
  ])("when the first resolver %s, the others stand in", async (_, first, other, expected) => {
    const dns = access({ dns: [await saying(other), await saying(first)], firstResolver: 1 });
    expect(await dns.resolver.ask(QUESTION)).toMatchObject(expected);
  });

  test("when all resolvers are away, that is told of each", async () => {
    const away = [await saying(null), await saying(null)];
    const dns = access({ dns: away, firstResolver: 0 });
    const reply = await dns.resolver.ask(QUESTION);
    expect(reply).toMatchObject({ state: "unobserved", cause: "connection-refused" });
    for (const address of away) expect(reply).toHaveProperty("detail", expect.stringContaining(address));
  });

  test("with one resolver firstResolver changes nothing", async () => {
    const { target } = await answering();
    const dns = access({ dns: [`127.0.0.1:${target.port}`], firstResolver: 1 });
    expect(await dns.resolver.ask(QUESTION)).toMatchObject({ state: "observed" });
    expect(dns.resolver.describe()).toMatchObject([{ resolver: `127.0.0.1:${target.port}`, asked: 1 }]);
  });

  test("a resolver that cannot be reached is described with the reason", async () => {
    const dns = access({ doh: [`https://127.0.0.1:${await closedPort()}/dns-query`] });
    expect(await dns.resolver.ask(QUESTION)).toMatchObject({ state: "unobserved", cause: "connection-refused" });
    expect(dns.resolver.describe()).toMatchObject([{ state: "down", lastFailure: { cause: "connection-refused" } }]);
  });

  test("a silent authority does not cost minutes", async () => {
    const server = await startServer({ udp: () => undefined });
    cleanUps.push(server.close);
    const dialer = loopbackDialer();
    const timing = { udpMs: 100, resendAfterMs: [50], tcpMs: 100 };
    const direct = createDnsAccess({}, dialer, { direct: { usual: timing, doubtful: timing } });
    cleanUps.unshift(
      () => direct.close(),
      () => dialer.close(),
    );
    const zone = QUESTION.name;
    for (const type of ["A", "AAAA", "MX", "TXT", "SOA", "NS"]) {
      const reply = await direct.direct!.ask(server.target, { ...QUESTION, type }, { zone });
      expect(reply).toMatchObject({ state: "unobserved", cause: "dns-timeout" });
    }
    expect(server.seen.udp).toHaveLength(4);
  });

  test("without resolvers the public ones are named, and no service is registered for them", () => {
    const dns = access({ authoritative: "off" });
    expect(dns.direct).toBeNull();
    expect(dns.resolver.describe()).toHaveLength(3);
    expect(
      dns.resolver.describe().every(({ resolver, state }) => resolver.startsWith("https:") && state === "untried"),
    ).toBe(true);
  });

  test.each([
    ["192.0.2.53", { address: "192.0.2.53", port: 53 }],
    ["192.0.2.53:5300", { address: "192.0.2.53", port: 5300 }],
    ["2001:db8::53", { address: "2001:db8::53", port: 53 }],
    ["[2001:db8::53]", { address: "2001:db8::53", port: 53 }],
    ["[2001:db8::53]:5300", { address: "2001:db8::53", port: 5300 }],
  ])("%s is a DNS server's address", (text, target) => expect(parseDnsServer(text)).toEqual(target));

  test.each([
    "dns.example",
    "192.0.2.53:0",
    "192.0.2.53:65536",
    "192.0.2.53:",
    "[192.0.2.53]:53",
    "2130706433",
    "[::1",
    "",
  ])("%j is none", (text) => {
    expect(() => parseDnsServer(text)).toThrow(RangeError);
    expect(() => createDnsAccess({ dns: [text] }, createDialer())).toThrow(RangeError);
  });
});
