import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { controlOffer, hearControl, type OpenCause, outcomes } from "../../lib/tls/offer-outcome.ts";
import {
  hear,
  isSettled,
  type Offer,
  type OfferPlan,
  type OfferReply,
  startPlan,
  takeOffers,
} from "../../lib/tls/offer-plan.ts";

const ITEMS = Array.from({ length: 60 }, (_, index) => index + 1);
const NAMES = ["TLSv1.2", "TLSv1.3", "TLSv1.0"];
type Accepts = Readonly<Record<string, readonly number[]>>;
type No = "refused" | "other-alert" | "reset" | "closed";
type Ask = Pick<Offer, "track" | "items" | "isCompact">;
/** `count` is the number of the connection, from 1. */
type Server = (offer: Ask, count: number) => OfferReply;

interface Played {
  readonly plan: OfferPlan;
  readonly connections: number;
  readonly controls: readonly Ask[];
}

/** Connections reach the server in the order in which they are made; which answer comes first is the seed's. */
function play(server: Server, width = 3, seed = 0): Played {
  let plan = startPlan(NAMES.map((name) => ({ name, items: ITEMS })));
  let open: readonly { readonly id: number; readonly reply: OfferReply }[] = [];
  let connections = 0;
  for (let step = seed; !isSettled(plan); step += 1) {
    const taken = takeOffers(plan, width - open.length);
    plan = taken.plan;
    open = [...open, ...taken.offers.map((offer) => ({ id: offer.id, reply: server(offer, ++connections) }))];
    const next = open[step % open.length];
    if (next === undefined || connections > 2_000) throw new Error("the plan does not end");
    open = open.filter((each) => each !== next);
    plan = hear(plan, next.id, next.reply);
  }
  const controls: Ask[] = [];
  for (let control = controlOffer(plan); control !== null; control = controlOffer(plan)) {
    controls.push(control);
    plan = hearControl(plan, server(control, ++connections));
  }
  return { plan, connections, controls };
}

const honest =
  (accepts: Accepts, says: No = "refused"): Server =>
  ({ track, items }) => {
    const item = accepts[track]?.find((each) => items.includes(each));
    return item === undefined ? { kind: says } : { kind: "accepted", item };
  };

/** From a number of connections on it says the same to everything. */
const limited =
  (own: Server, most: number, says: OfferReply["kind"] & (No | "silent")): Server =>
  (offer, count) =>
    count > most ? { kind: says } : own(offer, count);

function lost({ plan }: Played, accepts: Accepts): readonly string[] {
  return outcomes(plan).flatMap(({ name, refused }) =>
    refused.filter((item) => accepts[name]?.includes(item)).map((item) => `${name} ${item}`),
  );
}

const causes = ({ plan }: Played): readonly OpenCause[] => [
  ...new Set(outcomes(plan).flatMap(({ undecided }) => undecided.map(({ cause }) => cause))),
];

const SOME: Accepts = { "TLSv1.2": [9, 3, 40, 12], "TLSv1.3": [5, 1], "TLSv1.0": [33] };
const some = fc.shuffledSubarray(ITEMS, { maxLength: 14 });
const accepting = fc
  .tuple(some, some, some)
  .map((sets): Accepts => Object.fromEntries(NAMES.map((n, i) => [n, sets[i]!])));
const widths = fc.integer({ min: 1, max: 6 });
const noes = fc.constantFrom<No>("refused", "other-alert", "reset", "closed");

describe("a server that has had enough", () => {
  for (const says of ["refused", "other-alert", "reset", "closed", "silent"] as const)
    test(`${says} to everything from any connection on loses nothing that it accepts`, () => {
      const whole = play(honest(SOME)).connections;
      for (let most = 1; most <= whole; most += 1)
        for (const width of [1, 3, 6])
          for (const seed of [0, 1, 2]) {
            const played = play(limited(honest(SOME), most, says), width, seed);
            expect(lost(played, SOME)).toEqual([]);
            expect(played.controls.length).toBeLessThanOrEqual(3);
          }
    });

  test("what it refused last is undecided, and says that it stopped answering as before", () => {
    const played = play(limited(honest(SOME), 5, "refused"), 1);
    expect(causes(played)).toEqual(["lapsed"]);
    expect(played.controls).toHaveLength(1);
  });

  test("what it refused before another acceptance stays refused", () => {
    const early = { "TLSv1.2": [9, 3], "TLSv1.3": [], "TLSv1.0": [33] };
    const { plan } = play(limited(honest(early), 5, "refused"), 1);
    expect(outcomes(plan)[1]).toMatchObject({ name: "TLSv1.3", refused: ITEMS, undecided: [] });
    expect(outcomes(plan).some(({ undecided }) => undecided.length > 0)).toBe(true);
  });

  test("refusals of a lapse are not believed when it accepts something later", () => {
    const { plan } = play(limited(honest({ "TLSv1.2": [9, 3] }), 2, "refused"), 1);
    const [first] = outcomes(hearControl(plan, { kind: "accepted", item: 9 }));
    expect(first?.refused).toEqual([]);
  });

  test("without a control a refusal after the last acceptance is open: nobody asked", () => {
    let plan = startPlan([{ name: "TLSv1.2", items: [1, 2] }]);
    for (const reply of [{ kind: "accepted", item: 1 }, { kind: "refused" }] as const) {
      const taken = takeOffers(plan, 1);
      plan = hear(taken.plan, taken.offers[0]!.id, reply);
    }
    expect(outcomes(plan)).toMatchObject([{ refused: [], undecided: [{ items: [2], cause: "not-asked" }] }]);
    expect(outcomes(hearControl(plan, { kind: "accepted", item: 1 }))).toMatchObject([{ refused: [2], undecided: [] }]);
  });

  test("an acceptance whose offer was on its way before a refusal does not vouch for it", () => {
    const { plan: started, offers } = takeOffers(startPlan(NAMES.map((name) => ({ name, items: [1] }))), 2);
    const [slow, quick] = offers;
    const plan = hear(hear(started, quick!.id, { kind: "refused" }), slow!.id, { kind: "accepted", item: 1 });
    expect(outcomes(plan)[1]).toMatchObject({ refused: [], undecided: [{ cause: "not-asked" }] });
  });
});

describe("what happens in passing", () => {
  test("one alert, reset or hang-up at any connection loses nothing, and no control is refused for it", () => {
    const whole = play(honest(SOME)).connections;
    for (const kind of ["other-alert", "reset", "closed"] as const)
      for (let at = 1; at <= whole; at += 1)
        for (const width of [1, 4]) {
          const played = play((offer, count) => (count === at ? { kind } : honest(SOME)(offer, count)), width);
          for (const { name, accepted, undecided } of outcomes(played.plan)) {
            expect([...accepted].sort()).toEqual([...SOME[name]!].sort());
            expect(undecided).toEqual([]);
          }
        }
  });

  test("an alert to every second connection loses nothing", () => {
    for (const parity of [0, 1])
      for (const width of [1, 2, 3, 6]) {
        const server: Server = (offer, count) =>
          count > 2 && count % 2 === parity ? { kind: "other-alert" } : honest(SOME)(offer, count);
        expect(lost(play(server, width), SOME)).toEqual([]);
      }
  });

  const hits = fc.array(fc.tuple(fc.constantFrom<No>("other-alert", "reset", "closed"), fc.nat(40)), { maxLength: 12 });

  test("whatever an adversary injects, unless twice for the same item, or for good: nothing accepted is called refused", () => {
    fc.assert(
      fc.property(
        fc.record({ accepts: accepting, says: noes, hits, width: widths, seed: fc.nat(9) }),
        fc.option(fc.tuple(fc.integer({ min: 1, max: 40 }), noes)),
        ({ accepts, says, hits: injected, width, seed }, limit) => {
          const hit = new Set<string>();
          const own = honest(accepts, says);
          const harried: Server = (offer, count) => {
            const kind = injected.find(([, at]) => at === count)?.[0];
            const keys = offer.items.map((item) => `${offer.track} ${item}`);
            if (kind === undefined || keys.some((key) => hit.has(key))) return own(offer, count);
            keys.forEach((key) => hit.add(key));
            return { kind };
          };
          const played = play(limit === null ? harried : limited(harried, ...limit), width, seed);
          // Who never accepted anything has only its refusals to go by.
          if (played.plan.tracks.every(({ picks }) => picks.length === 0)) return;
          expect(lost(played, accepts)).toEqual([]);
          for (const { accepted, refused, undecided } of outcomes(played.plan)) {
            const all = [...accepted, ...refused, ...undecided.flatMap(({ items }) => items)];
            expect(all.sort((a, b) => a - b)).toEqual(ITEMS);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

test("a well-behaved server costs one control, or two if it says no by cutting, and nothing of it stays open", () => {
  fc.assert(
    fc.property(accepting, noes, widths, fc.nat(9), (accepts, says, width, seed) => {
      const played = play(honest(accepts, says), width, seed);
      if (played.plan.tracks.every(({ picks }) => picks.length === 0)) return;
      expect(played.controls.length).toBeLessThanOrEqual(says === "refused" ? 1 : 2);
      expect(causes(played)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
