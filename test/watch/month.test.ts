import { expect, test } from "@jest/globals";
import { A_MONTH } from "./month/a-month.ts";
import { readScript, MONTH_START } from "./month/script.ts";
import { simulate } from "./month/simulate.ts";
import { wordsOf } from "./month/told.ts";

test("trial", async () => {
  const t = Date.now();
  const month = await simulate(readScript(A_MONTH), { seed: Number(process.env["SEED"] ?? 1), lost: Number(process.env["LOST"] ?? 0.01) });
  const lines = month.messages.map(({ alert, at }) => `day ${(1 + (at - MONTH_START) / 86_400_000) | 0} ${new Date(at).toISOString().slice(11, 19)} ${wordsOf(alert)}`);
  console.log(lines.join("\n"), month.looks, month.starts, Date.now() - t);
  expect(1).toBe(1);
}, 300_000);
