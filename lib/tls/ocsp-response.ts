import { Buffer } from "node:buffer";
import { WireProblem } from "../wire/octet-reader.ts";
import type { Parsed } from "../wire/parsed.ts";
import { type DerElement, readDer, TAG, within } from "./der.ts";
import { readTime } from "./der-time.ts";

/** What the responder says of one certificate (RFC 6960 section 4.2.1). Times in epoch milliseconds. Octets are views. */
export interface SingleResponse {
  /** Object identifier in hex. */
  readonly hash: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: Uint8Array;
  readonly status: "good" | "revoked" | "unknown";
  readonly thisUpdate: number;
  /** Null: newer information is available all the time. */
  readonly nextUpdate: number | null;
}

export interface BasicResponse {
  /** What is signed. */
  readonly tbs: Uint8Array;
  /** Object identifier of the signature's algorithm in hex. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly responses: readonly SingleResponse[];
  /** Certificates that came with it, in DER. */
  readonly certificates: readonly Uint8Array[];
}

const ENUMERATED = 0x0a;
const SUCCESSFUL = 0;
/** id-pkix-ocsp-basic. */
const BASIC = "2b0601050507300101";
const EXPLICIT_0 = 0xa0;
const EXPLICIT_1 = 0xa1;
const EXPLICIT_2 = 0xa2;
const STATUSES: Readonly<Record<number, SingleResponse["status"] | undefined>> = {
  0x80: "good",
  0xa1: "revoked",
  0x82: "unknown",
};
/** A staple is for one certificate; some come with a few more. */
const MOST_RESPONSES = 16;
const MOST_CERTIFICATES = 8;

/** Reads a response that is successful and basic; any other is a problem. Signatures and meaning are not judged. Never throws. */
export function parseOcspResponse(octets: Uint8Array): Parsed<BasicResponse> {
  return readDer(octets, (reader) => {
    const parts = within(reader.expect(TAG.sequence, "the response"));
    const [status, ...more] = parts.expect(ENUMERATED, "the response's status").content;
    if (status !== SUCCESSFUL || more.length > 0) throw new WireProblem(`the response's status is ${String(status)}`);
    const bytes = within(inside(parts.expect(EXPLICIT_0, "the response's octets"), TAG.sequence, "the octets"));
    parts.end("the response");
    const type = hexOf(bytes.expect(TAG.oid, "the response's type"));
    if (type !== BASIC) throw new WireProblem("the response is of an unknown type");
    const basic = bytes.expect(TAG.octetString, "the basic response");
    bytes.end("the response's octets");
    return readBasic(inside(basic, TAG.sequence, "the basic response"));
  });
}

/** The one element in another. */
function inside(outer: DerElement, tag: number, what: string): DerElement {
  const reader = within(outer);
  const element = reader.expect(tag, what);
  reader.end(what);
  return element;
}

function hexOf({ content }: DerElement): string {
  return Buffer.from(content).toString("hex");
}

function readBasic(basic: DerElement): BasicResponse {
  const reader = within(basic);
  const tbs = reader.expect(TAG.sequence, "the signed part");
  const algorithm = hexOf(within(reader.expect(TAG.sequence, "the algorithm")).expect(TAG.oid, "the algorithm"));
  const { content: bits } = reader.expect(TAG.bitString, "the signature");
  if (bits[0] !== 0) throw new WireProblem("the signature is no whole number of octets");
  const added = reader.optional(EXPLICIT_0, "the certificates");
  reader.end("the basic response");
  const list = added === null ? [] : within(inside(added, TAG.sequence, "the certificates")).all("a certificate");
  if (list.length > MOST_CERTIFICATES) throw new WireProblem(`more than ${MOST_CERTIFICATES} certificates`);
  const certificates = list.map(({ octets }) => octets);
  return { tbs: tbs.octets, algorithm, signature: bits.subarray(1), responses: readData(tbs), certificates };
}

function readData(tbs: DerElement): readonly SingleResponse[] {
  const reader = within(tbs);
  reader.optional(EXPLICIT_0, "the version");
  const { tag } = reader.next("the responder");
  if (tag !== EXPLICIT_1 && tag !== EXPLICIT_2) throw new WireProblem("the responder is of an unknown form");
  readTime(reader.expect(TAG.generalizedTime, "the time of production"), "the time of production");
  const list = within(reader.expect(TAG.sequence, "the responses")).all("a response");
  reader.optional(EXPLICIT_1, "the extensions");
  reader.end("the signed part");
  if (list.length > MOST_RESPONSES) throw new WireProblem(`more than ${MOST_RESPONSES} responses`);
  return list.map(readSingle);
}

function readSingle(element: DerElement): SingleResponse {
  if (element.tag !== TAG.sequence) throw new WireProblem("a response is no sequence");
  const reader = within(element);
  const id = within(reader.expect(TAG.sequence, "the certificate's id"));
  const hash = hexOf(within(id.expect(TAG.sequence, "the hash")).expect(TAG.oid, "the hash"));
  const { content: issuerNameHash } = id.expect(TAG.octetString, "the hash of the issuer's name");
  const { content: issuerKeyHash } = id.expect(TAG.octetString, "the hash of the issuer's key");
  const { content: serial } = id.expect(TAG.integer, "the serial number");
  id.end("the certificate's id");
  const status = STATUSES[reader.next("the status").tag];
  if (status === undefined) throw new WireProblem("the status is of an unknown form");
  const thisUpdate = readTime(reader.expect(TAG.generalizedTime, "thisUpdate"), "thisUpdate");
  const next = reader.optional(EXPLICIT_0, "nextUpdate");
  const nextUpdate = next === null ? null : readTime(inside(next, TAG.generalizedTime, "nextUpdate"), "nextUpdate");
  reader.optional(EXPLICIT_1, "the extensions");
  reader.end("a response");
  return { hash, issuerNameHash, issuerKeyHash, serial, status, thisUpdate, nextUpdate };
}
