import { octets } from "./hex.ts";

/** One record as it stands in a message, its parts in hexadecimal. */
export interface RawRecord {
  readonly owner: string;
  readonly type: number;
  readonly recordClass?: number;
  readonly ttl?: number;
  readonly rdata: string;
  /** What RDLENGTH says, when that is not the length of `rdata`. */
  readonly length?: number;
}

export interface RawMessage {
  readonly flags?: string;
  readonly question?: string;
  readonly answer?: readonly RawRecord[];
  readonly authority?: readonly RawRecord[];
  readonly additional?: readonly RawRecord[];
  /** Section counts, when they are not those of the lists. */
  readonly counts?: string;
  readonly trailing?: string;
}

/** "example.dk", type A, class IN: its name stands at offset 12, "dk" at 20, and the next section starts at 28. */
export const QUESTION = "07 6578616d706c65 02 646b 00 0001 0001";
export const EXAMPLE = "c00c";

/** A response written down octet by octet, so that the decoder is not tested against the encoder alone. */
export function message(raw: RawMessage): Uint8Array {
  const { flags = "8180", question = QUESTION, answer = [], authority = [], additional = [] } = raw;
  const lengths = [question === "" ? 0 : 1, answer.length, authority.length, additional.length];
  const counts = raw.counts ?? lengths.map((count) => number(count, 2)).join("");
  const records = [...answer, ...authority, ...additional].map(recordHex).join("");
  return octets(`1234 ${flags} ${counts} ${question} ${records} ${raw.trailing ?? ""}`);
}

function recordHex({ owner, type, recordClass = 1, ttl = 300, rdata, length }: RawRecord): string {
  const actual = rdata.replace(/\s+/g, "").length / 2;
  return `${owner} ${number(type, 2)} ${number(recordClass, 2)} ${number(ttl, 4)} ${number(length ?? actual, 2)} ${rdata}`;
}

function number(value: number, size: number): string {
  return value.toString(16).padStart(size * 2, "0");
}

/** An OPT record with these options. */
export function opt(rdata: string, parts: Partial<RawRecord> = {}): RawRecord {
  return { owner: "00", type: 41, recordClass: 1232, ttl: 0x8000, rdata, ...parts };
}
