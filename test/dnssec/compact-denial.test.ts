import { describe, expect, test } from "@jest/globals";
import type { Classification } from "../../lib/dnssec/classification.ts";
import { createValidator } from "../../lib/dnssec/validator.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { ask } from "./support/judge.ts";
import { TEST_TIME } from "./support/signed-zones.ts";
import { anchorOf, makeKey, signed, worldOf } from "./support/signer.ts";

const key = makeKey("example.");

function judge(question: string, rcode: number, authority: readonly ResourceRecord[]): Classification {
  const reply = { rcode, authority };
  const owner = question.split("/")[0] ?? "";
  const lookup = worldOf(key, { [`${owner}/DS`]: reply, [question]: reply });
  return createValidator({ anchors: [anchorOf(key)], at: TEST_TIME }).classify(ask(question), lookup);
}

const nxname = signed(key, "q.example. 60 IN NSEC \\000.q.example. RRSIG NSEC NXNAME");
const emptyName = signed(key, "q.example. 60 IN NSEC \\000.q.example. RRSIG NSEC");

describe("compact denial (RFC 9824)", () => {
  test.each([0, 3])("with NXNAME under RCODE %i is a name error", (rcode) => {
    expect(judge("q.example/A", rcode, nxname)).toMatchObject({
      status: "secure",
      answer: "nxdomain",
      denial: "compact",
      zone: "example.",
    });
  });

  test.each([0, 3])("without NXNAME under RCODE %i says that the name has no such type", (rcode) => {
    expect(judge("q.example/A", rcode, emptyName)).toMatchObject({
      status: "secure",
      answer: "nodata",
      denial: "nsec",
    });
  });

  test("needs its signature", () => {
    const unsigned = nxname.filter(({ type }) => type === "NSEC");
    expect(judge("q.example/A", 3, unsigned)).toMatchObject({ status: "bogus", reason: "no-signature" });
  });

  test("does not hold for another name", () => {
    expect(judge("r.example/A", 3, nxname)).toMatchObject({ status: "bogus", reason: "denial-invalid" });
  });

  test("made from a wildcard does not hold", () => {
    const owner = "q.example.";
    const text = `${owner} 60 IN NSEC \\000.q.example. RRSIG NSEC NXNAME`;
    const expanded = signed(key, text, { labels: 1, owner: "*.example." as typeof key.zone });
    expect(judge("q.example/A", 3, expanded)).toMatchObject({ status: "bogus", reason: "malformed" });
  });
});
