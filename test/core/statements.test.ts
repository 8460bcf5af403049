import { expect, test } from "@jest/globals";
import { observed, unobserved } from "../../lib/core/observation.ts";
import { isValidAt, NO_STATEMENTS } from "../../lib/core/statements.ts";

test.each<[string, { validFrom?: number; validUntil: number }, boolean]>([
  ["within", { validFrom: 5, validUntil: 15 }, true],
  ["at its first moment", { validFrom: 10, validUntil: 15 }, true],
  ["at its last moment", { validFrom: 5, validUntil: 10 }, true],
  ["before it begins", { validFrom: 11, validUntil: 15 }, false],
  ["after its end", { validFrom: 5, validUntil: 9 }, false],
  ["without a beginning", { validUntil: 10 }, true],
  ["without a beginning, after its end", { validUntil: 9 }, false],
])("a statement %s", (_, statement, counts) => {
  expect(isValidAt(statement, 10)).toBe(counts);
});

test("no statements means none of either kind", () => {
  expect(NO_STATEMENTS).toEqual({ attestations: [], exemptions: [] });
});

test("an observation is a value or a cause, and says which", () => {
  expect(observed(7)).toEqual({ state: "observed", value: 7 });
  expect(unobserved("dns-timeout", "silence")).toEqual({
    state: "unobserved",
    cause: "dns-timeout",
    detail: "silence",
  });
});
