import { describe, expect, test } from "@jest/globals";
import type { Cause } from "../../lib/core/cause.ts";
import { evaluate } from "../../lib/core/evaluate.ts";
import { type Observation, type Observed, unobserved } from "../../lib/core/observation.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { domainQuestions } from "../../lib/dnssec/domain-questions.ts";
import { lackingFor, validatorAt } from "../../lib/dnssec/domain-validator.ts";
import { indexBook } from "../../lib/dnssec/lookup.ts";
import type { ChainObservation } from "../../lib/dnssec/observations.ts";
import { probeDnsChain } from "../../lib/probes/dns-chain.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import type { Flag, Question, Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { respond } from "../dnssec/support/responder.ts";
import { readZone, signedZones } from "../dnssec/support/signed-zones.ts";
import { keyOf, LABEL, records, replyOf, type Said, scriptDns, type ScriptedDns } from "./scripted-dns.ts";

const DOMAIN = name("kommune.dk");
const ASSET = "domain:kommune.dk";
const ZONES = signedZones();

/** The signed test zones, with other replies to some questions. */
function world(changed: Readonly<Record<string, Said>> = {}, overrides: Partial<ProbeContext> = {}): ScriptedDns {
  return scriptDns({ resolver: (question) => changed[keyOf(question)] ?? respond(ZONES, question) }, overrides);
}

async function probe({ context }: ScriptedDns, below: readonly string[] = []): Promise<Observation<"dns.chain">> {
  return probeDnsChain(
    ASSET,
    DOMAIN,
    below.map((each) => name(each)),
    context,
  );
}

function valueOf({ result }: Observation<"dns.chain">): ChainObservation {
  if (result.state === "unobserved") throw new Error(result.detail);
  return result.value;
}

function judge(observation: Observation) {
  const asset = { kind: "domain", id: ASSET, name: "kommune.dk", domain: DOMAIN } as const;
  return evaluate(s18, {
    asset,
    observations: [observation],
    reading: "kommune-2024" as const,
    statements: NO_STATEMENTS,
    asOf: 0,
  }).findings;
}

describe("what is asked", () => {
  test("is asked once, and is all that validating takes", async () => {
    const dns = world();
    const observation = await probe(dns, ["www.kommune.dk"]);
    expect(new Set(dns.asked).size).toBe(dns.asked.length);
    expect(dns.asked).toEqual(expect.arrayContaining(["./DNSKEY", "dk./DS", "dk./DNSKEY", "kommune.dk./DS"]));
    for (const type of ["SOA", "NS", "DNSKEY", "A", "AAAA", "MX", "TXT", "LOC"]) {
      expect(dns.asked).toContain(`kommune.dk./${type}`);
    }
    expect(dns.asked).toContain(`${LABEL}.kommune.dk./A`);
    expect(valueOf(observation).book.map(({ question }) => keyOf(question))).toEqual(dns.asked);
    expect(judge(observation)).toContainEqual(expect.objectContaining({ tag: "S18_SECURE" }));
  });

  test("says for whom, when and with which anchors", async () => {
    const dns = world();
    const observation = await probe(dns);
    expect(observation).toMatchObject({
      kind: "dns.chain",
      asset: ASSET,
      target: ASSET,
      observedAt: "2026-11-23T12:00:00.000Z",
    });
    expect(valueOf(observation)).toMatchObject({
      domain: DOMAIN,
      anchors: dns.context.anchors,
      randomName: `${LABEL}.kommune.dk.`,
    });
  });

  test("follows NS and MX to names below the domain, in any case, and to no others", async () => {
    const mx = records(
      "kommune.dk. MX 10 Post.KOMMUNE.dk.",
      "kommune.dk. MX 20 kommune.dk.",
      "kommune.dk. MX 30 mail.leverandoer.example.",
      "kommune.dk. MX 40 ikkekommune.dk.",
      "kommune.dk. MX 50 .",
      "anden.dk. MX 10 fremmed.kommune.dk.",
    );
    const ns = records("kommune.dk. NS navne.kommune.dk.", "kommune.dk. NS ns.leverandoer.example.");
    const dns = world({ "kommune.dk./MX": mx, "kommune.dk./NS": ns });
    const { namesBelow } = valueOf(await probe(dns, ["www.kommune.dk", "post.kommune.dk"]));
    expect(namesBelow).toEqual(["navne.kommune.dk.", "post.kommune.dk.", "www.kommune.dk."]);
    for (const each of namesBelow) {
      expect(dns.asked).toContain(`${each}/A`);
      expect(dns.asked).toContain(`${each}/AAAA`);
    }
    expect(dns.asked.filter((one) => /leverandoer|ikkekommune|fremmed/u.test(one))).toEqual([]);
  });

  test("survives NS and MX records that cannot be read", async () => {
    const broken: readonly Reply["answer"][number][] = ["MX", "NS"].map((type) => ({
      ...{ name: DOMAIN, type, ttl: 60, data: "AA==" },
    }));
    const dns = world({ "kommune.dk./MX": { answer: broken }, "kommune.dk./NS": { answer: broken } });
    expect(valueOf(await probe(dns)).namesBelow).toEqual([]);
  });
});

describe("bounds", () => {
  const many = Array.from({ length: 1000 }, (_, index) => `m${String(index).padStart(4, "0")}.kommune.dk.`);
  const manyMx = { "kommune.dk./MX": records(...many.map((target) => `kommune.dk. MX 10 ${target}`)) };

  test("a thousand MX names make us look at 32, and the gap is found by whoever judges", async () => {
    const dns = world(manyMx);
    const observation = await probe(dns, ["www.kommune.dk"]);
    const looked = new Set(dns.asked.flatMap((one) => /^(m\d{4}\.kommune\.dk\.)\//u.exec(one)?.[1] ?? []));
    expect([...looked].sort()).toEqual(many.slice(0, 32));
    // Beside them: www, a name server of the domain's own, and the first of those that were left out.
    const { namesBelow } = valueOf(observation);
    expect(namesBelow).toContain("www.kommune.dk.");
    expect(namesBelow.length).toBeLessThanOrEqual(34);
    const detail = "not asked, like 968 more: at most 32 names of NS and MX records are";
    const said = { tag: "S18_NAME_UNANSWERED", evidence: { name: "m0032.kommune.dk", detail } };
    expect(judge(observation)).toContainEqual(expect.objectContaining(said));
  });

  test("with exactly 32 names nothing is left out", async () => {
    const mx = records(...many.slice(0, 31).map((target) => `kommune.dk. MX 10 ${target}`));
    const observation = await probe(world({ "kommune.dk./MX": mx }));
    const { namesBelow, book } = valueOf(observation);
    expect(namesBelow).toHaveLength(32);
    expect(book.every(({ reply }) => reply.state === "observed")).toBe(true);
  });

  test("names that the inventory declares are all looked at", async () => {
    const declared = many.slice(0, 40);
    const dns = world();
    const { namesBelow } = valueOf(await probe(dns, declared));
    expect(declared.filter((each) => !namesBelow.includes(name(each)))).toEqual([]);
    expect(declared.filter((each) => !dns.asked.includes(`${each}/A`))).toEqual([]);
  });

  test("aliases that lead ever further down are not followed for ever", async () => {
    // Unsigned aliases in an unsigned zone: nothing stops the validator from believing each of them.
    const next = ({ name: at, type }: Question): Said =>
      type === "DS" || type === "DNSKEY" || !at.endsWith(".unsigned.dk.")
        ? respond(ZONES, { name: at, type })
        : records(`${at} CNAME x${at.length % 10}.${at}`);
    const dns = scriptDns({ resolver: next });
    const at = name("start.unsigned.dk");
    const { result } = await probeDnsChain("domain:start.unsigned.dk", at, [], dns.context);
    expect(result.state).toBe("observed");
    expect(dns.asked.length).toBeLessThan(500);
  });

  test("what more rounds would still ask is given up as our own limit, so that it is no longer needed", async () => {
    // Aliases from one opt-out delegation into the next: each costs a round for the cut and one for the data.
    const dns = scriptDns({
      resolver: ({ name: at, type }) => {
        const hop = /^h\.a(\d+)\.optout\.test\.$/u.exec(at)?.[1];
        if (hop === undefined || type === "DS" || type === "DNSKEY") return respond(ZONES, { name: at, type });
        return records(`${at} CNAME h.a${Number(hop) + 1}.optout.test.`);
      },
    });
    const domain = name("h.a1.optout.test");
    const { result } = await probeDnsChain("domain:h.a1.optout.test", domain, [], dns.context);
    if (result.state === "unobserved") throw new Error(result.detail);
    const { book, randomName } = result.value;
    const givenUp = book.filter(({ reply }) => reply.state === "unobserved");
    expect(givenUp.length).toBeGreaterThan(0);
    for (const { reply } of givenUp) expect(reply).toEqual(unobserved("tool-limit", "not asked after 24 rounds"));
    expect(book.length - givenUp.length).toBe(dns.asked.length);
    const wanted = { zones: [domain], wanted: domainQuestions(domain, randomName) };
    const validator = validatorAt(dns.context.anchors, dns.context.now());
    expect(lackingFor(validator, wanted, indexBook(book)).questions).toEqual([]);
  });
});

describe("silence", () => {
  function silent(causeOf: (question: Question) => Cause): ScriptedDns {
    return scriptDns({ resolver: (question) => unobserved(causeOf(question), `${question.type} unheard`) });
  }

  test("to everything is unobserved, with the first cause in order and its own detail", async () => {
    const dns = silent(({ type }) =>
      type === "TXT" ? "vantage-blocked" : type === "A" ? "tls-failed" : "dns-timeout",
    );
    const { result } = await probe(dns);
    expect(result).toEqual(unobserved("vantage-blocked", "TXT unheard"));
  });

  test.each<Cause>(["dns-timeout", "tls-failed", "internal"])("%s to everything stays what it is", async (cause) => {
    expect((await probe(silent(() => cause))).result).toMatchObject({ state: "unobserved", cause });
  });

  test("to all but one question is a value", async () => {
    const dns = scriptDns({
      resolver: (question) => (keyOf(question) === "kommune.dk./TXT" ? 2 : unobserved("dns-timeout", "unheard")),
    });
    const { book } = valueOf(await probe(dns));
    expect(book.filter(({ reply }) => reply.state === "observed")).toHaveLength(1);
  });

  test("about MX says nothing of names below, and is kept as silence", async () => {
    const dns = world({ "kommune.dk./MX": unobserved("dns-timeout", "unheard") });
    const observation = await probe(dns);
    const said = valueOf(observation).book.find(({ question }) => keyOf(question) === "kommune.dk./MX");
    expect(said?.reply).toEqual(unobserved("dns-timeout", "unheard"));
    expect(judge(observation).map(({ tag }) => tag)).not.toContain("S18_SECURE");
  });

  test.each([
    ["in the first round", "SOA", 20],
    ["before the names below", "MX", 20],
  ])("nothing more is asked after an abort %s", async (_, type, most) => {
    const stop = new AbortController();
    const dns = scriptDns(
      {
        resolver: (question) => {
          if (question.type === type) stop.abort();
          return respond(ZONES, question);
        },
      },
      { signal: stop.signal },
    );
    const { book } = valueOf(await probe(dns, ["www.kommune.dk"]));
    expect(dns.asked.length).toBeLessThan(most);
    expect(dns.asked.filter((one) => one.startsWith("www."))).toEqual([]);
    // What was not asked is missing from the book: no cause is made up for it.
    expect(book.every(({ reply }) => reply.state === "observed")).toBe(true);
    const before = dns.asked.length;
    expect((await probe(dns)).result).toMatchObject({ state: "unobserved", cause: "internal" });
    expect(dns.asked.length).toBe(before);
  });
});

describe("what validating resolvers think", () => {
  type Opinion = readonly [checking: Said, unchecked: Said];
  const question = { name: DOMAIN, type: "SOA" };
  const reply = (rcode: number, ...flags: readonly Flag[]): Said => ({ rcode, flags });

  function asking(opinions: Readonly<Record<string, Opinion>>): ScriptedDns {
    return world(
      {},
      {
        resolver: {
          ask: async (asked) => replyOf(asked, respond(ZONES, asked)),
          askEach: async (asked, { checkingDisabled }) => {
            expect(asked).toEqual(question);
            return Object.entries(opinions).map(([resolver, [checking, unchecked]]) => ({
              resolver,
              reply: replyOf(asked, checkingDisabled ? unchecked : checking),
            }));
          },
          alone: () =>
            Object.keys(opinions).map((resolver) => ({
              resolver,
              ask: async (asked) => replyOf(asked, respond(ZONES, asked)),
            })),
        },
      },
    );
  }

  const NOTHING = unobserved("dns-timeout", "unheard");

  test.each<readonly [string, Opinion, string]>([
    ["AD is secure", [reply(0, "ad"), reply(0)], "secure"],
    ["no AD is nothing", [reply(0), reply(0, "ad")], "unknown"],
    ["SERVFAIL that CD turns into an answer is bogus", [reply(2), reply(0)], "bogus"],
    ["SERVFAIL either way is a broken resolver", [reply(2), reply(2)], "unknown"],
    ["SERVFAIL with AD is no approval", [reply(2, "ad"), reply(2)], "unknown"],
    ["REFUSED is no rejection", [reply(5), reply(0)], "unknown"],
    ["silence is nothing", [NOTHING, reply(0)], "unknown"],
    ["SERVFAIL beside silence is nothing", [reply(2), NOTHING], "unknown"],
  ])("%s", async (_, opinion, expected) => {
    const { crossCheck } = valueOf(await probe(asking({ first: opinion, second: opinion })));
    expect(crossCheck).toEqual([
      { resolver: "first", opinion: expected },
      { resolver: "second", opinion: expected },
    ]);
  });

  test("one alone is not asked for an opinion", async () => {
    const { crossCheck } = valueOf(await probe(asking({ only: [reply(2), reply(0)] })));
    expect(crossCheck).toEqual([]);
  });

  test("asking them for it at fault is the probe's rejection, and no other", async () => {
    const { context } = world();
    const two = [1, 2].map((number) => ({ resolver: String(number), ask: context.resolver.ask }));
    const askEach = () => Promise.reject(new Error("our own bug"));
    const resolver = { ...context.resolver, askEach, alone: () => two };
    await expect(probe({ ...world(), context: { ...context, resolver } })).rejects.toThrow("our own bug");
  });
});

test("zone text in these tests is what it looks like", () => {
  const { answer }: { answer: Reply["answer"] } = { answer: readZone(records("kommune.dk. NS ns1.kommune.dk.")) };
  expect(answer).toMatchObject([{ name: "kommune.dk.", type: "NS", ttl: 3600 }]);
  const heard: Observed<Reply> = replyOf({ name: DOMAIN, type: "A" }, 3);
  expect(heard).toMatchObject({ state: "observed", value: { rcode: 3, answer: [] } });
});
