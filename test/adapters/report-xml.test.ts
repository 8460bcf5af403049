import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readReportXml } from "../../lib/adapters/report-xml.ts";
import type { AggregateReport, ReportProblem } from "../../lib/parsers/aggregate-report.ts";

const VECTORS = path.resolve(import.meta.dirname, "../vectors/reports");
const SIGNAL = new AbortController().signal;
const GOOGLE = readFileSync(path.join(VECTORS, "google.xml"), "utf8");

async function read(text: string | Uint8Array): Promise<{ report?: AggregateReport; problem?: ReportProblem }> {
  return readReportXml(typeof text === "string" ? Buffer.from(text) : text, SIGNAL);
}

async function reportIn(file: string): Promise<AggregateReport> {
  const { report, problem } = await read(readFileSync(path.join(VECTORS, file)));
  if (report === undefined) throw new Error(`${file}: ${JSON.stringify(problem)}`);
  return report;
}

async function problemOf(text: string | Uint8Array): Promise<string> {
  const { problem } = await read(text);
  return problem === undefined ? "no problem" : `${problem.line}: ${problem.words.en}`;
}

/** Google's report with one part replaced, which must be in it. */
function changed(from: string, to: string): string {
  if (!GOOGLE.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return GOOGLE.replace(from, to);
}

describe("reports as receivers write them", () => {
  test("Google's", async () => {
    const report = await reportIn("google.xml");
    expect(report).toMatchObject({
      reporter: "google.com",
      id: "4270137211893370512",
      policy: {
        domain: "eksempelkommune.dk",
        adkim: "r",
        aspf: "r",
        p: "reject",
        sp: "reject",
        np: "reject",
        testing: null,
      },
    });
    expect(report.end - report.begin).toBe(86_399);
    expect(report.records.map(({ source, count }) => [source, count])).toEqual([
      ["192.0.2.17", 212],
      ["2001:db8:4:1::25", 3],
      ["198.51.100.9", 1],
    ]);
    expect(report.records[1]).toMatchObject({
      headerFrom: "nyhedsbrev.eksempelkommune.dk",
      evaluated: { disposition: "none", dkim: "pass", spf: "fail" },
      dkim: [
        { domain: "eksempelkommune.dk", selector: "k2", result: "pass" },
        { domain: "afsender.example", selector: "fm1", result: "pass" },
      ],
      spf: [{ domain: "bounce.afsender.example", result: "pass" }],
    });
    expect(report.records[2]).toMatchObject({ evaluated: { disposition: "reject" }, spf: [{ result: "softfail" }] });
  });

  test("Microsoft's, Yahoo's and Mail.ru's", async () => {
    expect(await reportIn("microsoft.xml")).toMatchObject({
      reporter: "Enterprise Outlook",
      records: [{ count: 40, envelopeFrom: "eksempelkommune.dk", dkim: [{ selector: "Selector1", result: "pass" }] }],
    });
    expect(await reportIn("yahoo.xml")).toMatchObject({
      policy: { sp: null },
      records: [{ dkim: [{ selector: null, result: "pass" }], spf: [{ domain: null, result: "none" }] }],
    });
    expect(await reportIn("mail-ru.xml")).toMatchObject({
      reporter: "Mail.Ru",
      records: [{ source: "::ffff:192.0.2.17", count: 2, dkim: [{ selector: "selector1" }] }],
    });
  });

  test("by RFC 9990, with its namespace, its new fields and extensions that bear our names", async () => {
    expect(await reportIn("rfc9990.xml")).toMatchObject({
      reporter: "Modtager A/S",
      policy: { domain: "eksempelkommune.dk", sp: "quarantine", np: "reject", adkim: "s", testing: false },
      records: [
        {
          source: "2001:0DB8:4:1::26",
          count: 17,
          evaluated: { disposition: "pass" },
          envelopeFrom: null,
          dkim: [{ selector: "s2026", result: "pass" }],
        },
      ],
    });
  });

  test("with prefixes, CDATA, blanks and gaps", async () => {
    expect(await reportIn("prefixed.xml")).toMatchObject({
      reporter: "Postvæsen & Søn",
      id: "77",
      policy: { p: "reject", sp: null },
      records: [{ count: 0, evaluated: { disposition: null, dkim: null, spf: null }, dkim: [], spf: [] }],
    });
  });

  test("with a byte order mark, and with what stands before the declaration", async () => {
    expect((await read(`\uFEFF${GOOGLE}`)).report).toBeDefined();
    expect((await read(`\n\n${GOOGLE}\n\n`)).report).toBeDefined();
  });
});

describe("words that the RFCs do not know", () => {
  test("never count as pass", async () => {
    const { report } = await read(changed("<result>pass</result>", "<result>passed</result>"));
    expect(report?.records[0]?.dkim[0]?.result).toBe("other");
  });

  test("case does not matter", async () => {
    const { report } = await read(changed("<result>pass</result>", "<result>PASS</result>"));
    expect(report?.records[0]?.dkim[0]?.result).toBe("pass");
  });
});

describe("what is wrong is told with its line", () => {
  test.each([
    [
      "<count>212</count>",
      "<count>many</count>",
      '26: expected a whole number from 0 to 1000000000 in <count>, found "many"',
    ],
    [
      "<count>212</count>",
      "<count>-1</count>",
      '26: expected a whole number from 0 to 1000000000 in <count>, found "-1"',
    ],
    [
      "<count>212</count>",
      "<count>1000000001</count>",
      '26: expected a whole number from 0 to 1000000000 in <count>, found "1000000001"',
    ],
    ["<count>212</count>", "", "47: expected <count> with a text, found nothing"],
    [
      "<count>212</count>",
      "<count>1</count><count>2</count>",
      "26: expected <count> once in this place, found it again",
    ],
    ["192.0.2.17", "192.0.2.256", '25: expected an IPv4 or IPv6 address in <source_ip>, found "192.0.2.256"'],
    ["192.0.2.17", "", "25: expected <source_ip> with a text, found nothing"],
    ["<org_name>google.com</org_name>", "", "107: expected <org_name> with a text, found nothing"],
    ["<domain>eksempelkommune.dk</domain>", "", "107: expected <domain> with a text, found nothing"],
    [
      "<report_id>4270137211893370512</report_id>",
      "<report_id/>",
      "8: expected <report_id> with a text, found nothing",
    ],
    ["google.com<", `${"x".repeat(1_025)}<`, "5: expected at most 1024 characters in <org_name>, found more"],
  ])("%s as %s", async (from, to, problem) => {
    expect(await problemOf(changed(from, to))).toBe(problem);
  });

  test("a period that ends before it begins", async () => {
    const text = GOOGLE.replace(/<end>\d+</, "<end>5<");
    expect(await problemOf(text)).toBe("107: expected <begin> before <end> in <date_range>, found the reverse");
  });

  test("a long text is repeated in part", async () => {
    expect(await problemOf(changed("<count>212<", `<count>${"9".repeat(500)}<`))).toBe(
      `26: expected a whole number from 0 to 1000000000 in <count>, found "${"9".repeat(40)}…"`,
    );
  });
});

describe("what is no report", () => {
  test.each([
    ["<html><body/></html>", "1: expected a DMARC report that begins with <feedback>, found another document"],
    ["hello", "1: expected well-formed XML"],
    ["<feedback/>", "1: expected <begin> with a text, found nothing"],
    ["<feedback>\n<record>", "2: expected a whole report, found the end before </feedback>"],
    ["<feedback></feedbac>", "1: expected well-formed XML"],
    ["<feedback>&nosuch;</feedback>", "1: expected well-formed XML"],
    ["<feedback>&constructor;</feedback>", "1: expected well-formed XML"],
    [`${GOOGLE}<feedback/>`, "108: expected a DMARC report that begins with <feedback>, found another document"],
    [`${GOOGLE}<`, "108: expected well-formed XML"],
    ["{}", "1: expected well-formed XML"],
  ])("%#", async (text, problem) => {
    expect(await problemOf(text)).toBe(problem);
  });

  test("cut off anywhere: a problem each time, never less than the whole", async () => {
    for (let length = 1; length < GOOGLE.trimEnd().length; length += 7) {
      expect(await read(GOOGLE.slice(0, length))).toEqual({ problem: expect.anything() });
    }
  });
});

describe("encodings", () => {
  test("UTF-16 and other octets", async () => {
    expect(await problemOf(Buffer.from(`\uFEFF${GOOGLE}`, "utf16le"))).toBe(
      "1: expected the encoding UTF-8, found UTF-16",
    );
    expect(await problemOf(Buffer.from(changed("google.com", "S\xf8n"), "latin1"))).toBe(
      "1: expected the encoding UTF-8, found other octets",
    );
  });

  test("a declaration of another one", async () => {
    expect(await problemOf(changed('encoding="UTF-8"', 'encoding="ISO-8859-1"'))).toBe(
      "1: expected the encoding UTF-8, found ISO-8859-1",
    );
    expect((await read(changed('encoding="UTF-8"', "encoding='us-ascii'"))).report).toBeDefined();
  });

  test("a letter of several octets across two pieces", async () => {
    const padding = 16 * 1024 - Buffer.byteLength(GOOGLE.slice(0, GOOGLE.indexOf("google.com"))) - 1;
    const text = changed("  <version>", `${" ".repeat(padding)}  <version>`).replace("google.com", "ø");
    expect((await read(text)).report?.reporter).toBe("ø");
  });
});

describe("hostile XML", () => {
  const NO_DOCTYPE =
    "expected XML without a DOCTYPE: it may point at other files and grow without bound, and a report has none";

  test("entities that grow", async () => {
    const entities = Array.from({ length: 10 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
    const bomb = `<!DOCTYPE feedback [<!ENTITY e0 "ha">${entities}]><feedback>&e10;</feedback>`;
    expect(await problemOf(bomb)).toBe(`1: ${NO_DOCTYPE}`);
  });

  test("entities from outside", async () => {
    const outside = '<!DOCTYPE feedback [<!ENTITY x SYSTEM "file:///etc/passwd">]><feedback>&x;</feedback>';
    expect(await problemOf(outside)).toBe(`1: ${NO_DOCTYPE}`);
    expect(await problemOf('<!DOCTYPE feedback SYSTEM "http://127.0.0.1/x.dtd"><feedback/>')).toBe(`1: ${NO_DOCTYPE}`);
  });

  test("depth", async () => {
    expect(await problemOf(`<feedback>${"<a>".repeat(100_000)}`)).toMatch(
      /^1: expected at most 100000 records.* 32 levels/,
    );
  });

  test("a tag that does not end", async () => {
    const attributes = Array.from({ length: 60_000 }, (_, n) => `a${n}=""`).join(" ");
    expect(await problemOf(`<feedback ${attributes}></feedback>`)).toBe(
      "1: expected at most 131072 characters in one tag, found more",
    );
    expect(await problemOf(`<feedback ${"a".repeat(10_000_000)}`)).toMatch(/^1: expected/);
  });

  test("long texts and comments that nobody reads are passed over", async () => {
    const long = "x".repeat(300_000);
    const text = changed("<email>", `<error>${long}</error><email>`).replace(
      "<record>",
      `<!-- ${"y".repeat(50_000)} --><record>`,
    );
    expect((await read(text)).report).toBeDefined();
  });

  test("more signatures than there are", async () => {
    const dkim = "<dkim><domain>a.example</domain><result>pass</result></dkim>";
    expect((await read(changed("<spf>\n        <domain>", `${dkim.repeat(99)}<spf><domain>`))).report).toBeDefined();
    expect(await problemOf(changed("<spf>\n        <domain>", `${dkim.repeat(100)}<spf><domain>`))).toMatch(
      /100 signatures/,
    );
  });
});

test("10,000 records are read, and the pause lets an interrupt through", async () => {
  const [, record = ""] = /(<record>[\s\S]*?<\/record>)/.exec(GOOGLE) ?? [];
  const octets = Buffer.from(GOOGLE.replace(record, record.repeat(10_000)));
  const { report } = await read(octets);
  expect(report?.records.length).toBe(10_002);
  const controller = new AbortController();
  const reading = readReportXml(octets, controller.signal);
  setImmediate(() => {
    controller.abort();
  });
  await expect(reading).rejects.toThrow(/abort/i);
});

describe("anything at all", () => {
  const pieces = fc.constantFrom(
    ...[
      "<feedback>",
      "</feedback>",
      "<record>",
      "</record>",
      "<row>",
      "</row>",
      "<count>",
      "</count>",
      "12",
      "&amp;",
      "&lt",
    ],
    ...[
      "<auth_results>",
      "<dkim>",
      "</dkim>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
      "<?xml",
      "?>",
      "<a:b>",
      "xmlns:a=''",
      "\u0000",
    ],
    ...["<identifiers>", "<header_from>", "<domain/>", "\uD800", "ø", "<!DOCTYPE", "[", ">", "\n"],
  );

  test("ends in a report or a problem", async () => {
    const texts = fc
      .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 60 })
      .map((list) => list.join(""));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          texts,
          texts.map((text) => `<feedback>${text}`),
        ),
        async (text) => {
          const outcome = await read(text);
          expect(Object.keys(outcome)).toHaveLength(1);
          if (outcome.problem !== undefined) expect(outcome.problem.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a report with octets flipped, too", async () => {
    const whole = Buffer.from(GOOGLE);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (flips) => {
          const octets = Buffer.from(whole);
          for (const [at, value] of flips) octets[at] = value;
          const { report, problem } = await read(octets);
          expect((report === undefined) !== (problem === undefined)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
