import { expect, test } from "@jest/globals";
import { timeNear } from "../../lib/dnssec/serial-time.ts";

const TURN = 2 ** 32;

test.each([
  ["the same moment", 1_000, 1_000, 1_000],
  ["later", 1_001, 1_000, 1_001],
  ["earlier", 999, 1_000, 999],
  ["almost 2^31 later", 1_000 + 2 ** 31 - 1, 1_000, 1_000 + 2 ** 31 - 1],
  ["2^31 later counts as past", 1_000 + 2 ** 31, 1_000, 1_000 - 2 ** 31],
  ["after the turn, read before it", 5, TURN - 5, TURN + 5],
  ["before the turn, read after it", TURN - 5, TURN + 5, TURN - 5],
  ["after the turn, read after it", 7, TURN + 5, TURN + 7],
  ["after two turns", 7, 2 * TURN + 5, 2 * TURN + 7],
])("%s", (_, serial, at, expected) => {
  expect(timeNear(serial, at)).toBe(expected);
});
