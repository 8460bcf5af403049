import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import { decodeMessage, encodeMessage } from "../../lib/wire/codec.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { parseName } from "../../lib/wire/name.ts";
import { formatRdata } from "../../lib/wire/presentation.ts";
import { canonicalRdata } from "../../lib/wire/rdata/canonical.ts";
import { RDATA_PARSERS } from "./rdata-parsers.ts";

const PRINTABLE = /^[ -~]+$/;
const LONGEST_MESSAGE = 0xffff;

/** What came of decoding: a reply, or a problem in words. */
export type Decoding = "decoded" | "malformed";

/**
 * Decodes `bytes`, reads every record with every parser, and encodes what came out. Throws when any of that throws or is not
 * what lib/wire promises: names in their one form, printable text, and a reply that survives encoding.
 */
export function exerciseDecoding(bytes: Uint8Array): Decoding {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) {
    if (!PRINTABLE.test(decoded.problem)) throw new Error("a problem is not in words");
    return "malformed";
  }
  const { id, questionWire, reply } = decoded.value;
  for (const record of [...reply.answer, ...reply.authority, ...reply.additional]) exerciseRecord(record);
  const encoded = encodeMessage({ ...reply, id, questionWire });
  if (encoded.length > LONGEST_MESSAGE) return "decoded";
  const again = decodeMessage(encoded);
  if (!again.ok) throw new Error(`what was decoded and encoded is malformed: ${again.problem}`);
  if (!isDeepStrictEqual(again.value.reply, reply)) throw new Error("what was decoded and encoded decodes differently");
  return "decoded";
}

function exerciseRecord(record: ResourceRecord): void {
  const name = parseName(record.name);
  if (!name.ok || name.value !== record.name) throw new Error("an owner name is not in its one form");
  for (const parse of RDATA_PARSERS.values()) parse(record.data);
  if (!PRINTABLE.test(formatRdata(record))) throw new Error(`${record.type} data is not written in printable text`);
  const canonical = canonicalRdata(record.type, Buffer.from(record.data, "base64"));
  if (canonical.length !== Buffer.byteLength(record.data, "base64"))
    throw new Error("canonical RDATA has another length");
}
