import { Fields, Malformed } from "./aggregate-report-fields.ts";
import type {
  AggregateReport,
  PublishedPolicy,
  ReportedResult,
  ReportedSignature,
  ReportProblem,
  ReportRecord,
} from "./aggregate-report.ts";

/** The forms are six elements deep; extensions (RFC 9990 section 5) may go further. */
const DEEPEST = 32;
/** About 25 elements a record. */
const MOST_ELEMENTS = 4_000_000;
const MOST_RECORDS = 100_000;
/** RFC 9990 section 3.1.4 lets a reporter stop at 100 signatures. */
const MOST_SIGNATURES = 100;
/** Characters of a text that is kept: a name has 253, ids are made of names and numbers. */
const LONGEST_TEXT = 1024;

const RESULTS = ["pass", "fail", "none", "neutral", "softfail", "policy", "temperror", "permerror"] as const;
const POLICIES = ["none", "quarantine", "reject"] as const;
const DISPOSITIONS = ["none", "pass", "quarantine", "reject"] as const;
const ALIGNMENTS = ["r", "s"] as const;

/** Where a part of the report begins, and the elements of it whose text is kept, by their way from there. */
const PARTS = {
  feedback: [
    ...["report_metadata/org_name", "report_metadata/report_id"],
    ...["report_metadata/date_range/begin", "report_metadata/date_range/end"],
    ...["domain", "adkim", "aspf", "p", "sp", "np", "testing"].map((name) => `policy_published/${name}`),
  ],
  "feedback/record": [
    ...["row/source_ip", "row/count"],
    ...["disposition", "dkim", "spf"].map((name) => `row/policy_evaluated/${name}`),
    ...["identifiers/header_from", "identifiers/envelope_from"],
  ],
  "feedback/record/auth_results/dkim": ["domain", "selector", "result"],
  "feedback/record/auth_results/spf": ["domain", "result"],
} as const;

type Part = keyof typeof PARTS;
const PART_NAMES = Object.keys(PARTS) as readonly Part[];
/** Every element that is read or that holds one. Whatever else stands in a report is passed over. */
const KNOWN: ReadonlySet<string> = new Set(
  PART_NAMES.flatMap((part) => [part, ...PARTS[part].map((element) => `${part}/${element}`)]).flatMap(waysTo),
);
const KEPT: ReadonlyMap<string, string> = new Map(
  PART_NAMES.flatMap((part) => PARTS[part].map((element) => [`${part}/${element}`, element] as const)),
);

/**
 * Reads a report from the elements of its XML, in their order: whoever calls has undone the markup. An element of another
 * namespace than the root's has a name that no element here has. After a problem nothing more is taken in.
 */
export class AggregateReportReader {
  /** Ways to the elements that are open; null below one that is passed over. */
  readonly #open: (string | null)[] = [];
  readonly #records: ReportRecord[] = [];
  #signatures: ReportedSignature[] = [];
  #spf: ReportRecord["spf"][number][] = [];
  readonly #fields: { readonly part: Part; readonly fields: Fields }[] = [];
  #text: string | null = null;
  #elements = 0;
  #report: AggregateReport | null = null;
  #problem: ReportProblem | null = null;

  get problem(): ReportProblem | null {
    return this.#problem;
  }

  /** A start tag, `name` without prefix; `line` from 1. */
  open(name: string, line: number): void {
    this.#guarded(() => {
      this.#begin(name, line);
    });
  }

  /** A piece of text; one element's text may come in several. */
  text(text: string, line: number): void {
    if (this.#problem !== null || this.#text === null) return;
    this.#text += text;
    if (this.#text.length <= LONGEST_TEXT) return;
    const name = this.#open.at(-1)?.split("/").at(-1) ?? "";
    this.#problem = {
      line,
      words: {
        da: `forventede højst ${LONGEST_TEXT} tegn i <${name}>, fandt flere`,
        en: `expected at most ${LONGEST_TEXT} characters in <${name}>, found more`,
      },
    };
  }

  /** The end of the innermost open element. */
  close(line: number): void {
    this.#guarded(() => {
      this.#finishElement(line);
    });
  }

  /** The report, or what kept it from being one. `line`: the last of the document. */
  end(line: number): { readonly report: AggregateReport } | { readonly problem: ReportProblem } {
    if (this.#problem !== null) return { problem: this.#problem };
    if (this.#report !== null) return { report: this.#report };
    const words = {
      da: "forventede en hel rapport, fandt slutningen før </feedback>",
      en: "expected a whole report, found the end before </feedback>",
    };
    return { problem: { line, words } };
  }

  #guarded(read: () => void): void {
    if (this.#problem !== null) return;
    try {
      read();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#problem = error.problem;
    }
  }

  #begin(name: string, line: number): void {
    this.#elements += 1;
    if (this.#open.length === 0 && (name !== "feedback" || this.#elements > 1)) {
      throw new Malformed(line, {
        da: "forventede en DMARC-rapport, der begynder med <feedback>, fandt et andet dokument",
        en: "expected a DMARC report that begins with <feedback>, found another document",
      });
    }
    if (this.#open.length >= DEEPEST || this.#elements > MOST_ELEMENTS) throw tooMuch(line);
    const known = knownWay(this.#open, name);
    this.#open.push(known);
    this.#text = known !== null && KEPT.has(known) ? "" : null;
    const part = PART_NAMES.find((each) => each === known);
    if (part === undefined) return;
    this.#fields.push({ part, fields: new Fields() });
    if (part !== "feedback/record") return;
    this.#signatures = [];
    this.#spf = [];
  }

  #finishElement(line: number): void {
    const way = this.#open.pop() ?? null;
    const current = this.#fields.at(-1);
    if (way === null || current === undefined) return;
    const element = KEPT.get(way);
    if (element !== undefined) current.fields.add(element, this.#text ?? "", line);
    this.#text = null;
    if (current.part !== way) return;
    this.#fields.pop();
    this.#finishPart(current.part, current.fields, line);
  }

  #finishPart(part: Part, fields: Fields, line: number): void {
    switch (part) {
      case "feedback/record/auth_results/dkim":
        append(this.#signatures, signatureFrom(fields), MOST_SIGNATURES, line);
        return;
      case "feedback/record/auth_results/spf":
        append(
          this.#spf,
          { domain: fields.text("domain"), result: fields.word("result", RESULTS) },
          MOST_SIGNATURES,
          line,
        );
        return;
      case "feedback/record": {
        const record = { ...rowFrom(fields, line), dkim: this.#signatures, spf: this.#spf };
        append(this.#records, record, MOST_RECORDS, line);
        return;
      }
      case "feedback":
        this.#report = { ...headFrom(fields, line), records: this.#records };
    }
  }
}

/** The way to an element that is read; null for one that is passed over, and for all that stands in one. */
function knownWay(open: readonly (string | null)[], name: string): string | null {
  const parent = open.at(-1);
  if (parent === null) return null;
  const way = parent === undefined ? name : `${parent}/${name}`;
  return KNOWN.has(way) ? way : null;
}

function append<T>(list: T[], item: T, most: number, line: number): void {
  if (list.length >= most) throw tooMuch(line);
  list.push(item);
}

function signatureFrom(fields: Fields): ReportedSignature {
  const result: ReportedResult | null = fields.word("result", RESULTS);
  return { domain: fields.text("domain"), selector: fields.text("selector"), result };
}

function rowFrom(fields: Fields, line: number): Omit<ReportRecord, "dkim" | "spf"> {
  const result = (name: "dkim" | "spf") => fields.word(`row/policy_evaluated/${name}`, RESULTS);
  return {
    source: fields.address("row/source_ip", line),
    count: fields.count("row/count", line),
    evaluated: {
      disposition: fields.word("row/policy_evaluated/disposition", DISPOSITIONS),
      dkim: result("dkim"),
      spf: result("spf"),
    },
    headerFrom: fields.required("identifiers/header_from", line),
    envelopeFrom: fields.text("identifiers/envelope_from"),
  };
}

function headFrom(fields: Fields, line: number): Omit<AggregateReport, "records"> {
  const begin = fields.second("report_metadata/date_range/begin", line);
  const end = fields.second("report_metadata/date_range/end", line);
  if (begin > end) {
    throw new Malformed(line, {
      da: "forventede <begin> før <end> i <date_range>, fandt det omvendte",
      en: "expected <begin> before <end> in <date_range>, found the reverse",
    });
  }
  return {
    reporter: fields.required("report_metadata/org_name", line),
    id: fields.required("report_metadata/report_id", line),
    ...{ begin, end, policy: policyFrom(fields, line) },
  };
}

function policyFrom(fields: Fields, line: number): PublishedPolicy {
  const policy = (tag: "p" | "sp" | "np") => fields.word(`policy_published/${tag}`, POLICIES);
  const testing = fields.word("policy_published/testing", ["y", "n"]);
  return {
    domain: fields.required("policy_published/domain", line),
    adkim: fields.word("policy_published/adkim", ALIGNMENTS),
    aspf: fields.word("policy_published/aspf", ALIGNMENTS),
    ...{ p: policy("p"), sp: policy("sp"), np: policy("np") },
    testing: testing === "y" ? true : testing === "n" ? false : null,
  };
}

function tooMuch(line: number): Malformed {
  return new Malformed(line, {
    da: `forventede højst ${MOST_RECORDS} poster, ${MOST_SIGNATURES} signaturer i hver og ${DEEPEST} lag, fandt flere`,
    en: `expected at most ${MOST_RECORDS} records, ${MOST_SIGNATURES} signatures in each and ${DEEPEST} levels, found more`,
  });
}

/** "a/b/c" and the ways that lead there: "a", "a/b", "a/b/c". */
function waysTo(way: string): readonly string[] {
  const steps = way.split("/");
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}
