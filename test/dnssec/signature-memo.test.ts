import { expect, test } from "@jest/globals";
import { createSignatureMemo } from "../../lib/dnssec/signature-memo.ts";

test("recalls what it was told, good or bad", () => {
  const memo = createSignatureMemo();
  memo.remember("a", true);
  memo.remember("b", false);
  expect([memo.recall("a"), memo.recall("b"), memo.recall("c")]).toEqual([true, false, undefined]);
});

test("forgets the oldest when it is full, and none when it is told again", () => {
  const memo = createSignatureMemo(2);
  memo.remember("a", true);
  memo.remember("b", true);
  memo.remember("b", true);
  expect([memo.recall("a"), memo.recall("b")]).toEqual([true, true]);
  memo.remember("c", true);
  expect([memo.recall("a"), memo.recall("b"), memo.recall("c")]).toEqual([undefined, true, true]);
});
