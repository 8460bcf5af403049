/** What was recorded is spoilt in every way that hostile or broken sites and probes could: nothing that fails may pass by it. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CAUSES } from "../../lib/core/cause.ts";
import { evaluate } from "../../lib/core/evaluate.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import type { Scenario } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { scenarios } from "../../lib/requirements/s17/scenarios.ts";
import { s17 } from "../../lib/requirements/s17/requirement.ts";
import type { Hop, HopAnswer } from "../../lib/web/hop.ts";
import type { OriginVisit, WebVisit } from "../../lib/web/observations.ts";
import { openRehearsal } from "../support/rehearsal.ts";

interface Seen {
  readonly scenario: Scenario;
  readonly observations: readonly Observation[];
}

type Visited = Extract<WebVisit, { readonly state: "visited" }>;

const rehearsal = await openRehearsal();
const seen: readonly Seen[] = await Promise.all(
  scenarios.map(async (scenario) => ({ scenario, observations: await scenario.observe(rehearsal) })),
);
const passing = seen.filter(({ scenario, observations }) => scenario.verdict === "pass" && visitsIn(observations) > 0);
const open = seen.filter(({ scenario }) => scenario.verdict !== "pass");

function judge({ scenario }: Seen, observations: readonly Observation[]) {
  const asset = scenario.asset(rehearsal);
  return evaluate(s17, { asset, reading: "kommune-2024", observations, statements: NO_STATEMENTS, asOf: 0 });
}

function visitsIn(observations: readonly Observation[]): number {
  return observations.filter((one) => visitOf(one) !== null).length;
}

function visitOf({ kind, result }: Observation): Visited | null {
  if (kind !== "web.redirects" || result.state !== "observed") return null;
  const visit = result.value as WebVisit;
  return visit.state === "visited" ? visit : null;
}

/** The observations with every visit's origins put through `change`. */
function withOrigins(
  observations: readonly Observation[],
  change: (origins: readonly OriginVisit[]) => readonly OriginVisit[],
): readonly Observation[] {
  return observations.map((one): Observation => {
    const visit = visitOf(one);
    return visit === null
      ? one
      : { ...one, result: { state: "observed", value: { ...visit, origins: change(visit.origins) } } };
  });
}

function withHops(
  observations: readonly Observation[],
  change: (hops: readonly Hop[], origin: OriginVisit) => readonly Hop[],
): readonly Observation[] {
  return withOrigins(observations, (origins) =>
    origins.map((origin) => ({
      ...origin,
      walks: origin.walks.map((walk) => ({ ...walk, hops: change(walk.hops, origin) })),
    })),
  );
}

function changed(hop: Hop, change: (answer: HopAnswer) => Partial<HopAnswer>): Hop {
  if (hop.answer.state === "unobserved") return hop;
  return { ...hop, answer: { state: "observed", value: { ...hop.answer.value, ...change(hop.answer.value) } } };
}

const replaced = <T>(list: readonly T[], at: number, one: T): readonly T[] =>
  list.map((each, index) => (index === at % list.length ? one : each));

test("there is something to spoil", () => {
  expect(passing.length).toBeGreaterThan(10);
  expect(open.length).toBeGreaterThan(30);
});

describe("what passes rests on every hop", () => {
  test.each(passing.map((one) => [one.scenario.name, one] as const))("%s", (_, one) => {
    const longest = Math.max(
      ...one.observations.flatMap((each) =>
        (visitOf(each)?.origins ?? []).flatMap(({ walks }) => walks.map(({ hops }) => hops.length)),
      ),
    );
    for (let at = 0; at < longest; at += 1) {
      for (const cause of CAUSES.filter((each) => each !== "tls-failed" && each !== "connection-refused")) {
        const spoilt = withHops(one.observations, (hops) => {
          const hop = hops[at];
          return hop === undefined ? hops : replaced(hops, at, { ...hop, answer: unobserved(cause, "taken away") });
        });
        expect({ at, cause, verdict: judge(one, spoilt).verdict }).not.toMatchObject({ verdict: "pass" });
      }
      if (at === 0) continue;
      const cut = withHops(one.observations, (hops) => hops.slice(0, at));
      expect({ at, verdict: judge(one, cut).verdict }).not.toMatchObject({ verdict: "pass" });
    }
  });

  test.each(passing.map((one) => [one.scenario.name, one] as const))(
    "without the visits of any one host, or its names: %s",
    (_, one) => {
      const hostOf = (each: Observation): string => visitOf(each)?.host ?? each.kind;
      for (const missing of one.observations.map(hostOf).filter((host) => host !== "web.redirects")) {
        const rest = one.observations.filter((each) => hostOf(each) !== missing);
        expect({ missing, verdict: judge(one, rest).verdict }).not.toMatchObject({ verdict: "pass" });
      }
    },
  );

  test.each(passing.map((one) => [one.scenario.name, one] as const))("without any one origin or walk: %s", (_, one) => {
    const withoutWalks = withOrigins(one.observations, (origins) => origins.map((each) => ({ ...each, walks: [] })));
    expect(judge(one, withoutWalks).verdict).not.toBe("pass");
    for (const at of [0, 1]) {
      const without = withOrigins(one.observations, (origins) => origins.filter((_each, index) => index !== at));
      expect(judge(one, without).verdict).not.toBe("pass");
    }
    const deep = withOrigins(one.observations, (origins) =>
      origins.map((each) => ({ ...each, walks: each.walks.map((walk) => ({ ...walk, purpose: "deep" as const })) })),
    );
    expect(judge(one, deep).verdict).not.toBe("pass");
  });

  test.each(passing.map((one) => [one.scenario.name, one] as const))("the visit of another host: %s", (_, one) => {
    const foreign = one.observations.map((each): Observation => {
      const visit = visitOf(each);
      return visit === null
        ? each
        : { ...each, result: { state: "observed", value: { ...visit, host: "kommune.dk" } } };
    });
    expect(judge(one, foreign).verdict).not.toBe("pass");
  });
});

/** What does not lead anywhere, whatever it is. */
const noise: fc.Arbitrary<(hops: readonly Hop[]) => readonly Hop[]> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.constantFrom(...CAUSES.filter((each) => each !== "tls-failed")))
    .map(([at, cause]) => (hops: readonly Hop[]) => {
      const hop = hops[at % Math.max(1, hops.length)];
      return hop === undefined ? hops : replaced(hops, at, { ...hop, answer: unobserved(cause, "spoilt") });
    }),
  fc.nat().map((at) => (hops: readonly Hop[]) => hops.slice(0, at % (hops.length + 1))),
  fc
    .constantFrom(200, 204, 304, 404, 403, 500, 503, 999)
    .map((status) => (hops: readonly Hop[]) => hops.map((hop) => changed(hop, () => ({ status })))),
  fc
    .tuple(
      fc.constantFrom("link", "content-location", "x-location", "uri", "via"),
      fc.constantFrom("https://kommune.dk/", "dk"),
    )
    .map(
      ([field, value]) =>
        (hops: readonly Hop[]) =>
          hops.map((hop) => changed(hop, ({ fields }) => ({ fields: [...fields, [field, value]] }))),
    ),
  fc
    .constantFrom("time", "broke", "coding", "limit")
    .map(
      (cut) => (hops: readonly Hop[]) => hops.map((hop) => changed(hop, ({ body }) => ({ body: { ...body, cut } }))),
    ),
  fc.constant((hops: readonly Hop[]) => [...hops].reverse()),
  fc.constant((hops: readonly Hop[]) => [...hops, ...hops]),
  fc
    .constantFrom("http://kommune.dk/", "https://www.kommune.dk/")
    .map(
      (url) => (hops: readonly Hop[]) => hops.map((hop, index) => (index === hops.length - 1 ? { ...hop, url } : hop)),
    ),
  fc.constantFrom("http://kommune.dk/", "https://www.kommune.dk/").map((url) => (hops: readonly Hop[]) => {
    const [first] = hops;
    return first === undefined ? hops : [...hops, { ...first, url }];
  }),
);

test("whatever is done to it, what did not pass does not pass", () => {
  fc.assert(
    fc.property(fc.constantFrom(...open), fc.array(noise, { minLength: 1, maxLength: 3 }), (one, changes) => {
      const spoilt = withHops(one.observations, (hops) => changes.reduce((left, change) => change(left), hops));
      const { verdict } = judge(one, spoilt);
      expect({ name: one.scenario.name, verdict }).not.toMatchObject({ verdict: "pass" });
    }),
    { numRuns: 3000 },
  );
});

test("junk in place of any part never throws", () => {
  fc.assert(
    fc.property(fc.constantFrom(...seen), fc.string({ unit: "binary", maxLength: 60 }), (one, text) => {
      const spoilt = withHops(one.observations, (hops) =>
        hops.map((hop) =>
          changed(hop, () => ({
            fields: [
              ["location", text],
              ["refresh", `0;url=${text}`],
            ],
          })),
        ),
      );
      expect(["pass", "fail", "indeterminate", "not-applicable"]).toContain(judge(one, spoilt).verdict);
    }),
  );
});
