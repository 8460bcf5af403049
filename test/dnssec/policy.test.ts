import { describe, expect, test } from "@jest/globals";
import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import {
  algorithmRow,
  digestRow,
  isValidatableAlgorithm,
  isValidatableDigest,
  type AlgorithmRow,
} from "../../lib/dnssec/policy.ts";

function brief(rows: readonly AlgorithmRow[]): readonly string[] {
  return rows.map(({ number, grade, validatable }) => `${number} ${grade}${validatable ? " validated" : ""}`);
}

describe("the DNSSEC policy", () => {
  test("lists the algorithms as S18 grades them", () => {
    expect(brief(DNSSEC_POLICY.algorithms)).toEqual([
      ...["1 fail", "3 fail", "5 fail", "6 fail", "7 fail", "8 pass validated", "10 warn validated", "12 fail"],
      ...["13 pass validated", "14 pass validated", "15 pass validated", "16 warn validated", "17 fail", "23 fail"],
    ]);
  });

  test("lists the digests", () => {
    expect(brief(DNSSEC_POLICY.digests)).toEqual([
      ...["1 fail", "2 pass validated", "3 fail", "4 pass validated", "5 fail", "6 fail"],
    ]);
  });

  test("gives a source and a reason for each row", () => {
    for (const row of [...DNSSEC_POLICY.algorithms, ...DNSSEC_POLICY.digests]) {
      expect(row.source).toMatch(/^RFC \d+/);
      expect(row.why.length).toBeGreaterThan(5);
      expect(row.mnemonic.length).toBeGreaterThan(2);
    }
  });

  test("knows nothing of numbers that are not listed", () => {
    expect(algorithmRow(DNSSEC_POLICY, 253)).toBeNull();
    expect(digestRow(DNSSEC_POLICY, 0)).toBeNull();
    expect(isValidatableAlgorithm(DNSSEC_POLICY, 253)).toBe(false);
    expect(isValidatableDigest(DNSSEC_POLICY, 0)).toBe(false);
    expect(algorithmRow(DNSSEC_POLICY, 13)?.mnemonic).toBe("ECDSAP256SHA256");
    expect(digestRow(DNSSEC_POLICY, 2)?.mnemonic).toBe("SHA-256");
  });

  test("stops at 100 iterations", () => {
    expect(DNSSEC_POLICY.nsec3MaxIterations).toBe(100);
  });
});
