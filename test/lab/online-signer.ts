import { createPrivateKey, createSign, type JsonWebKeyInput, type KeyObject } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import packet, { type Answer, type DecodedPacket, type Packet } from "dns-packet";
import { keyTag, parseDnskey } from "../../scripts/zones/key-digest.ts";

/** A zone signing key (ECDSA P-256) with which denials are signed as they are asked for. */
export interface SigningKey {
  readonly zone: string;
  readonly tag: number;
  readonly key: KeyObject;
}

const P256 = 13;
const RCODE_BITS = 0x0f;
const NXDOMAIN = 3;
const NAME_DOES_NOT_EXIST = "UNKNOWN_128";
const VALID_SECONDS = 2 * 86_400;
const CLOCK_SLACK_SECONDS = 3600;
const MILLISECONDS = 1000;
const CLASS_IN = 1;
const NSEC_TYPE = 47;
const NEGATIVE_TTL = 300;
const TYPE_NUMBERS: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  RRSIG: 46,
  NSEC: NSEC_TYPE,
  DNSKEY: 48,
  UNKNOWN_128: 128,
};

interface NsecAnswer {
  readonly type: "NSEC";
  readonly name: string;
  readonly ttl: number;
  readonly data: { readonly nextDomain: string; readonly rrtypes: readonly string[] };
}

/** Reads the zone signing key that the zone factory kept in `folder`. */
export function readSigningKey(zone: string, folder: string): SigningKey {
  const place = readdirSync(join(folder, zone)).find((name) => name.endsWith("-zsk"));
  if (place === undefined) throw new Error(`no zone signing key of ${zone}`);
  const file = readdirSync(join(folder, zone, place)).find((name) => name.endsWith(".key")) ?? "";
  const base = join(folder, zone, place, file.slice(0, -".key".length));
  const data = /\sDNSKEY\s+(\S+ \S+ \S+) (.+)/u.exec(readFileSync(`${base}.key`, "utf8"));
  const secret = /PrivateKey: (\S+)/u.exec(readFileSync(`${base}.private`, "utf8"))?.[1];
  if (data === null || secret === undefined) throw new Error(`no key in ${base}`);
  const dnskey = parseDnskey(`${data[1] ?? ""} ${(data[2] ?? "").replace(/\s/gu, "")}`);
  const point = Buffer.from(dnskey.publicKey, "base64");
  const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((half) => half.toString("base64url"));
  const d = Buffer.from(secret, "base64").toString("base64url");
  const key = createPrivateKey({ key: { kty: "EC", crv: "P-256", x, y, d } as JsonWebKeyInput["key"], format: "jwk" });
  return { zone, tag: keyTag(dnskey), key };
}

/**
 * Turns a name server's denial into a compact one (RFC 9824 sections 3.1 to 3.3): the name exists, as it were, but has
 * no data, and the bitmap's NXNAME says what is meant. Other answers are returned untouched.
 */
export function makeDenialCompact(answer: Buffer, signer: SigningKey): Buffer {
  const heard = packet.decode(answer);
  const question = heard.questions?.[0];
  const soa = heard.authorities?.filter((record) => isOf(record, "SOA")) ?? [];
  if (question === undefined || (heard.answers?.length ?? 0) > 0 || soa.length === 0) return answer;
  const owner = question.name.toLowerCase();
  const nsec: NsecAnswer = {
    type: "NSEC",
    name: owner,
    ttl: NEGATIVE_TTL,
    data: { nextDomain: `\0.${owner}`, rrtypes: [...typesAt(owner, heard)] },
  };
  const compact: Packet = {
    type: "response",
    id: heard.id ?? 0,
    flags: (heard.flags ?? 0) & ~RCODE_BITS,
    questions: [question],
    authorities: [...soa, nsec as Answer, sign(nsec, signer)],
    additionals: heard.additionals ?? [],
  };
  return packet.encode(compact);
}

/** What the bitmap says: nothing for an empty non-terminal, NXNAME where no name is, else the types that there are. */
function typesAt(owner: string, heard: DecodedPacket): readonly string[] {
  if (((heard.flags ?? 0) & RCODE_BITS) === NXDOMAIN) return ["RRSIG", "NSEC", NAME_DOES_NOT_EXIST];
  const own = heard.authorities?.find((record) => record.type === "NSEC" && record.name.toLowerCase() === owner);
  return own?.type === "NSEC" ? own.data.rrtypes : ["RRSIG", "NSEC"];
}

function isOf(record: Answer, type: string): boolean {
  return record.type === type || (record.type === "RRSIG" && record.data.typeCovered === type);
}

/** RFC 4034 section 3.1.8.1: the signed octets are the RRSIG data without signature, then the record in canonical form. */
function sign(nsec: NsecAnswer, { zone, tag, key }: SigningKey): Answer {
  const now = Math.floor(Date.now() / MILLISECONDS);
  const times = { expiration: now + VALID_SECONDS, inception: now - CLOCK_SLACK_SECONDS };
  const labels = nsec.name.split(".").filter((label) => label !== "*").length;
  const head = Buffer.concat([
    uint16(NSEC_TYPE),
    Buffer.of(P256, labels),
    uint32(NEGATIVE_TTL),
    uint32(times.expiration),
    uint32(times.inception),
    uint16(tag),
    wireName(zone),
  ]);
  const data = Buffer.concat([wireName(nsec.data.nextDomain), bitmap(nsec.data.rrtypes)]);
  const record = Buffer.concat([wireName(nsec.name), uint16(NSEC_TYPE), uint16(CLASS_IN), uint32(NEGATIVE_TTL)]);
  const signer = createSign("sha256").update(head).update(record).update(uint16(data.length)).update(data);
  const signature = signer.sign({ key, dsaEncoding: "ieee-p1363" });
  const fields = { typeCovered: "NSEC", algorithm: P256, labels, originalTTL: NEGATIVE_TTL, ...times } as const;
  const rrsig = { ...fields, keyTag: tag, signersName: zone, signature };
  return { type: "RRSIG", name: nsec.name, ttl: NEGATIVE_TTL, data: rrsig };
}

/** One window of a type bitmap (RFC 4034 section 4.1.2); all types here are below 256. */
function bitmap(types: readonly string[]): Buffer {
  const octets: number[] = [];
  for (const type of types) {
    const number = TYPE_NUMBERS[type];
    if (number === undefined) throw new Error(`no number for the type ${type}`);
    const at = number >> 3;
    while (octets.length <= at) octets.push(0);
    octets[at] = (octets[at] ?? 0) | (0x80 >> (number & 7));
  }
  return Buffer.from([0, octets.length, ...octets]);
}

function wireName(name: string): Buffer {
  const labels = name.split(".").filter((label) => label !== "");
  return Buffer.concat([
    ...labels.map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, "latin1")),
    Buffer.of(0),
  ]);
}

function uint16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}

function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}
