import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { controlOffer, hearControl, outcomes, preferenceOffer } from "../../lib/tls/offer-outcome.ts";
import {
  hear,
  isSettled,
  type Offer,
  type OfferPlan,
  type OfferReply,
  startPlan,
  takeOffers,
  type Track,
} from "../../lib/tls/offer-plan.ts";

type Server = (offer: Offer) => OfferReply;

/** Plays the plan against a server to its end, `width` connections at a time, answers in an order of the seed's. */
function play(
  tracks: readonly Track[],
  server: Server,
  width = 3,
  seed = 0,
): { plan: OfferPlan; connections: number; controls: number } {
  let controls = 0;
  let plan = startPlan(tracks);
  let open: readonly Offer[] = [];
  let connections = 0;
  for (let step = seed; !isSettled(plan); step += 1) {
    const taken = takeOffers(plan, width - open.length);
    plan = taken.plan;
    open = [...open, ...taken.offers];
    connections += taken.offers.length;
    if (connections > 5_000) throw new Error("the plan does not end");
    const next = open[step % open.length];
    if (next === undefined) throw new Error("the plan is stuck");
    open = open.filter((each) => each !== next);
    plan = hear(plan, next.id, server(next));
  }
  for (let control = controlOffer(plan); control !== null; control = controlOffer(plan)) {
    controls += 1;
    plan = hearControl(plan, server({ id: 0, ...control }));
  }
  return { plan, connections, controls };
}

interface Model {
  readonly accepts: Readonly<Record<string, readonly number[]>>;
  readonly order: "server" | "client";
  /** More items than this are cut. */
  readonly reach: number;
  readonly cut: "reset" | "closed" | "silent" | "other-alert";
  readonly says: "refused" | "reset" | "closed";
}

function serverOf({ accepts, order, reach, cut, says }: Model): Server {
  return ({ track, items }) => {
    if (items.length > reach) return { kind: cut };
    const own = accepts[track] ?? [];
    const item =
      order === "server" ? own.find((each) => items.includes(each)) : items.find((each) => own.includes(each));
    return item === undefined ? { kind: says } : { kind: "accepted", item };
  };
}

const ITEMS = Array.from({ length: 180 }, (_, index) => index + 1);
const NAMES = ["TLSv1.0", "TLSv1.2", "TLSv1.3"];
const accepted = fc.shuffledSubarray(ITEMS, { maxLength: 40 });
const models = (fields: { reach: fc.Arbitrary<number>; says: fc.Arbitrary<Model["says"]> }): fc.Arbitrary<Model> =>
  fc.record({
    accepts: fc
      .tuple(accepted, accepted, accepted)
      .map((sets) => Object.fromEntries(NAMES.map((n, i) => [n, sets[i] ?? []]))),
    order: fc.constantFrom("server", "client"),
    cut: fc.constantFrom("reset", "closed", "silent", "other-alert"),
    ...fields,
  });
const TRACKS = NAMES.map((name) => ({ name, items: ITEMS }));
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** So many accepted ones make a track worth a second lane. */
const MANY = 12;
const lanesOf = ({ length }: readonly number[]) => length + (length < MANY ? 1 : 2);

describe("against model servers", () => {
  test("a tolerant one: exactly the accepted set, by n + 1 connections per track, one more for a second lane", () => {
    fc.assert(
      fc.property(
        models({ reach: fc.constant(999), says: fc.constant("refused") }),
        fc.nat(9),
        fc.integer({ min: 1, max: 6 }),
        (model, seed, width) => {
          const { plan, connections } = play(TRACKS, serverOf(model), width, seed);
          for (const outcome of outcomes(plan)) {
            const own = model.accepts[outcome.name] ?? [];
            expect(sorted(outcome.accepted)).toEqual(sorted(own));
            expect(sorted([...outcome.accepted, ...outcome.refused])).toEqual(ITEMS);
            expect(outcome.undecided).toEqual([]);
            expect(outcome.connections).toBe(own.length + (own.length < MANY ? 1 : 2));
            if (model.order === "server" && own.length < MANY) expect(outcome.accepted).toEqual(own);
            if (model.order === "client") expect(outcome.preference).not.toBe("server");
          }
          expect(connections).toBe(NAMES.reduce((sum, name) => sum + lanesOf(model.accepts[name] ?? []), 0));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("one that cuts long offers: exactly the accepted set, and nothing called refused that was not", () => {
    fc.assert(
      fc.property(
        models({ reach: fc.integer({ min: 32, max: 179 }), says: fc.constant("refused") }),
        fc.nat(9),
        (model, seed) => {
          const { plan } = play(TRACKS, serverOf(model), 3, seed);
          for (const outcome of outcomes(plan)) {
            expect(sorted(outcome.accepted)).toEqual(sorted(model.accepts[outcome.name] ?? []));
            expect(outcome.undecided).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("one that says no by cutting the line: exactly the accepted set, if it answers at all", () => {
    fc.assert(
      fc.property(
        models({ reach: fc.constant(999), says: fc.constantFrom("reset", "closed") }),
        fc.nat(9),
        (model, seed) => {
          const { plan } = play(TRACKS, serverOf(model), 3, seed);
          const isAlive = NAMES.some((name) => (model.accepts[name] ?? []).length > 0);
          for (const outcome of outcomes(plan)) {
            expect(sorted(outcome.accepted)).toEqual(sorted(model.accepts[outcome.name] ?? []));
            expect(outcome.undecided.length).toBe(isAlive ? 0 : 6);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("one that answers anything at all: the plan ends, and never calls refused what was accepted or not heard", () => {
    const kinds = fc.constantFrom("refused", "closed", "reset", "silent", "other-alert", "unreadable", "accepted");
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.nat(200)), { minLength: 1, maxLength: 50 }), (script) => {
        let at = 0;
        const { plan } = play(TRACKS, () => {
          const [kind, item] = script[at++ % script.length]!;
          return kind === "accepted" ? { kind, item } : { kind };
        });
        for (const { accepted: yes, refused, undecided } of outcomes(plan)) {
          const unknown = undecided.flatMap(({ items }) => items);
          expect(sorted([...yes, ...refused, ...unknown])).toEqual(ITEMS);
        }
      }),
    );
  });
});

describe("single cases", () => {
  const one = (items: readonly number[]) => [{ name: "TLSv1.2", items }];

  test("a server that is silent to everything leaves everything undecided", () => {
    const { plan, connections } = play(one([1, 2, 3]), () => ({ kind: "silent" }));
    expect(outcomes(plan)).toMatchObject([
      { accepted: [], refused: [], undecided: [{ items: [1, 2, 3], cause: "silent" }] },
    ]);
    expect(connections).toBe(2);
  });

  test("a reset has a smaller second try before it means anything", () => {
    const seen: Offer[] = [];
    const { plan } = play(one(ITEMS), (offer) => {
      seen.push(offer);
      return offer.isCompact ? { kind: "refused" } : { kind: "reset" };
    });
    expect(seen[0]).toMatchObject({ items: ITEMS, isCompact: false });
    const second = seen.slice(1).map(({ items, isCompact }) => [items.length, isCompact]);
    expect(second.toSorted()).toEqual([20, 32, 32, 32, 32, 32].map((count) => [count, true]));
    expect(outcomes(plan)[0]).toMatchObject({ undecided: [] });
    expect(sorted(outcomes(plan)[0]!.refused)).toEqual(ITEMS);
  });

  test("one reset among alerts stays undecided", () => {
    const { plan } = play(one(ITEMS), ({ isCompact, items }) => {
      if (!isCompact || items.includes(40)) return { kind: "reset" };
      return items.includes(7) ? { kind: "accepted", item: 7 } : { kind: "refused" };
    });
    expect(outcomes(plan)[0]).toMatchObject({
      accepted: [7],
      undecided: [{ cause: "reset", items: ITEMS.slice(32, 64) }],
    });
  });

  const oldStack: Server = ({ track, items }) => {
    if (track === "TLSv1.2") return items.includes(3) ? { kind: "accepted", item: 3 } : { kind: "refused" };
    return { kind: items.includes(50) ? "other-alert" : "refused" };
  };
  const both = ["TLSv1.2", "TLSv1.0"].map((name) => ({ name, items: ITEMS }));

  test("an internal_error among refusals is a refusal (OpenSSL 3 without a signature for TLS 1.0)", () => {
    const old = outcomes(play([...both].reverse(), oldStack, 1).plan)[0]!;
    expect(old).toMatchObject({ name: "TLSv1.0", undecided: [], accepted: [], connections: 7 });
    expect(sorted(old.refused)).toEqual(ITEMS);
  });

  test("and has one second try alone, in one piece, once a longer offer was answered", () => {
    expect(play(both, oldStack, 1)).toMatchObject({ connections: 2 + 2, controls: 2 });
  });

  test("a server that has had enough of us and cuts everything has refused nothing by that", () => {
    let calls = 0;
    const tired: Server = ({ items }) => {
      calls += 1;
      if (calls > 2) return { kind: "reset" };
      return items.includes(3) ? { kind: "accepted", item: 3 } : { kind: "refused" };
    };
    const old = outcomes(play(both, tired, 1).plan)[1]!;
    expect(old.refused).toEqual([]);
    expect(sorted(old.undecided.flatMap(({ items }) => items))).toEqual(ITEMS);
  });

  test("but not on a server that never accepts anything", () => {
    const { plan } = play(both, () => ({ kind: "other-alert" }));
    expect(outcomes(plan).map(({ refused }) => refused)).toEqual([[], []]);
  });

  test("a server that does not read offers ends its track, which stays undecided", () => {
    const { plan, connections } = play(one([1, 2]), () => ({ kind: "accepted", item: 9 }));
    expect(connections).toBe(1);
    expect(outcomes(plan)).toMatchObject([
      { accepted: [], unoffered: [9], undecided: [{ items: [1, 2], cause: "unoffered" }] },
    ]);
  });

  test("once small offers were answered, no long one is made", () => {
    const model = { TLS10: [5], TLS12: [170] };
    const sizes: number[] = [];
    const server = serverOf({ accepts: model, order: "server", reach: 40, cut: "reset", says: "refused" });
    play(
      [
        { name: "TLS10", items: ITEMS },
        { name: "TLS12", items: ITEMS },
      ],
      (offer) => {
        sizes.push(offer.items.length);
        return server(offer);
      },
      1,
    );
    expect(sizes.filter((size) => size > 40).length).toBeLessThanOrEqual(2);
  });

  test("replies to nothing change nothing; a track without items is settled", () => {
    const plan = startPlan([{ name: "none", items: [] }]);
    expect(isSettled(plan)).toBe(true);
    expect(hear(plan, 1, { kind: "refused" })).toBe(plan);
    expect(outcomes(plan)).toMatchObject([{ accepted: [], refused: [], undecided: [], preference: "unknown" }]);
  });

  test("an outcome that is taken too early says what was not asked", () => {
    expect(outcomes(startPlan(one([1])))).toMatchObject([{ undecided: [{ items: [1], cause: "not-asked" }] }]);
  });

  test("preference: proven by a choice against the order, else one more offer settles it", () => {
    const outcomeOf = (accepts: readonly number[], order: Model["order"]) => {
      const server = serverOf({ accepts: { "TLSv1.2": accepts }, order, reach: 999, cut: "reset", says: "refused" });
      return outcomes(play(one(ITEMS), server).plan)[0]!;
    };
    expect(outcomeOf([9, 3], "server")).toMatchObject({ preference: "server", accepted: [9, 3] });
    expect(preferenceOffer(outcomeOf([9, 3], "server"))).toBeNull();
    expect(preferenceOffer(outcomeOf([9, 3], "client"))).toEqual([9, 3]);
    expect(outcomeOf([4], "client").preference).toBe("unknown");
  });
});
