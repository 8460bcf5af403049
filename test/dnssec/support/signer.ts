import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { Question, Reply, ResourceRecord } from "../../../lib/wire/message.ts";
import { name, toWire, type Name } from "../../../lib/wire/name.ts";
import { parseDnskey } from "../../../lib/wire/rdata/dnskey.ts";
import { parseRrsig } from "../../../lib/wire/rdata/rrsig.ts";
import { typeNumber } from "../../../lib/wire/record-type.ts";
import { observed, type Observed } from "../../../lib/core/observation.ts";
import { questionKey, type Lookup } from "../../../lib/dnssec/lookup.ts";
import { signedLabelCount, signedOctets } from "../../../lib/dnssec/signed-octets.ts";
import type { TrustAnchor } from "../../../lib/dnssec/trust-anchor.ts";
import { readZone, TEST_TIME } from "./signed-zones.ts";

const DAY = 86_400;

/** An Ed25519 key of a zone that tests sign with, where the checked-in zones cannot show a case. */
export interface TestKey {
  readonly zone: Name;
  readonly record: ResourceRecord;
  readonly keyTag: number;
  readonly secret: KeyObject;
}

export function makeKey(zone: string, flags = 257): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const point = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const record = keyRecord(zone, point, flags);
  return { zone: name(zone), record, keyTag: tagOf(record), secret: privateKey };
}

export function keyRecord(zone: string, publicKey: Uint8Array, flags = 257, algorithm = 15): ResourceRecord {
  const data = Buffer.concat([Buffer.from([flags >> 8, flags & 0xff, 3, algorithm]), publicKey]).toString("base64");
  return { name: name(zone), type: "DNSKEY", ttl: 3600, data };
}

export function tagOf(record: ResourceRecord): number {
  const key = parseDnskey(record.data);
  if (!key.ok) throw new Error(key.problem);
  return key.value.keyTag;
}

export function anchorOf({ zone, record, keyTag }: TestKey): TrustAnchor {
  const digest = createHash("sha256").update(toWire(zone)).update(Buffer.from(record.data, "base64")).digest("hex");
  return { zone, keyTag, algorithm: 15, digestType: 2, digest: digest.toUpperCase() };
}

export interface SigningOptions {
  readonly signer?: Name;
  readonly labels?: number;
  readonly keyTag?: number;
  readonly inception?: number;
  readonly expiration?: number;
  readonly originalTtl?: number;
  readonly signature?: Uint8Array;
  /** The owner that is signed, where it is another than the records'. */
  readonly owner?: Name;
}

/** An RRSIG over one RRset. */
export function signSet(
  key: TestKey,
  records: readonly ResourceRecord[],
  options: SigningOptions = {},
): ResourceRecord {
  const [first] = records;
  if (first === undefined) throw new Error("nothing to sign");
  const head = Buffer.alloc(18);
  head.writeUInt16BE(typeNumber(first.type), 0);
  head[2] = 15;
  head[3] = options.labels ?? signedLabelCount(first.name);
  head.writeUInt32BE(options.originalTtl ?? 3600, 4);
  head.writeUInt32BE(((options.expiration ?? TEST_TIME + 7 * DAY) + 2 ** 32) % 2 ** 32, 8);
  head.writeUInt32BE(((options.inception ?? TEST_TIME - 7 * DAY) + 2 ** 32) % 2 ** 32, 12);
  head.writeUInt16BE(options.keyTag ?? key.keyTag, 16);
  const unsigned = Buffer.concat([head, toWire(options.signer ?? key.zone)]);
  const draft = parseRrsig(Buffer.concat([unsigned, Buffer.from([0])]));
  if (!draft.ok) throw new Error(draft.problem);
  const rdata = records.map(({ data }) => new Uint8Array(Buffer.from(data, "base64")));
  const octets = signedOctets(draft.value, options.owner ?? first.name, first.type, rdata);
  const signature = options.signature ?? sign(null, octets, key.secret);
  return { ...first, type: "RRSIG", data: Buffer.concat([unsigned, signature]).toString("base64") };
}

/** The records of zone text together with a signature over each RRset. */
export function signed(key: TestKey, text: string, options: SigningOptions = {}): readonly ResourceRecord[] {
  const records = readZone(text);
  const sets = Map.groupBy(records, (record) => `${record.name} ${record.type}`);
  return [...sets.values()].flatMap((set) => [...set, signSet(key, set, options)]);
}

/** Replies by "name/type"; what is not named is answered by the key's DNSKEY RRset, or was never asked. */
export function worldOf(key: TestKey, replies: Readonly<Record<string, Partial<Reply>>>): Lookup {
  const known = new Map<string, Observed<Reply>>();
  const add = (question: Question, reply: Partial<Reply>): void => {
    const base: Reply = {
      ...{ rcode: 0, flags: ["rd", "ra"], question, answer: [], authority: [], additional: [] },
      edns: { udpSize: 1232, dnssecOk: true, errors: [] },
    };
    known.set(questionKey(question), observed({ ...base, ...reply }));
  };
  add({ name: key.zone, type: "DNSKEY" }, { answer: [key.record, signSet(key, [key.record])] });
  for (const [text, reply] of Object.entries(replies)) {
    const [owner = "", type = ""] = text.split("/");
    add({ name: name(owner), type }, reply);
  }
  return (question) => known.get(questionKey(question));
}
