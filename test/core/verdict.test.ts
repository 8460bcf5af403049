import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CAUSES, firstCause } from "../../lib/core/cause.ts";
import type { JudgedFinding } from "../../lib/core/finding.ts";
import { combine, type Judged, type Verdict, verdictOfFindings, VERDICTS } from "../../lib/core/verdict.ts";

const judged = (verdict: Verdict): Judged => ({ verdict, cause: verdict === "indeterminate" ? "dns-timeout" : null });

const anyJudged = fc
  .record({ verdict: fc.constantFrom(...VERDICTS), cause: fc.constantFrom(...CAUSES) })
  .map(({ verdict, cause }) => ({
    verdict,
    cause: verdict === "indeterminate" ? cause : null,
  }));

describe("combine", () => {
  const table: readonly [readonly Verdict[], Verdict][] = [
    [[], "indeterminate"],
    [["pass"], "pass"],
    [["pass", "not-applicable"], "pass"],
    [["not-applicable", "not-applicable"], "not-applicable"],
    [["pass", "attested"], "attested"],
    [["attested", "not-applicable"], "attested"],
    [["pass", "indeterminate"], "indeterminate"],
    [["not-applicable", "indeterminate"], "indeterminate"],
    [["attested", "indeterminate"], "indeterminate"],
    [["fail", "indeterminate", "pass", "attested", "not-applicable"], "fail"],
  ];

  test.each(table)("%j is %s", (parts, verdict) => {
    expect(combine(parts.map(judged)).verdict).toBe(verdict);
  });

  test("nothing at all proves nothing: indeterminate, and ours", () => {
    expect(combine([])).toEqual({ verdict: "indeterminate", cause: "internal" });
  });

  test("an indeterminate part that gives no cause is our own fault", () => {
    expect(combine([{ verdict: "indeterminate", cause: null }])).toEqual({
      verdict: "indeterminate",
      cause: "internal",
    });
    expect(combine([{ verdict: "indeterminate", cause: null }, judged("indeterminate")]).cause).toBe("dns-timeout");
  });

  test("a cause is there exactly when the verdict is indeterminate, and it is the first in order", () => {
    fc.assert(
      fc.property(fc.array(anyJudged), (parts) => {
        const { verdict, cause } = combine(parts);
        expect(cause !== null).toBe(verdict === "indeterminate");
        if (parts.length > 0 && verdict === "indeterminate") {
          expect(cause).toBe(firstCause(parts.flatMap((part) => part.cause ?? [])));
        }
      }),
    );
  });

  test("order does not matter", () => {
    fc.assert(fc.property(fc.array(anyJudged), (parts) => expect(combine(parts.toReversed())).toEqual(combine(parts))));
  });

  test("passes only with a pass, and with nothing against it", () => {
    fc.assert(
      fc.property(fc.array(anyJudged), (parts) => {
        const harmless = parts.every(({ verdict }) => verdict === "pass" || verdict === "not-applicable");
        expect(combine(parts).verdict === "pass").toBe(harmless && parts.some(({ verdict }) => verdict === "pass"));
      }),
    );
  });
});

describe("verdictOfFindings", () => {
  const finding = (outcome: JudgedFinding["outcome"], more: Partial<JudgedFinding> = {}): JudgedFinding => ({
    tag: "S18_X",
    check: "s18.x",
    clause: "1",
    evidence: {},
    outcome,
    cause: outcome === "indeterminate" ? "dns-servfail" : null,
    ...more,
  });
  const exempted = { reason: "planned", by: "A", validUntil: "2027-01-01T00:00:00.000Z" };

  test("only warnings: nothing has been shown", () => {
    expect(verdictOfFindings("1", [finding("warn")], false)).toEqual({
      clause: "1",
      verdict: "indeterminate",
      cause: "internal",
    });
  });

  test("a warning changes no verdict", () => {
    expect(verdictOfFindings("1", [finding("warn"), finding("pass")], false).verdict).toBe("pass");
    expect(verdictOfFindings("1", [finding("warn"), finding("fail")], false).verdict).toBe("fail");
    expect(verdictOfFindings("1", [finding("warn"), finding("not-applicable")], false).verdict).toBe("not-applicable");
  });

  test("an exempted fail counts as attested, another fail beside it does not", () => {
    expect(verdictOfFindings("1", [finding("fail", { exempted }), finding("pass")], false).verdict).toBe("attested");
    expect(verdictOfFindings("1", [finding("fail", { exempted }), finding("fail")], false).verdict).toBe("fail");
  });

  test("an exemption makes nothing known that was not seen", () => {
    expect(verdictOfFindings("1", [finding("fail", { exempted }), finding("indeterminate")], false)).toMatchObject({
      verdict: "indeterminate",
      cause: "dns-servfail",
    });
  });

  test("an attestation stands in for what was not seen, and never for what was", () => {
    expect(verdictOfFindings("1", [finding("indeterminate")], true)).toEqual({
      clause: "1",
      verdict: "attested",
      cause: null,
    });
    expect(verdictOfFindings("1", [], true).verdict).toBe("attested");
    expect(verdictOfFindings("1", [finding("fail")], true).verdict).toBe("fail");
    expect(verdictOfFindings("1", [finding("pass")], true).verdict).toBe("pass");
  });
});
