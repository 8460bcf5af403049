import { describe, expect, test } from "@jest/globals";
import { MOST_MEMBERS } from "../../lib/watch/alert.ts";
import { transitionAlert } from "../../lib/watch/compose-alerts.ts";
import { type Grouping, groupNotices, primaryOf } from "../../lib/watch/group-notices.ts";
import { LARGEST_BODY } from "../../lib/ports.ts";
import { notice, recovery, transition } from "./support/transitions.ts";

const GROUPING: Grouping = { municipality: "101", run: "domains/2026-03-01T00:00:00.000Z", closedBy: () => null };
const FRAME = { municipality: "101", run: GROUPING.run, createdAt: "2026-03-01T00:00:00.000Z" };

function broken(asset: string, tag = "S18_BOGUS", about: string | null = null) {
  return notice(
    transition({
      asset,
      deciding: [
        { tag, about },
        { tag: "S18_OTHER", about: asset },
      ],
    }),
  );
}

describe("grouping of notices", () => {
  test("forty assets broken by one parent zone are one alert that names it", () => {
    const notices = Array.from({ length: 40 }, (_, index) => broken(`domain:n${index}.dk`, "S18_BOGUS", "dk"));
    const [group, ...others] = groupNotices(notices, GROUPING);
    expect(others).toEqual([]);
    expect(group?.deciding).toEqual({ tag: "S18_BOGUS", about: "dk" });
    const alert = transitionAlert(
      group!,
      group!.notices.map(({ value }) => value),
      FRAME,
    );
    expect(alert).toMatchObject({ kind: "regression", requirement: "S18", total: 40 });
    expect(alert.members).toHaveLength(40);
  });

  test("another tag, thing, kind or requirement is another alert", () => {
    const groups = groupNotices(
      [
        broken("domain:a.dk", "S18_BOGUS", "dk"),
        broken("domain:b.dk", "S18_BOGUS", "com"),
        broken("domain:c.dk", "S18_UNSIGNED", "dk"),
        broken("domain:d.dk", "S18_BOGUS"),
        notice(recovery({ asset: "domain:e.dk", deciding: [{ tag: "S18_BOGUS", about: "dk" }] })),
        notice(transition({ asset: "domain:f.dk", requirement: "S19", deciding: [{ tag: "S18_BOGUS", about: "dk" }] })),
      ],
      GROUPING,
    );
    expect(groups).toHaveLength(6);
    expect(new Set(groups.map(({ id }) => id)).size).toBe(6);
    for (const { id } of groups) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test("the same groups have the same ids, in whatever order the notices come; another run's have others", () => {
    const notices = [broken("domain:a.dk"), broken("domain:b.dk", "S18_UNSIGNED")];
    const ids = groupNotices(notices, GROUPING).map(({ id }) => id);
    expect(groupNotices(notices.toReversed(), GROUPING).map(({ id }) => id)).toEqual(ids);
    const others = groupNotices(notices, { ...GROUPING, run: "domains/2026-03-01T01:00:00.000Z" });
    expect(others.some(({ id }) => ids.includes(id))).toBe(false);
  });

  test("recoveries belong to what decided the regressions they end, where that is known", () => {
    const ends = ["domain:a.dk", "domain:b.dk"].map((asset) =>
      notice(recovery({ asset, deciding: [{ tag: "S18_SIGNED", about: asset }] })),
    );
    const known = groupNotices(ends, { ...GROUPING, closedBy: () => ({ tag: "S18_BOGUS", about: "dk" }) });
    expect(known.map(({ deciding }) => deciding)).toEqual([{ tag: "S18_BOGUS", about: "dk" }]);
    expect(groupNotices(ends, GROUPING)).toHaveLength(2);
  });

  test("a claimed notice stays with its claim and takes no other along", () => {
    const claim = "c".repeat(32);
    const claimed = notice(transition({ asset: "domain:a.dk" }), claim);
    const groups = groupNotices([claimed, broken("domain:b.dk")], GROUPING);
    expect(groups.map(({ id, notices }) => [id === claim, notices.length]).toSorted()).toEqual([
      [false, 1],
      [true, 1],
    ]);
  });

  test("warnings are grouped by the warning; a verdict without a tag by its cause", () => {
    const warned = transition({ kind: "change", from: "pass", to: "pass", appeared: ["S18_SOON", "S18_WEAK"] });
    expect(primaryOf(warned)).toEqual({ tag: "S18_SOON", about: null });
    const lapsed = transition({ to: "indeterminate", cause: "attestation-expired", deciding: [] });
    expect(primaryOf(lapsed)).toEqual({ tag: "S18_UNOBSERVED_ATTESTATION_EXPIRED", about: null });
  });

  test("an alert lists its members by asset, and counts those it does not list", () => {
    const notices = Array.from({ length: MOST_MEMBERS + 7 }, (_, index) => broken(`domain:n${String(99 - index)}.dk`));
    const [group] = groupNotices(notices, GROUPING);
    const alert = transitionAlert(
      group!,
      notices.map(({ value }) => value),
      FRAME,
    );
    expect(alert.total).toBe(MOST_MEMBERS + 7);
    expect(alert.members).toHaveLength(MOST_MEMBERS);
    expect(alert.members.map(({ asset }) => asset)).toEqual(alert.members.map(({ asset }) => asset).toSorted());
  });

  test("the longest asset ids still fit an item", () => {
    const notices = Array.from({ length: 60 }, (_, index) => broken(`url:https://a.dk/${"å".repeat(480)}${index}`));
    const [group] = groupNotices(notices, GROUPING);
    const alert = transitionAlert(
      group!,
      notices.map(({ value }) => value),
      FRAME,
    );
    expect(Buffer.byteLength(JSON.stringify(alert))).toBeLessThan(LARGEST_BODY - 4096);
    expect(alert.members.length).toBeGreaterThan(20);
    expect(alert.total).toBe(60);
  });
});
