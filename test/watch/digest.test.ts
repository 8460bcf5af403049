import { describe, expect, test } from "@jest/globals";
import { LARGEST_BODY } from "../../lib/ports.ts";
import { latestMorning } from "../../lib/watch/danish-morning.ts";
import { claimingMorning, digestAlert, digestId, isBefore, isDigestDue } from "../../lib/watch/digest.ts";
import { moment } from "../support/looks.ts";
import { notice, transition } from "./support/transitions.ts";

const MONDAY = latestMorning(Date.parse("2026-03-02T06:00:00.000Z"));
const TUESDAY = latestMorning(Date.parse("2026-03-03T06:00:00.000Z"));
const FRAME = { municipality: "101", run: "domains/x", createdAt: moment(0) };

function baseline(changes: Parameters<typeof transition>[0] = {}) {
  return transition({ kind: "baseline", number: 1, from: null, previous: null, ...changes });
}

describe("the digest", () => {
  test("is due for news on any day, for what is merely open on Mondays", () => {
    expect(isDigestDue(1, 0, TUESDAY)).toBe(true);
    expect(isDigestDue(0, 1, TUESDAY)).toBe(false);
    expect(isDigestDue(0, 1, MONDAY)).toBe(true);
    expect(isDigestDue(0, 0, MONDAY)).toBe(false);
  });

  test("tells of what was confirmed before seven o'clock", () => {
    expect(isBefore(transition({ confirmedAt: "2026-03-02T05:59:59.999Z" }), MONDAY)).toBe(true);
    expect(isBefore(transition({ confirmedAt: "2026-03-02T06:00:00.000Z" }), MONDAY)).toBe(false);
  });

  test("is one per municipality and date", () => {
    const ids = [digestId("101", MONDAY), digestId("101", TUESDAY), digestId("102", MONDAY)];
    expect(new Set(ids).size).toBe(3);
  });

  test("lists news and what is open by requirement and asset", () => {
    const news = [baseline({ asset: "domain:b.dk" }), baseline({ asset: "domain:a.dk" })];
    const open = [transition({ asset: "domain:z.dk" }), transition({ asset: "domain:y.dk" })];
    const alert = digestAlert(
      "d",
      MONDAY,
      news.map((each) => notice(each).value),
      open,
      FRAME,
    );
    expect(alert).toMatchObject({ id: "d", kind: "digest", date: "2026-03-02", total: 2 });
    expect(alert.members.map(({ requirement, asset }) => [requirement, asset])).toEqual([
      ["S18", "domain:a.dk"],
      ["S18", "domain:b.dk"],
    ]);
    expect(alert.open.map(({ asset }) => asset)).toEqual(["domain:y.dk", "domain:z.dk"]);
  });

  test("fits an item, however much there is and however long it is called", () => {
    const many = Array.from({ length: 500 }, (_, index) => baseline({ asset: `url:${"å".repeat(480)}${index}` }));
    const alert = digestAlert(
      "d",
      MONDAY,
      many.map((each) => notice(each).value),
      many,
      FRAME,
    );
    expect(Buffer.byteLength(JSON.stringify(alert))).toBeLessThan(LARGEST_BODY - 4096);
    expect(alert.total).toBe(500);
  });

  test("the morning that claimed a notice is found again by its id", () => {
    const confirmed = baseline({ confirmedAt: "2026-03-01T12:00:00.000Z" });
    const now = Date.parse("2026-03-20T12:00:00.000Z");
    expect(claimingMorning(notice(confirmed, digestId("101", MONDAY)).value, now)).toEqual(MONDAY);
    expect(claimingMorning(notice(confirmed, digestId("101", TUESDAY)).value, now)).toEqual(TUESDAY);
    expect(claimingMorning(notice(confirmed, "c".repeat(32)).value, now)).toBeNull();
  });
});
