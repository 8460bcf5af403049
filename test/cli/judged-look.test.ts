import { expect, test } from "@jest/globals";
import { type JudgedLook, judgedLines } from "../../lib/cli/judged-look.ts";
import { plain } from "../../lib/reports/paint.ts";

const FINDING = { check: "k11.headers", clause: "1", outcome: "fail", evidence: {} } as const;
const LOOK: JudgedLook = {
  ...{ requirement: "K11", verdict: "fail", cause: null },
  findings: [
    { ...FINDING, tag: "K11_A", text: "den ene", remedy: "ret det" },
    { ...FINDING, tag: "K11_A", text: "den anden", remedy: "ret det" },
    { ...FINDING, tag: "K11_A", text: "den anden", remedy: "ret det" },
    { ...FINDING, tag: "K11_B", text: "noget andet", remedy: "ret det andet" },
    { ...FINDING, outcome: "pass", tag: "K11_C", text: "i orden" },
  ],
};

test("each finding stands once, and a remedy below the last of those in a row that share it", () => {
  expect(judgedLines(LOOK, "da", plain)).toEqual([
    "K11  ikke opfyldt",
    "  ✗ den ene [K11_A]",
    "  ✗ den anden [K11_A]",
    "      → ret det",
    "  ✗ noget andet [K11_B]",
    "      → ret det andet",
    "  ✓ i orden [K11_C]",
  ]);
});
