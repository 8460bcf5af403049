import { Buffer } from "node:buffer";
import { NameExpander } from "./compressed-name.ts";
import { readOpt, type Opt } from "./edns.ts";
import { readFlags } from "./flags.ts";
import type { Question, Reply, ResourceRecord } from "./message.ts";
import { fromWire, ROOT } from "./name.ts";
import { OctetReader, WireProblem } from "./octet-reader.ts";
import { malformed, parsed, type Parsed } from "./parsed.ts";
import { RDATA_LAYOUTS } from "./rdata/layout.ts";
import { rewriteNames } from "./rdata/rewrite-names.ts";
import { typeName, type RecordType } from "./record-type.ts";

/** A message as it came, with what is needed to tell whether it answers the query that was sent. */
export interface DecodedMessage {
  readonly id: number;
  readonly opcode: number;
  readonly isResponse: boolean;
  /** The question's name as sent, letter case kept, for comparison with the query's (0x20). Empty without a question. */
  readonly questionWire: Uint8Array;
  readonly questionClass: number | null;
  readonly reply: Reply;
}

const MESSAGE_LIMIT = 0xffff;
/** As many A records as fit into the longest message. */
const RECORD_LIMIT = 4_096;
const CLASS_IN = 1;
/** TTLs with the top bit set count as zero (RFC 2181 section 8). */
const TTL_LIMIT = 0x7fff_ffff;

interface Section {
  readonly what: "answer" | "authority" | "additional";
  readonly count: number;
  readonly records: ResourceRecord[];
}

/**
 * Decodes a DNS message (RFC 1035 section 4). Every octet must be accounted for; only a reply with TC set may end early, and
 * then holds the records that came whole. Records of other classes than IN are left out.
 */
export function decodeMessage(bytes: Uint8Array): Parsed<DecodedMessage> {
  if (bytes.length > MESSAGE_LIMIT) return malformed("the message is longer than 65535 octets");
  try {
    return parsed(new MessageDecoder(bytes).decode());
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

interface Header {
  readonly id: number;
  /** QR, opcode, flags and the lower bits of the response code. */
  readonly field: number;
  readonly counts: Readonly<Record<"question" | Section["what"], number>>;
}

const WITHOUT_OPT = { edns: null, extendedRcode: 0 };

interface AskedQuestion {
  readonly question: Question;
  readonly wire: Uint8Array;
  readonly questionClass: number;
}

class MessageDecoder {
  readonly #reader: OctetReader;
  readonly #names: NameExpander;
  #opt: Opt | null = null;

  constructor(bytes: Uint8Array) {
    this.#reader = new OctetReader(bytes);
    this.#names = new NameExpander(bytes);
  }

  decode(): DecodedMessage {
    const { id, field, counts } = this.#header();
    const flags = readFlags(field);
    const asked = counts.question === 1 ? this.#question() : null;
    const answer: Section = { what: "answer", count: counts.answer, records: [] };
    const authority: Section = { what: "authority", count: counts.authority, records: [] };
    const additional: Section = { what: "additional", count: counts.additional, records: [] };
    this.#sections([answer, authority, additional], flags.includes("tc"));
    const { edns, extendedRcode } = this.#opt ?? WITHOUT_OPT;
    return {
      id,
      opcode: (field >> 11) & 0xf,
      isResponse: (field & 0x8000) !== 0,
      questionWire: asked?.wire ?? new Uint8Array(),
      questionClass: asked?.questionClass ?? null,
      reply: {
        rcode: (field & 0xf) + extendedRcode * 0x10,
        flags,
        question: asked?.question ?? null,
        answer: answer.records,
        authority: authority.records,
        additional: additional.records,
        edns,
      },
    };
  }

  #header(): Header {
    const next = (): number => this.#reader.u16("the header");
    const [id, field] = [next(), next()];
    const counts = { question: next(), answer: next(), authority: next(), additional: next() };
    if (counts.question > 1) throw new WireProblem("the message has several questions");
    const records = counts.answer + counts.authority + counts.additional;
    if (records > RECORD_LIMIT) throw new WireProblem("the message has too many records");
    return { id, field, counts };
  }

  #question(): AskedQuestion {
    const wire = this.#names.octets(this.#reader, "the question's name");
    const found = fromWire(wire, 0);
    if (!found.ok) throw new WireProblem(found.problem);
    const type = typeName(this.#reader.u16("the question"));
    const questionClass = this.#reader.u16("the question");
    return { question: { name: found.value.name, type }, wire: new Uint8Array(wire), questionClass };
  }

  #sections(sections: readonly Section[], truncated: boolean): void {
    try {
      for (const section of sections) {
        for (let index = 0; index < section.count; index += 1) this.#record(section);
      }
    } catch (error) {
      if (truncated && error instanceof WireProblem && error.isCut) return;
      throw error;
    }
    if (this.#reader.left > 0) throw new WireProblem("octets are left over after the last record");
  }

  #record(section: Section): void {
    const reader = this.#reader;
    const name = this.#names.name(reader, `an owner name in the ${section.what} section`);
    const type = typeName(reader.u16("a record"));
    const recordClass = reader.u16("a record");
    const ttl = reader.u32("a record");
    const length = reader.u16("a record");
    const start = reader.position;
    reader.take(length, `the RDATA of a ${type} record`);
    if (type === "OPT") {
      if (section.what !== "additional") throw new WireProblem("an OPT record is outside the additional section");
      if (name !== ROOT) throw new WireProblem("an OPT record is not owned by the root");
      if (this.#opt !== null) throw new WireProblem("the message has several OPT records");
      this.#opt = whole(() => readOpt(recordClass, ttl, reader.bytes.subarray(start, start + length)));
    } else if (recordClass === CLASS_IN) {
      const data = Buffer.from(this.#rdata(type, start, length)).toString("base64");
      section.records.push({ name, type, ttl: ttl > TTL_LIMIT ? 0 : ttl, data });
    }
  }

  #rdata(type: RecordType, start: number, length: number): Uint8Array {
    const layout = RDATA_LAYOUTS.get(type);
    const reader = new OctetReader(this.#reader.bytes, start, start + length);
    if (layout === undefined) return reader.rest();
    const what = `a name in the RDATA of a ${type} record`;
    return whole(() => rewriteNames(reader, layout, () => this.#names.octets(reader, what)));
  }
}

/** Runs `read` inside octets that arrived whole: running out there is a defect even where the message is truncated. */
function whole<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof WireProblem) throw new WireProblem(error.message);
    throw error;
  }
}
