import type { ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { rdataOctets } from "../wire/rdata/read-rdata.ts";
import { parseRrsig, type Rrsig } from "../wire/rdata/rrsig.ts";
import type { RecordType } from "../wire/record-type.ts";

/** The records of one owner and type in one section, with the signatures that say they cover it, both free of duplicates. */
export interface RecordSet {
  readonly name: Name;
  readonly type: RecordType;
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly Rrsig[];
  /** RRSIG records at this owner that could not be read; what they cover is unknown. */
  readonly unreadable: number;
}

/** Gathers one RRset out of a section; its `records` are empty when it is not there. */
export function recordSet(section: readonly ResourceRecord[], name: Name, type: RecordType): RecordSet {
  const here = section.filter((record) => record.name === name);
  const records = distinct(here.filter((record) => record.type === type));
  const parsed = distinct(here.filter((record) => record.type === "RRSIG")).map(({ data }) => parseRrsig(data));
  const signatures = parsed.flatMap((rrsig) => (rrsig.ok && rrsig.value.typeCovered === type ? [rrsig.value] : []));
  return { name, type, records, signatures, unreadable: parsed.filter(({ ok }) => !ok).length };
}

/** Every RRset of one type in a section, in order of first appearance of its owner. */
export function recordSetsOfType(section: readonly ResourceRecord[], type: RecordType): readonly RecordSet[] {
  const owners = new Set(section.filter((record) => record.type === type).map(({ name }) => name));
  return [...owners].map((owner) => recordSet(section, owner, type));
}

/** RFC 2181 section 5: an RRset holds no record twice, whatever a message does. The first copy stays. */
function distinct(records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  const seen = new Map<string, ResourceRecord>();
  for (const record of records) if (!seen.has(record.data)) seen.set(record.data, record);
  return [...seen.values()];
}

/** The RDATA of each record; null when one of them is not base64. */
export function rdataOf(records: readonly ResourceRecord[]): readonly Uint8Array[] | null {
  const octets = records.map(({ data }) => rdataOctets(data));
  return octets.every((each) => each.ok) ? octets.map((each) => each.value) : null;
}
