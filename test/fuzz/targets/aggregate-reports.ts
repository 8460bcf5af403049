import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { readReportXml } from "../../../lib/adapters/report-xml.ts";
import type { AggregateReport, ReportRecord } from "../../../lib/parsers/aggregate-report.ts";
import { randomReport, reportText } from "../random-reports.ts";
import { damaged } from "../random-messages.ts";
import { mutated, octetsOf } from "../random-texts.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const SAMPLES = new URL("../../vectors/reports/", import.meta.url);
const NAMES = ["google.xml", "mail-ru.xml", "microsoft.xml", "prefixed.xml", "rfc9990.xml", "yahoo.xml"];
const PIECES = [
  ...[
    "<",
    ">",
    "</",
    "/>",
    "&",
    ";",
    "&lt;",
    "&#0;",
    "&#x110000;",
    "&nope;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x ?>",
  ],
  ...[
    "<!DOCTYPE a [",
    "<feedback>",
    "</feedback>",
    "<record>",
    "</record>",
    "<row>",
    "<count>",
    "<dkim>",
    "</dkim>",
    '"',
  ],
  ...[
    "<a xmlns='x'>",
    "xmlns:a='b'",
    "a:",
    "'",
    "=",
    "9".repeat(20),
    "-1",
    "1e9",
    "\u00ff",
    "\u0000",
    "<x>".repeat(40),
  ],
  ...[
    "pass",
    "reject",
    " ",
    "\n",
    "__proto__",
    "constructor",
    "<constructor>",
    "\u00ef\u00bb\u00bf",
    "encoding='utf-16'",
  ],
];
const LONGEST_TEXT = 1_024;
const SIGNAL = new AbortController().signal;

export function sampleReports(): readonly Uint8Array[] {
  return NAMES.map((name) => new Uint8Array(readFileSync(new URL(name, SAMPLES))));
}

function altered(random: Random, samples: readonly Uint8Array[]): Uint8Array {
  const sample = random.pick(samples);
  if (random.chance(0.15)) return damaged(random, sample);
  return octetsOf(mutated(random, Buffer.from(sample).toString("latin1"), PIECES));
}

/** A report whose text we wrote ourselves is read as what it is. */
async function exerciseReport(report: AggregateReport): Promise<string> {
  const read = await readReportXml(Buffer.from(reportText(report)), SIGNAL);
  promise("report" in read && isDeepStrictEqual(read.report, report), "a sound report is not read as what it says");
  return "sound report";
}

async function exercise(octets: Uint8Array): Promise<string> {
  const read = await readReportXml(octets, SIGNAL);
  if ("problem" in read) {
    const { line, words } = read.problem;
    const lines = Buffer.from(octets).toString("latin1").split("\n").length;
    promise(line >= 1 && line <= lines, `the problem is said to be in line ${line} of ${lines}`);
    promise(words.da !== "" && words.en !== "", "a problem is not in words");
    return "problem";
  }
  const { report } = read;
  promise(report.begin <= report.end, "a report ends before it begins");
  promise(report.records.every(isBounded), "a record is out of bounds");
  const again = await readReportXml(Buffer.from(reportText(report)), SIGNAL);
  promise("report" in again && isDeepStrictEqual(again.report, report), "a report that is written is not read back");
  return "report";
}

function isBounded({ count, source, headerFrom }: ReportRecord): boolean {
  const isCount = Number.isSafeInteger(count) && count >= 0;
  return isCount && /^[0-9a-fA-F:.]{2,45}$/.test(source) && headerFrom.length <= LONGEST_TEXT;
}

export const AGGREGATE_REPORTS: Target = {
  name: "aggregate-reports",
  about: "aggregate reports of DMARC in XML are read; what was read is written and read again as the same",
  endings: ["report", "sound report", "problem"],
  prepare: async () => {
    const samples = sampleReports();
    return (random, number) => {
      if (number % 4 === 0) {
        const report = randomReport(random);
        return { message: octetsOf(reportText(report)), run: () => exerciseReport(report) };
      }
      const octets = altered(random, samples);
      return { message: octets, run: () => exercise(octets) };
    };
  },
};
