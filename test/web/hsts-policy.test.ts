import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readHsts } from "../../lib/web/hsts-policy.ts";
import { tlsOf } from "./hops.ts";

interface AnswerVector {
  readonly name: string;
  readonly url: string;
  readonly tls: string | null;
  readonly fields: readonly (readonly [string, string])[];
  readonly policy: Record<string, unknown>;
  readonly count?: number;
  readonly written?: boolean;
}

const VECTORS = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../vectors/hsts/answers.json"), "utf8"),
) as readonly AnswerVector[];

describe("answers", () => {
  test.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    "%s",
    (_, { url, tls, fields, policy, count, written }) => {
      const reading = readHsts({ url, fields, tls: tlsOf(tls) });
      expect(reading.policy).toMatchObject(policy);
      expect(reading.fields).toBe(count ?? fields.filter(([name]) => name === "strict-transport-security").length);
      if (written !== undefined) expect(reading.written !== null).toBe(written);
    },
  );

  test("a policy is noted only with a number of seconds above zero", () => {
    const noted = VECTORS.filter(({ policy }) => policy.state === "noted");
    expect(noted.length).toBeGreaterThan(4);
    for (const { url, fields, tls } of VECTORS) {
      const { policy } = readHsts({ url, fields, tls: tlsOf(tls) });
      if (policy.state === "noted") expect(policy.field.maxAge).toBeGreaterThan(0);
    }
  });
});
