import { describe, expect, test } from "@jest/globals";
import { clockWords, dateWords, durationWords, momentWords } from "../../lib/reports/alert-time.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("moments in Danish time", () => {
  test.each([
    ["2026-11-23T10:02:13.000Z", "23. november 2026 kl. 11.02", "23 November 2026 at 11:02"],
    ["2026-07-01T22:30:00.000Z", "2. juli 2026 kl. 00.30", "2 July 2026 at 00:30"],
    ["2026-12-31T23:00:00.000Z", "1. januar 2027 kl. 00.00", "1 January 2027 at 00:00"],
    ["2026-03-29T00:59:59.000Z", "29. marts 2026 kl. 01.59", "29 March 2026 at 01:59"],
    ["2026-03-29T01:00:00.000Z", "29. marts 2026 kl. 03.00", "29 March 2026 at 03:00"],
    ["2026-10-25T00:30:00.000Z", "25. oktober 2026 kl. 02.30 (sommertid)", "25 October 2026 at 02:30 (summer time)"],
    ["2026-10-25T01:30:00.000Z", "25. oktober 2026 kl. 02.30 (vintertid)", "25 October 2026 at 02:30 (winter time)"],
    ["2026-10-25T02:30:00.000Z", "25. oktober 2026 kl. 03.30", "25 October 2026 at 03:30"],
  ])("%s", (moment, da, en) => {
    expect(momentWords(moment, "da")).toBe(da);
    expect(momentWords(moment, "en")).toBe(en);
  });

  test("milliseconds and dates and clocks", () => {
    expect(momentWords(Date.UTC(2026, 10, 23, 10, 2), "da")).toBe("23. november 2026 kl. 11.02");
    expect(dateWords("2026-11-23T23:30:00.000Z", "da")).toBe("24. november 2026");
    expect(clockWords("2026-11-23T10:02:13.000Z", "da")).toBe("11.02.13");
    expect(clockWords("2026-11-23T10:02:13.000Z", "en")).toBe("11:02:13");
  });

  test.each(["", "yesterday", "+999999-01-01T00:00:00Z"])("what is no moment stays as it is: %j", (text) => {
    expect(momentWords(text, "da")).toBe(text);
    expect(dateWords(text, "da")).toBe(text);
    expect(clockWords(text, "da")).toBe(text);
  });
});

describe("lengths of time", () => {
  test.each([
    [2 * HOUR + 10 * MINUTE, "2 timer og 10 minutter", "2 hours and 10 minutes"],
    [HOUR + MINUTE, "1 time og 1 minut", "1 hour and 1 minute"],
    [2 * HOUR + 59 * SECOND, "2 timer", "2 hours"],
    [75 * HOUR, "3 dage og 3 timer", "3 days and 3 hours"],
    [24 * HOUR, "1 dag", "1 day"],
    [MINUTE + SECOND, "1 minut og 1 sekund", "1 minute and 1 second"],
    [59 * SECOND + 999, "59 sekunder", "59 seconds"],
    [999, "0 sekunder", "0 seconds"],
    [-HOUR, "0 sekunder", "0 seconds"],
  ])("%d ms", (length, da, en) => {
    expect(durationWords(length, "da")).toBe(da);
    expect(durationWords(length, "en")).toBe(en);
  });
});
