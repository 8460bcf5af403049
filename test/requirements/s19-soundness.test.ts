import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DomainAsset } from "../../lib/core/asset.ts";
import { evaluate } from "../../lib/core/evaluate.ts";
import type { World, WorldZone } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import { s19 } from "../../lib/requirements/s19/requirement.ts";
import { name } from "../../lib/wire/name.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();

const ZONES = ["kommune.dk", "a.dk", "b.dk"] as const;
const SLOTS = 6;
const NUM_RUNS = 250;

type ZoneState = "signed" | "unsigned" | "bogus";
type Kind = "both" | "v4" | "v6" | "bare" | "absent" | "alias";

/** One host, in zone `index % 3`. An alias points at the next slot, so that none loops; the last slot is none. */
interface Slot {
  readonly kind: Kind;
  readonly fault: "none" | "spoilt" | "failing";
}

interface Plan {
  readonly states: readonly ZoneState[];
  readonly slots: readonly Slot[];
  readonly mx: readonly number[];
  readonly wildcard: readonly number[];
  readonly declared: readonly number[];
  readonly nullBesides: boolean;
}

const zoneState = fc.oneof(
  { weight: 5, arbitrary: fc.constant<ZoneState>("signed") },
  { weight: 1, arbitrary: fc.constantFrom<ZoneState>("unsigned", "bogus") },
);
const slot: fc.Arbitrary<Slot> = fc.record({
  kind: fc.constantFrom<Kind>("both", "both", "v4", "v6", "bare", "absent", "alias"),
  fault: fc.oneof(
    { weight: 8, arbitrary: fc.constant("none" as const) },
    { weight: 1, arbitrary: fc.constantFrom("spoilt" as const, "failing" as const) },
  ),
});
const someSlots = (minLength: number) => fc.uniqueArray(fc.nat(SLOTS - 1), { minLength, maxLength: 3 });
const plan: fc.Arbitrary<Plan> = fc
  .record({
    states: fc.tuple(zoneState, zoneState, zoneState),
    slots: fc.array(slot, { minLength: SLOTS, maxLength: SLOTS }),
    mx: someSlots(1),
    wildcard: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: someSlots(1) }),
    declared: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: someSlots(1) }),
    nullBesides: fc.boolean(),
  })
  .map((made) => ({
    ...made,
    slots: made.slots.map((one, index) =>
      one.kind === "alias" && index === SLOTS - 1 ? { ...one, kind: "both" as const } : one,
    ),
  }));

const zoneOf = (index: number): (typeof ZONES)[number] => ZONES[index % ZONES.length] ?? "kommune.dk";
const hostOf = (index: number): string => `mx${index}.${zoneOf(index)}.`;

function recordsOf({ kind }: Slot, index: number): readonly string[] {
  const owner = `mx${index}`;
  const a = `${owner} A 192.0.2.${index + 1}`;
  const aaaa = `${owner} AAAA 2001:db8::${index + 1}`;
  const records = { both: [a, aaaa], v4: [a], v6: [aaaa], bare: [`${owner} TXT x`], absent: [] };
  return kind === "alias" ? [`${owner} CNAME ${hostOf(index + 1)}`] : records[kind];
}

const SPOILT_TYPE = { both: "A", v4: "A", v6: "AAAA", bare: "NSEC", absent: "NSEC", alias: "CNAME" } as const;

function worldOf({ states, slots, mx, wildcard, nullBesides }: Plan): World {
  const zones = ZONES.map((zone, at): WorldZone => {
    const state = states[at] ?? "signed";
    const here = slots.flatMap((one, index) => (zoneOf(index) === zone ? [{ one, index }] : []));
    const faulty = (fault: Slot["fault"]) => here.filter(({ one }) => one.fault === fault);
    return {
      name: zone,
      state,
      records: [
        ...here.flatMap(({ one, index }) => recordsOf(one, index)),
        ...(at === 0 ? mx.map((index) => `@ MX 10 ${hostOf(index)}`) : []),
        ...(at === 0 && nullBesides ? ["@ MX 0 ."] : []),
        ...(at === 0 ? wildcard.map((index) => `* MX 10 ${hostOf(index)}`) : []),
      ],
      spoilt:
        state === "unsigned" ? [] : faulty("spoilt").map(({ one, index }) => `mx${index} ${SPOILT_TYPE[one.kind]}`),
      failing: faulty("failing").map(({ index }) => `mx${index} A`),
    };
  });
  return { zones };
}

/** The model: what a person would say of the plan without knowing how it is found out. */
function judgeByHand({ states, slots, mx, wildcard, declared }: Plan) {
  const stateOf = (index: number): ZoneState => states[index % ZONES.length] ?? "signed";
  const at = (index: number): Slot => slots[index] ?? { kind: "both", fault: "none" };
  const isSecure = (index: number): boolean =>
    stateOf(index) === "signed" && at(index).fault === "none" && (at(index).kind !== "alias" || isSecure(index + 1));
  const isAlive = (index: number): boolean =>
    at(index).kind === "alias" ? isAlive(index + 1) : ["both", "v4", "v6"].includes(at(index).kind);
  const isBad = (index: number): boolean =>
    stateOf(index) !== "signed" || at(index).fault === "spoilt" || (at(index).kind === "alias" && isBad(index + 1));
  const isGood =
    states[0] !== "bogus" &&
    [...mx, ...wildcard, ...declared].every(isSecure) &&
    mx.some(isAlive) &&
    (wildcard.length === 0 || wildcard.some(isAlive)) &&
    declared.every(isAlive);
  const mayFail =
    states[0] === "bogus" ||
    [...mx, ...wildcard, ...declared].some(isBad) ||
    !mx.some(isAlive) ||
    (wildcard.length > 0 && !wildcard.some(isAlive));
  return { isGood, mayFail };
}

async function verdictOf(made: Plan): Promise<Verdict> {
  const asset: DomainAsset = {
    kind: "domain",
    id: "domain:kommune.dk",
    name: "kommune.dk",
    domain: name("kommune.dk"),
    mailGateways: made.declared.map((index) => name(hostOf(index))),
  };
  const observations = await rehearsal.observeIn(worldOf(made), asset, ["dns.gateways"]);
  const context = { asset, observations, reading: "kommune-2024", statements: NO_STATEMENTS, asOf: 0 } as const;
  return evaluate(s19, context).verdict;
}

test("S19 passes exactly where every gateway and all on the way is secure, and fails only where something is wrong", async () => {
  const met = { good: 0, bad: 0 };
  await fc.assert(
    fc.asyncProperty(plan, async (made) => {
      const { isGood, mayFail } = judgeByHand(made);
      met[isGood ? "good" : "bad"] += 1;
      const verdict = await verdictOf(made);
      expect(verdict === "pass").toBe(isGood);
      if (verdict === "fail") expect(mayFail).toBe(true);
    }),
    { numRuns: NUM_RUNS },
  );
  expect(Math.min(met.good, met.bad)).toBeGreaterThan(0);
}, 120_000);
