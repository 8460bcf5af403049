import { describe, expect, test } from "@jest/globals";
import { type Transition } from "../../lib/core/transition.ts";
import { turnPoints } from "../../lib/cli/story-points.ts";
import { STAR, type Turn, TURNS } from "../../lib/cli/story-turns.ts";
import type { TransitionAlert } from "../../lib/watch/alert.ts";
import { familyOf } from "../../lib/watch/cadence.ts";
import type { WatchEvent } from "../../lib/watch/watch-event.ts";

const ASSET = `domain:${STAR}`;
const TURN = TURNS.find(({ fault }) => fault === "certificate-renewed")!;

type Kind = "regression" | "recovery";

function transition(kind: Kind, changes: Partial<Transition> = {}): WatchEvent {
  const number = kind === "regression" ? 2 : 3;
  const closes = kind === "regression" ? null : 2;
  const slots = { firstSlot: "2026-11-23T10:00:00.000Z", slot: "2026-11-23T10:00:00.000Z/confirm" };
  const content = { asset: ASSET, requirement: "S20", kind, number, closes, ...slots, ...changes };
  return { kind: "transition", transition: content as Transition };
}

function alert(kind: Kind, changes: object = {}): WatchEvent {
  const members = [{ asset: ASSET, number: kind === "regression" ? 2 : 3 }];
  const deciding = { tag: "S20_CERTIFICATE_MISMATCH", about: `mail.${STAR}` };
  const content = { kind, requirement: "S20", total: 1, members, deciding, ...changes };
  return { kind: "alert", alert: content as unknown as TransitionAlert };
}

const FELL = [transition("regression"), alert("regression")];
const ROSE = [transition("recovery"), alert("recovery")];

/** Which of the four points hold: fell, warned, rose, relieved. */
function held(fell: readonly WatchEvent[], rose: readonly WatchEvent[], turn: Turn = TURN): string {
  return turnPoints({ turn, falls: ["S20"], fell, rose })
    .map(({ happened }) => (happened ? "+" : "-"))
    .join("");
}

describe("a turn of the story", () => {
  test("has happened when the star fell and rose, each confirmed and told of once", () => {
    expect(held(FELL, ROSE)).toBe("++++");
  });

  test.each<readonly [string, readonly WatchEvent[], readonly WatchEvent[], string]>([
    ["nothing was seen", [], [], "----"],
    [
      "another asset fell",
      [transition("regression", { asset: "domain:oevelse.dk" }), alert("regression")],
      ROSE,
      "---+",
    ],
    [
      "the fall was not looked at twice",
      [transition("regression", { slot: "2026-11-23T10:00:00.000Z" }), alert("regression")],
      ROSE,
      "-+++",
    ],
    ["nobody was told", [transition("regression")], ROSE, "+-++"],
    ["it was told twice", [...FELL, alert("regression")], ROSE, "+-++"],
    ["the alert was of two", [transition("regression"), alert("regression", { total: 2 })], ROSE, "+-++"],
    [
      "the alert does not name the gateway",
      [transition("regression"), alert("regression", { deciding: { tag: "S20_TLSA_MISSING", about: null } })],
      ROSE,
      "+-++",
    ],
    ["the rise ends another fall", FELL, [transition("recovery", { closes: 7 }), alert("recovery")], "++-+"],
    ["it did not rise", FELL, [], "++--"],
  ])("has not when %s", (_, fell, rose, expected) => {
    expect(held(fell, rose)).toBe(expected);
  });

  test("a digest is no alert of it", () => {
    expect(held([...FELL, alert("regression", { kind: "digest" })], ROSE)).toBe("++++");
  });
});

describe("the turns", () => {
  test("are of requirements that the family's looks show", () => {
    for (const { falls, family } of TURNS) expect(falls.map(familyOf)).toEqual(falls.map(() => family));
  });

  test("tell what befalls whom, in both languages", () => {
    for (const { accident, mended } of TURNS) {
      for (const words of [accident, mended]) {
        expect([words.da, words.en].filter((text) => !text.includes(STAR))).toEqual([]);
      }
    }
  });
});
