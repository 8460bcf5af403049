import { setImmediate } from "node:timers/promises";
import { TextDecoder } from "node:util";
import sax from "sax";
import type { Bilingual } from "../core/messages.ts";
import type { AggregateReport, ReportProblem } from "../parsers/aggregate-report.ts";
import { AggregateReportReader } from "../parsers/aggregate-report-reader.ts";

/** Octets handed to the XML reader at a time: between two of them its limits are looked at, and an interrupt gets through. */
const CHUNK = 16 * 1024;
const CHUNKS_BETWEEN_PAUSES = 64;
/** Octets without a tag, comment or text coming to its end: one tag with a million attributes is none. */
const LONGEST_TOKEN = 128 * 1024;
/** Encodings by their declared names whose octets are UTF-8. */
const UTF_8_NAMES = ["utf-8", "utf8", "us-ascii", "ascii"];
/** Stands for the name of an element of another namespace: no element can have it. */
const FOREIGN = "{}";

const NOT_XML: Bilingual = { da: "forventede velformet XML", en: "expected well-formed XML" };
const NO_DOCTYPE: Bilingual = {
  da: "forventede XML uden DOCTYPE: den kan pege på andre filer og vokse uden grænse, og en rapport har ingen",
  en: "expected XML without a DOCTYPE: it may point at other files and grow without bound, and a report has none",
};

/** What one document turned out to be. */
export type ReadReport = { readonly report: AggregateReport } | { readonly problem: ReportProblem };

/**
 * Reads a report from the octets of its XML, in UTF-8 with or without a mark. Nothing outside is ever fetched: a DOCTYPE is
 * a problem, and only the five entities of XML itself mean something. Rejects when the signal aborts.
 */
export async function readReportXml(octets: Uint8Array, signal: AbortSignal): Promise<ReadReport> {
  const document = new Document();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let at = 0, chunks = 1; ; at += CHUNK, chunks += 1) {
    const isLast = at + CHUNK >= octets.length;
    const text = decoded(decoder, octets.subarray(at, at + CHUNK), !isLast);
    if (text === null) return { problem: { line: document.line, words: notUtf8(octets) } };
    const problem = document.write(text, isLast);
    if (problem !== null) return { problem };
    if (isLast) return document.end();
    if (chunks % CHUNKS_BETWEEN_PAUSES !== 0) continue;
    await setImmediate();
    signal.throwIfAborted();
  }
}

function decoded(decoder: TextDecoder, octets: Uint8Array, stream: boolean): string | null {
  try {
    return decoder.decode(octets, { stream });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_ENCODING_INVALID_ENCODED_DATA") return null;
    throw error;
  }
}

function notUtf8([first = 0, second = 0]: Uint8Array): Bilingual {
  const isUtf16 = first + second === 0xff + 0xfe && (first === 0xff || first === 0xfe);
  return {
    da: `forventede tegnsættet UTF-8, fandt ${isUtf16 ? "UTF-16" : "andre oktetter"}`,
    en: `expected the encoding UTF-8, found ${isUtf16 ? "UTF-16" : "other octets"}`,
  };
}

/** One document on its way through the XML reader to the report's own. */
class Document {
  readonly #reader = new AggregateReportReader();
  readonly #parser: sax.SAXParser;
  #namespace: string | null = null;
  #problem: ReportProblem | null = null;
  #isCutOff = false;
  /** Closing makes the reader forget where it was. */
  #lastLine = 1;
  /** How far the reader had come when something came to its end. */
  #settled = 0;

  constructor() {
    const options = { xmlns: true, strictEntities: true };
    this.#parser = new sax.SAXParser(true, options);
    // Without a prototype, so that no entity is one of JavaScript's own words.
    this.#parser.ENTITIES = Object.assign(Object.create(null) as object, { amp: "&", gt: ">", lt: "<" }, QUOTES);
    this.#listen(this.#parser);
  }

  get line(): number {
    return this.#parser.line + 1;
  }

  /** What is wrong so far; null for nothing. */
  write(text: string, isLast: boolean): ReportProblem | null {
    this.#parser.write(text);
    if (this.#parser.position - this.#settled > LONGEST_TOKEN) this.#fail(tooLong());
    const problem = this.#problem ?? this.#reader.problem;
    if (!isLast || problem !== null) return problem;
    // What is wrong at the very end is told by the report that is not whole, unless it is.
    this.#parser.onerror = () => {
      this.#isCutOff = true;
    };
    this.#lastLine = this.line;
    this.#parser.close();
    return this.#reader.problem;
  }

  end(): ReadReport {
    const line = this.#lastLine;
    const read = this.#reader.end(line);
    return this.#isCutOff && "report" in read ? { problem: { line, words: NOT_XML } } : read;
  }

  #listen(parser: sax.SAXParser): void {
    parser.onerror = () => {
      this.#fail(NOT_XML);
    };
    parser.ondoctype = () => {
      this.#fail(NO_DOCTYPE);
    };
    parser.onprocessinginstruction = ({ name, body }) => {
      this.#settled = parser.position;
      if (name === "xml") this.#checkEncoding(body);
    };
    parser.oncomment = () => {
      this.#settled = parser.position;
    };
    parser.onopentag = (tag) => {
      this.#settled = parser.position;
      const { local, uri } = tag as sax.QualifiedTag;
      this.#namespace ??= uri;
      this.#reader.open(uri === this.#namespace ? local : FOREIGN, this.line);
    };
    parser.onclosetag = () => {
      this.#settled = parser.position;
      this.#reader.close(this.line);
    };
    parser.ontext = parser.oncdata = (text) => {
      this.#settled = parser.position;
      this.#reader.text(text, this.line);
    };
  }

  #checkEncoding(declaration: string): void {
    const name = /\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(declaration)?.[1];
    if (name === undefined || UTF_8_NAMES.includes(name.toLowerCase())) return;
    this.#fail({
      da: `forventede tegnsættet UTF-8, fandt ${name}`,
      en: `expected the encoding UTF-8, found ${name}`,
    });
  }

  #fail(words: Bilingual): void {
    this.#problem ??= { line: this.line, words };
  }
}

const QUOTES = { quot: '"', apos: "'" };

function tooLong(): Bilingual {
  return {
    da: `forventede højst ${LONGEST_TOKEN} tegn i ét element, fandt flere`,
    en: `expected at most ${LONGEST_TOKEN} characters in one tag, found more`,
  };
}
