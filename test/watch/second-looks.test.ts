import { describe, expect, test } from "@jest/globals";
import { confirmSlotOf } from "../../lib/core/slot.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { owedSecondLooks, secondLooksOf } from "../../lib/watch/second-looks.ts";
import { HOUR, lookAt, MINUTE, POLICY, secondLookAt, START, stateAfter } from "../support/looks.ts";
import { watching } from "./support/watched.ts";
import { createWorld } from "./support/world.ts";

const SLOT = (hour: number): string => lookAt(hour, "fail").slot;
const SEEN_AFTER = 5_000;

function of(asset: string, state: AssetState): AssetState {
  return { ...state, asset };
}

/** Seen well at hour 0, and failing at this one. */
const fallen = (hour: number): AssetState => stateAfter(lookAt(0, "pass"), lookAt(hour, "fail"));

describe("second looks that are owed", () => {
  test("are those of candidates, grouped by slot, each due when the last of its assets may be seen again", () => {
    const later = { ...fallen(1), candidate: { ...fallen(1).candidate!, since: lookAt(1, "fail").observedAt } };
    const early = new Date(START + HOUR).toISOString();
    const sooner = { ...later, candidate: { ...later.candidate, since: early } };
    const states = [of("domain:c", fallen(2)), of("domain:b", later), of("domain:a", sooner), of("domain:b", later)];
    expect(owedSecondLooks(states, POLICY.confirmAfter)).toEqual([
      {
        slot: confirmSlotOf(SLOT(1)),
        due: START + HOUR + SEEN_AFTER + 10 * MINUTE,
        assets: ["domain:a", "domain:b"],
      },
      { slot: confirmSlotOf(SLOT(2)), due: START + 2 * HOUR + SEEN_AFTER + 10 * MINUTE, assets: ["domain:c"] },
    ]);
  });

  test.each<readonly [string, AssetState]>([
    ["nothing changed", stateAfter(lookAt(0, "pass"), lookAt(1, "pass"))],
    ["the second look confirmed it", stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), secondLookAt(1, "fail"))],
    ["the second look denied it", stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), secondLookAt(1, "pass"))],
    ["a later round confirmed it", stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), lookAt(2, "fail"))],
    ["a later round had no answer", stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), lookAt(2, "indeterminate"))],
    // It was first seen by a second look: the next round is the one to confirm it.
    ["it is itself a second look", stateAfter(lookAt(0, "pass"), lookAt(1, "pass"), secondLookAt(1, "fail"))],
  ])("are none where %s", (_, state) => {
    expect(owedSecondLooks([state], POLICY.confirmAfter)).toEqual([]);
  });
});

describe("second looks of a family", () => {
  const DOMAINS = ["a.dk", "b.dk"];
  const owedIn = (world: ReturnType<typeof createWorld>, domains = DOMAINS) => secondLooksOf(watching(domains), world);

  test("are owed for a round that is believed, also while it is open, until the second one is closed", async () => {
    const world = createWorld(DOMAINS);
    await world.close(await world.look(0));
    const run = await world.look(1, { "a.dk": "fail" });
    const owed = [expect.objectContaining({ slot: confirmSlotOf(SLOT(1)), assets: ["domain:a.dk"] })];
    expect(await owedIn(world)).toEqual(owed);
    await world.close(run);
    expect(await owedIn(world)).toEqual(owed);
    const again = await world.lookAgain(1, { "a.dk": "indeterminate" });
    await world.close(again);
    expect(await owedIn(world)).toEqual([]);
  });

  test("are not owed for a round that is doubted, for one that is gone, or for an asset that is no longer watched", async () => {
    const doubted = createWorld(DOMAINS);
    await doubted.close(await doubted.look(0));
    await doubted.look(1, { "a.dk": "fail" }, { suspect: "controls" });
    expect(await owedIn(doubted)).toEqual([]);
    const world = createWorld(DOMAINS);
    await world.close(await world.look(0));
    const run = await world.look(1, { "a.dk": "fail" });
    expect(await owedIn(world, ["b.dk"])).toEqual([]);
    await world.table.remove("R#101", run);
    expect(await world.memory.runs.of("101", run)).toBeNull();
    expect(await owedIn(world)).toEqual([]);
  });
});
