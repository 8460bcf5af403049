import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { evaluate } from "../../lib/core/evaluate.ts";
import { type Observation, observed, unobserved } from "../../lib/core/observation.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { DEFAULT_NETWORK, type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import {
  openInventory,
  openJudgement,
  openObservations,
  sealInventory,
  sealJudgement,
  sealObservations,
} from "../../lib/verify/evidence.ts";
import { name } from "../../lib/wire/name.ts";
import { openRehearsal } from "../support/rehearsal.ts";
import { domain, seen } from "./trial.ts";

const A = domain("a.dk");
const B = domain("b.dk");
const AT = "2026-11-23T10:00:00.000Z";
const LATER = "2026-11-24T10:00:00.000Z";

type Node = Record<string, unknown>;

/** A copy with every object changed by `change`, which sees each object and the key it stands under. */
function rewritten<T>(value: T, change: (node: Node) => Node): T {
  if (Array.isArray(value)) return value.map((member) => rewritten(member as unknown, change)) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(change(value as Node)).map(([key, member]) => [key, rewritten(member, change)]);
  return Object.fromEntries(members) as T;
}

function reversed(...keys: readonly string[]) {
  return (node: Node): Node => ({
    ...node,
    ...Object.fromEntries(
      keys.filter((key) => Array.isArray(node[key])).map((key) => [key, (node[key] as unknown[]).toReversed()]),
    ),
  });
}

function address(observations: readonly Observation[]): string {
  return sealObservations(observations).address;
}

/** What is seen of a signed domain of the practice internet, by label of the visit. */
let visit: readonly Observation[];
let otherLabel: readonly Observation[];
let asset: ReturnType<typeof domain>;

beforeAll(async () => {
  const rehearsal = await openRehearsal();
  asset = rehearsal.asset("signed") as ReturnType<typeof domain>;
  visit = await rehearsal.observe("signed", { at: AT });
  const other = await openRehearsal((context) => ({ ...context, randomLabel: () => "enheltanden" }));
  otherLabel = await other.observe("signed", { at: LATER });
});

describe("the address of observations", () => {
  const chain = seen(A, "good");

  test("is a SHA-256, and depends neither on when nor in which order", () => {
    const servers = seen(A, "fine", "dns.servers");
    const expected = address([chain, servers]);
    expect(expected).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect(address([servers, { ...chain, observedAt: "2027-01-01T00:00:00.000Z" }])).toBe(expected);
  });

  test.each([
    ["what was seen", { ...chain, result: observed("other" as never) }],
    ["silence", { ...chain, result: unobserved("dns-timeout", "no answer") }],
    ["the target", { ...chain, target: B.id }],
    ["the asset", { ...chain, asset: B.id }],
    ["the kind", { ...chain, kind: "dns.servers" as const }],
  ])("depends on %s", (_, other) => {
    expect(address([other])).not.toBe(address([chain]));
  });

  test("depends on how many there are", () => {
    expect(address([])).not.toBe(address([chain]));
    expect(address([chain, chain])).not.toBe(address([chain]));
  });

  test.each<readonly [string, (node: Node) => Node]>([
    ["times to live", (node) => ("ttl" in node ? { ...node, ttl: 7 } : node)],
    ["the order of questions", reversed("book")],
    ["the order of records", reversed("answer", "authority", "additional")],
    ["the order of servers", reversed("servers", "byParent", "byZone", "withoutAddress", "namesBelow")],
    ["the order of members, whatever they are called", (node) => Object.fromEntries(Object.entries(node).toReversed())],
    ["members that are not there", (node) => ({ ...node, nothing: undefined })],
  ])("does not depend on %s", (_, change) => {
    const other = rewritten(visit, change);
    expect(JSON.stringify([other, change({ nothing: 1 })])).not.toBe(JSON.stringify([visit, { nothing: 1 }]));
    expect(address(other)).toBe(address(visit));
  });

  test.each<readonly [string, (node: Node) => Node]>([
    ["a record's data", (node) => ("ttl" in node ? { ...node, data: "AAAA" } : node)],
    ["a reply's code", (node) => ("rcode" in node ? { ...node, rcode: 2 } : node)],
    ["a server's state", (node) => ("address" in node ? { ...node, state: "lame" } : node)],
    [
      "a random name that is asked about no more",
      (node) => ("randomName" in node ? { ...node, randomName: "" } : node),
    ],
  ])("depends on %s", (_, change) => {
    expect(address(rewritten(visit, change))).not.toBe(address(visit));
  });

  test("depends on the order of a list that has one", () => {
    const discarding = (...discarded: readonly string[]) =>
      address(rewritten(visit, (node) => ("discarded" in node ? { ...node, discarded } : node)));
    expect(discarding("one", "two")).not.toBe(discarding("two", "one"));
  });

  test("depends on the random name of the visit: whether a denial covers it decides verdicts", () => {
    const [one, two] = [JSON.stringify(visit), JSON.stringify(otherLabel)];
    expect(one).toContain("etlangtnavnudenhold");
    expect(two).not.toContain("etlangtnavnudenhold");
    expect(address(otherLabel)).not.toBe(address(visit));
    const renamed = JSON.parse(one.replaceAll("etlangtnavnudenhold", "enandenlangetiket")) as typeof visit;
    expect(address(renamed)).not.toBe(address(visit));
  });

  test("is the same for however the observations are shuffled, and another for whatever one number becomes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.jsonValue(), servers: fc.array(fc.jsonValue()) })),
        fc.nat(),
        (all, at) => {
          const observations = all.map((each) => seen(A, observed(each as never) as never));
          const [head, tail] = [observations.slice(0, at % 5), observations.slice(at % 5)];
          expect(address([...tail, ...head])).toBe(address(observations));
          expect(address([...observations, seen(A, observed({ a: [at] } as never) as never)])).not.toBe(
            address(observations),
          );
        },
      ),
    );
  });
});

describe("sealed observations", () => {
  test("are read as they were, as of the moment asked for", () => {
    const { address: where, text } = sealObservations(visit);
    expect(JSON.parse(text)).toMatchObject({ schema: "kravvagt/evidence/1", kind: "observations" });
    expect(text).not.toContain(AT);
    expect(openObservations(where, text, AT)).toEqual({ ok: true, value: visit });
    const read = openObservations(where, text, LATER);
    expect(read.ok && read.value.map(({ observedAt }) => observedAt)).toEqual([LATER, LATER]);
  });

  test("are judged as the look itself was", () => {
    const judge = (observations: readonly Observation[]) =>
      evaluate(s18, { ...context, observations, asOf: Date.parse(AT), asset });
    const { address: where, text } = sealObservations(visit);
    const read = openObservations(where, text, AT);
    expect(read.ok && judge(read.value)).toEqual(judge(visit));
    expect(judge(visit).verdict).toBe("pass");
  });

  test.each<readonly [string, (text: string) => string, string]>([
    ["of other content", (text) => text.replace('"rcode":0', '"rcode":3'), "does not fit its address"],
    ["of another asset", (text) => text.replaceAll('"asset":"', '"asset":"x'), "does not fit its address"],
    ["of another form", (text) => text.replace("evidence/1", "evidence/2"), "schema"],
    ["of another kind", (text) => text.replace('"kind":"observations"', '"kind":"judgement"'), "kind"],
    ["with one field more", (text) => text.replace('"domain":', '"more":1,"domain":'), "more"],
    ["with a name that is none", (text) => text.replaceAll('"randomName":"', '"randomName":"..'), "randomName"],
    ["cut short", (text) => text.slice(0, -1), "JSON"],
  ])("%s are refused", (_, change, problem) => {
    const { address: where, text } = sealObservations(visit);
    expect(change(text)).not.toBe(text);
    expect(openObservations(where, change(text), AT)).toEqual({
      ok: false,
      problem: expect.stringContaining(problem),
    });
  });
});

const context = { reading: "kommune-2024", statements: NO_STATEMENTS } as const;

describe("a sealed judgement", () => {
  const exempted = {
    attestations: [],
    exemptions: [
      { requirement: "S18", asset: A.id, reason: "Flyttes", by: { name: "Anna And" }, validUntil: 4e12 } as const,
    ],
  };
  const silent = [seen(A, unobserved("dns-timeout", "no answer"))];
  const judged = (observations = silent, statements = NO_STATEMENTS) =>
    evaluate(s18, { ...context, asset: A, observations, statements, asOf: 0 });

  test("is read by the parts' names", () => {
    const evaluation = judged();
    const { address: where, text } = sealJudgement(evaluation, "S18@1 kommune-2024");
    const { verdict, cause, clauses, findings } = evaluation;
    expect(openJudgement(where, text)).toEqual({
      ok: true,
      value: {
        ...{ requirement: "S18", asset: A.id, rules: "S18@1 kommune-2024", verdict, cause, clauses, findings },
      },
    });
  });

  test("keeps who exempted what", async () => {
    const rehearsal = await openRehearsal();
    const unsigned = rehearsal.asset("unsigned") as typeof A;
    const observations = await rehearsal.observe("unsigned");
    const statements = {
      ...exempted,
      exemptions: exempted.exemptions.map((each) => ({ ...each, asset: unsigned.id })),
    };
    const evaluation = evaluate(s18, { ...context, asset: unsigned, observations, statements, asOf: 0 });
    const { address: where, text } = sealJudgement(evaluation, "r");
    const read = openJudgement(where, text);
    expect(read.ok && read.value.findings).toEqual(evaluation.findings);
    expect(read.ok && read.value.findings.some((each) => each.exempted?.by === "Anna And")).toBe(true);
  });

  test("has the same address for the same conclusion by the same rules, whenever it was reached", () => {
    const one = sealJudgement(judged(), "r");
    expect(sealJudgement(judged([{ ...seen(A, silent[0]?.result as never), observedAt: LATER }]), "r")).toEqual(one);
    expect(sealJudgement(judged(), "other").address).not.toBe(one.address);
    expect(sealJudgement({ ...judged(), asset: B }, "r").address).not.toBe(one.address);
    expect(sealJudgement({ ...judged(), verdict: "pass" }, "r").address).not.toBe(one.address);
  });

  test("is refused when it was altered, or is no judgement", () => {
    const { address: where, text } = sealJudgement(judged(), "r");
    expect(openJudgement(where, text.replace("indeterminate", "pass")).ok).toBe(false);
    const inventory = sealInventory(inventoryOfAssets([A]));
    expect(openJudgement(inventory.address, inventory.text).ok).toBe(false);
    expect(openJudgement(where, "{").ok).toBe(false);
  });
});

describe("a sealed inventory", () => {
  const by = { name: "Anna And", role: "IT-chef" };
  const inventory: Inventory = {
    ...inventoryOfAssets([A, { ...B, delegations: [name("kort.b.dk")], tags: ["x"] }]),
    file: "inventory.yaml",
    municipality: { id: "0101", name: "Eksempelkommune" },
    reading: "stat-2024-10",
    contacts: { email: ["it@example.dk"], sms: [] },
    attestations: [
      { requirement: "S22", clause: "2", assets: [A.id], statement: "Ja", by, validUntil: 4e12 },
      ...[{ requirement: "S22", clause: "1", assets: "all", statement: "Ja", by, validUntil: 4e12 } as const],
    ],
    exemptions: [{ requirement: "S18", asset: A.id, reason: "Flyttes", by, validUntil: 4e12 }],
    authorisations: [{ id: "auth-1", ranges: ["192.0.2.0/28"], by, validFrom: 0, validUntil: 4e12 }],
    network: { ...DEFAULT_NETWORK, authoritative: "off" },
    settings: { k11Level: "strong", strict: true, confirmAfter: 5_000, cadence: { domains: 60_000 } },
    inventoryAttestation: { by, validUntil: 4e12 },
    lineOf: new Map([[A.id, 3]]),
  };

  test("is read with all that verdicts depend on, and nothing of contacts, network and file", () => {
    const { address: where, text } = sealInventory(inventory);
    expect(text).not.toContain("it@example.dk");
    const { file, contacts, network, lineOf } = inventoryOfAssets([]);
    expect(openInventory(where, text)).toEqual({ ok: true, value: { ...inventory, file, contacts, network, lineOf } });
  });

  test("has another address for other assets or statements, and the same for another place in the file", () => {
    const { address: where } = sealInventory(inventory);
    expect(sealInventory({ ...inventory, lineOf: new Map(), file: null }).address).toBe(where);
    expect(sealInventory({ ...inventory, assets: [A] }).address).not.toBe(where);
    expect(sealInventory({ ...inventory, exemptions: [] }).address).not.toBe(where);
    expect(sealInventory({ ...inventory, authorisations: [] }).address).not.toBe(where);
    expect(sealInventory({ ...inventory, inventoryAttestation: null }).address).not.toBe(where);
  });

  test("is refused when it was altered, or is no inventory", () => {
    const { address: where, text } = sealInventory(inventory);
    expect(openInventory(where, text.replace("Flyttes", "Bliver"))).toEqual({
      ok: false,
      problem: "the content does not fit its address",
    });
    const judgement = sealObservations([]);
    expect(openInventory(judgement.address, judgement.text).ok).toBe(false);
  });
});
