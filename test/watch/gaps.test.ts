import { describe, expect, test } from "@jest/globals";
import { endedGaps, gapAlert, silentFrom, untoldGaps } from "../../lib/watch/gaps.ts";
import { HOUR, MINUTE, moment, START } from "../support/looks.ts";
import { stateOf } from "./support/transitions.ts";

const SEEN = moment(5000);
const SILENT = { since: moment(HOUR), cause: "dns-timeout", looks: 2 } as const;
/** The states below were last seen five seconds after hour 0: two cadences later, but for a twelfth of one, there is a gap. */
const STALE_FROM = START + 5000 + 2 * HOUR - 5 * MINUTE;

describe("gaps in the watch", () => {
  test("begin after two cadences, give or take a round's length, and no sooner", () => {
    const states = [stateOf({ unanswered: SILENT })];
    expect(untoldGaps(states, [], STALE_FROM, HOUR)).toEqual([]);
    expect(untoldGaps(states, [], STALE_FROM + 1, HOUR)).toEqual([
      { requirement: "S18", cause: "dns-timeout", states },
    ]);
  });

  test("are told by cause; one that nobody looked at is a stale probe", () => {
    const states = [
      stateOf({ asset: "domain:a.dk", unanswered: SILENT }),
      stateOf({ asset: "domain:b.dk", unanswered: { ...SILENT, cause: "dns-servfail" } }),
      stateOf({ asset: "domain:c.dk", unanswered: SILENT }),
      stateOf({ asset: "domain:d.dk" }),
    ];
    const gaps = untoldGaps(states, [], STALE_FROM + 1, HOUR);
    expect(gaps.map(({ cause, states: found }) => [cause, found.map(({ asset }) => asset)])).toEqual([
      ["dns-timeout", ["domain:a.dk", "domain:c.dk"]],
      ["dns-servfail", ["domain:b.dk"]],
      ["probe-stale", ["domain:d.dk"]],
    ]);
  });

  test("of a subject that never gave an answer are measured from the first look at it, and told once", () => {
    const never = stateOf({ verdict: "indeterminate", since: SEEN, observedAt: null, unanswered: SILENT });
    expect(untoldGaps([never], [], STALE_FROM, HOUR)).toEqual([]);
    expect(untoldGaps([never], [], STALE_FROM + 1, HOUR)).toMatchObject([{ cause: "dns-timeout", states: [never] }]);
    const told = [{ subject: never, observedAt: silentFrom(never) }];
    expect(untoldGaps([never], told, STALE_FROM + 1, HOUR)).toEqual([]);
    expect(endedGaps([never], told, STALE_FROM + 1, HOUR)).toEqual([]);
    expect(endedGaps([{ ...never, observedAt: moment(2 * HOUR) }], told, STALE_FROM + 1, HOUR)).toHaveLength(1);
  });

  test("are told as one when the subjects were seen in one round, whichever was seen last", () => {
    const states = [
      stateOf({ asset: "domain:a.dk", unanswered: SILENT }),
      stateOf({ asset: "domain:b.dk", observedAt: moment(35_000), unanswered: SILENT }),
      stateOf({ asset: "domain:c.dk", observedAt: moment(HOUR), unanswered: SILENT }),
    ];
    const secondMissed = START + 2 * HOUR + 20_000;
    const [gap] = untoldGaps(states, [], secondMissed, HOUR);
    expect(gap?.states.map(({ asset }) => asset)).toEqual(["domain:a.dk", "domain:b.dk"]);
    const told = states.map((subject) => ({ subject, observedAt: silentFrom(subject) }));
    expect(endedGaps(states, told, secondMissed, HOUR).map(({ asset }) => asset)).toEqual(["domain:c.dk"]);
  });

  test("are told once, but again when the subject was seen in between", () => {
    const state = stateOf({ unanswered: SILENT });
    const told = (observedAt: string) => [{ subject: state, observedAt }];
    expect(untoldGaps([state], told(SEEN), STALE_FROM + 1, HOUR)).toEqual([]);
    expect(untoldGaps([state], told(moment(-HOUR)), STALE_FROM + 1, HOUR)).toHaveLength(1);
  });

  test("end when the subject is seen again or is watched no more", () => {
    const stale = stateOf({ asset: "domain:a.dk" });
    const seen = stateOf({ asset: "domain:b.dk", observedAt: moment(2 * HOUR) });
    const gone = stateOf({ asset: "domain:c.dk" });
    const told = [stale, seen, gone].map((subject) => ({ subject, observedAt: SEEN }));
    expect(endedGaps([stale, seen], told, STALE_FROM + 1, HOUR).map(({ asset }) => asset)).toEqual([
      "domain:b.dk",
      "domain:c.dk",
    ]);
  });

  test("an alert names what was last seen when", () => {
    const frame = { municipality: "101", run: "domains/x", createdAt: moment(3 * HOUR) };
    const never = stateOf({ asset: "domain:never.dk", observedAt: null });
    const alert = gapAlert({ requirement: "S18", cause: "dns-timeout", states: [stateOf(), never] }, frame);
    expect(alert).toMatchObject({
      kind: "gap",
      total: 2,
      members: [
        { asset: "domain:eksempel.dk", observedAt: SEEN },
        { asset: "domain:never.dk", observedAt: null },
      ],
    });
    expect(alert.id).toMatch(/^[0-9a-f]{32}$/);
  });
});
