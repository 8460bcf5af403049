import { describe, expect, test } from "@jest/globals";
import { brotliDecompressSync } from "node:zlib";
import type { Requirement } from "../../lib/core/requirement.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { told } from "../../scripts/told-requirements.ts";

/** What the packed module exports. */
function unpacked(requirements: readonly Requirement[]): readonly Requirement[] {
  const code = told(requirements).replace('import { brotliDecompressSync } from "node:zlib";', "");
  const body = `${code.replace("export const ", "const ")}\nreturn REQUIREMENTS;`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is our own code, made above
  return new Function("brotliDecompressSync", body)(brotliDecompressSync) as readonly Requirement[];
}

describe("requirements that are only told", () => {
  const all = unpacked(REQUIREMENTS);

  test("say and declare the same as those that judge", () => {
    const without = (each: Requirement) => ({
      ...each,
      checks: each.checks.map((check) => ({ ...check, judge: null })),
    });
    expect(all.map(without)).toEqual(REQUIREMENTS.map(without));
  });

  test("never judge", () => {
    const checks = all.flatMap((each) => each.checks);
    expect(checks.length).toBeGreaterThan(REQUIREMENTS.length);
    for (const { judge } of checks) expect(() => judge({} as never, {} as never)).toThrow("judges nothing");
  });

  test("what is no plain data is refused", () => {
    const [first] = REQUIREMENTS;
    const odd = { ...first, title: () => "S17" } as unknown as Requirement;
    expect(() => told([odd])).toThrow("title is no plain data");
  });
});
