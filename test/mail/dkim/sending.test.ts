import { describe, expect, test } from "@jest/globals";
import { Buffer } from "node:buffer";
import type { Classification } from "../../../lib/dnssec/classification.ts";
import { type DeclaredSending, sendingOf, sourceOfSending } from "../../../lib/mail/dkim/sending.ts";
import type { Classify } from "../../../lib/mail/reading.ts";
import { name, ROOT } from "../../../lib/wire/name.ts";
import { parseRdataText } from "../../../lib/wire/presentation.ts";

const domain = name("mail.kommune.dk");
const REPORT = { selector: "s", passed: 1, firstDay: "2026-11-01", lastDay: "2026-11-20", reporters: [] };

/** What an unsigned zone answers: records by "owner TYPE"; SERVFAIL for an owner and type that stand for "?". */
function answers(records: Readonly<Record<string, readonly string[] | "?" | "bogus">>): Classify {
  return (question) => {
    const given = records[`${question.name.slice(0, -1)} ${question.type}`] ?? [];
    const failure = { question, aliases: [], zone: ROOT, record: question, detail: "" };
    if (given === "?") return { ...failure, status: "indeterminate", cause: "dns-servfail", reason: "rcode" };
    if (given === "bogus") return { ...failure, status: "bogus", reason: "signature-invalid" };
    const data = given.map((text) => {
      const parsed = parseRdataText(question.type, text, ROOT);
      if (!parsed.ok) throw new Error(parsed.problem);
      return { ...question, ttl: 300, data: Buffer.from(parsed.value).toString("base64") };
    });
    const answer = data.length > 0 ? "positive" : "nxdomain";
    const where = {
      zone: domain,
      shownBy: ROOT,
      reason: "no-ds",
      nsec3: null,
      rcode: data.length > 0 ? 0 : 3,
    } as const;
    return {
      ...where,
      status: "insecure",
      question,
      aliases: [],
      answer,
      name: question.name,
      records: data,
    } satisfies Classification;
  };
}

const NOBODY = '"v=spf1 -all"';
const REJECT = '"v=DMARC1; p=reject"';
const own = (spf: string, ...dmarc: string[]) =>
  answers({ "mail.kommune.dk TXT": [spf, '"other=thing"'], "_dmarc.mail.kommune.dk TXT": dmarc });
const sending = (declared: DeclaredSending, classify: Classify) =>
  sendingOf({ domain, reported: [] }, declared, classify);

describe("who sends", () => {
  test("the inventory or reports say so, whatever DNS says", () => {
    expect(sending(true, own(NOBODY, REJECT))).toBe("sends");
    expect(sendingOf({ domain, reported: [REPORT] }, false, own(NOBODY, REJECT))).toBe("sends");
  });

  test.each([
    ['"v=spf1 mx -all"', "sends"],
    ['"v=spf1 include:x.dk ~all"', "sends"],
    ['"v=spf1 redirect=x.dk"', "sends"],
    ['"v=spf1 ip4:192.0.2.1 -all"', "sends"],
    ['"v=spf1 +a:x.dk -all"', "sends"],
    ['"v=spf1 -mx -all"', "unknown"],
    ['"v=spf1 ~all"', "unknown"],
    ['"v=spf1 all"', "unknown"],
    ['"v=spf10 mx"', "unknown"],
  ])("undeclared, SPF %s: %s", (spf, expected) => {
    expect(sending(undefined, own(spf, REJECT))).toBe(expected);
    expect(sending("unknown", own(spf, REJECT))).toBe(expected);
  });

  test("a null MX takes SPF's word away", () => {
    const records = { "mail.kommune.dk TXT": ['"v=spf1 mx -all"'], "mail.kommune.dk MX": ["0 ."] };
    expect(sending(undefined, answers(records))).toBe("unknown");
    expect(sending(undefined, answers({ ...records, "mail.kommune.dk MX": ["0 .", "10 mx.kommune.dk."] }))).toBe(
      "sends",
    );
  });
});

test("on whose word: the inventory's, then the reports', then SPF's", () => {
  expect(sourceOfSending({ reported: [REPORT] }, true)).toBe("inventory");
  expect(sourceOfSending({ reported: [REPORT] }, "unknown")).toBe("reports");
  expect(sourceOfSending({ reported: [] }, undefined)).toBe("spf");
});

describe("who does not", () => {
  test.each([
    [NOBODY, [REJECT], "silent"],
    ['"v=spf1  -ALL "', [REJECT], "silent"],
    [NOBODY, ['"v=DMARC1; p=Reject; pct=100"'], "silent"],
    ['"v=spf1 ~all"', [REJECT], "contradicted"],
    ['"v=spf1 mx -all"', [REJECT], "contradicted"],
    [NOBODY, ['"v=DMARC1; p=quarantine"'], "contradicted"],
    [NOBODY, ['"v=DMARC1; p=reject; t=y"'], "contradicted"],
    [NOBODY, ['"v=DMARC1; p=reject; pct=50"'], "contradicted"],
    [NOBODY, [REJECT, REJECT], "contradicted"],
    [NOBODY, [], "contradicted"],
  ] as const)("declared silent, %s and %s: %s", (spf, dmarc, expected) => {
    expect(sending(false, own(spf, ...dmarc))).toBe(expected);
    const undeclared = expected === "silent" ? "undeclared" : spf.includes("mx") ? "sends" : "unknown";
    expect(sending(undefined, own(spf, ...dmarc))).toBe(undeclared);
  });

  test("two SPF records are none", () => {
    expect(sending(false, answers({ "mail.kommune.dk TXT": [NOBODY, NOBODY] }))).toBe("contradicted");
  });

  test.each([
    ['"v=DMARC1; p=reject"', "silent"],
    ['"v=DMARC1; p=none; sp=reject"', "silent"],
    ['"v=DMARC1; p=reject; sp=none"', "contradicted"],
  ])("without a record of its own, the organisation's counts: %s", (dmarc, expected) => {
    const records = { "mail.kommune.dk TXT": [NOBODY], "_dmarc.kommune.dk TXT": [dmarc] };
    expect(sending(false, answers(records))).toBe(expected);
  });

  test("an own record of any policy comes before the organisation's", () => {
    const records = {
      "mail.kommune.dk TXT": [NOBODY],
      ...{ "_dmarc.mail.kommune.dk TXT": ['"v=DMARC1; p=none"'], "_dmarc.kommune.dk TXT": [REJECT] },
    };
    expect(sending(false, answers(records))).toBe("contradicted");
  });

  test.each(["mail.kommune.dk TXT", "_dmarc.mail.kommune.dk TXT", "_dmarc.kommune.dk TXT"])(
    "no answer about %s is no proof",
    (key) => {
      const records = { "mail.kommune.dk TXT": [NOBODY] };
      expect(sending(false, answers({ ...records, [key]: "?" }))).toBe("unanswered");
      expect(sending(undefined, answers({ ...records, [key]: "?" }))).toBe("unknown");
    },
  );

  test("what does not validate proves nothing", () => {
    expect(sending(false, answers({ "mail.kommune.dk TXT": "bogus" }))).toBe("contradicted");
    const records = { "_dmarc.mail.kommune.dk TXT": "bogus", "_dmarc.kommune.dk TXT": [REJECT] } as const;
    expect(sending(false, answers({ "mail.kommune.dk TXT": [NOBODY], ...records }))).toBe("contradicted");
  });
});
