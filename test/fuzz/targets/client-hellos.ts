import { Buffer } from "node:buffer";
import { clientHelloRecords } from "../../../lib/tls/client-hello.ts";
import { ALL_GROUPS, ALL_SCHEMES, helloFor, type HelloOffer } from "../../../lib/tls/hello-offer.ts";
import { RecordReader } from "../../../lib/tls/record.ts";
import { RENEGOTIATION_SCSV } from "../../../lib/tls/suites.ts";
import type { RecordLayerVersion } from "../../../lib/tls/versions.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const VERSIONS: readonly RecordLayerVersion[] = ["SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
const HEAD = 4;
const RANDOM_OCTETS = 32;

function offerOf(random: Random): HelloOffer {
  const some = (all: readonly number[]): readonly number[] => all.filter(() => random.chance(0.5));
  return {
    version: random.pick(VERSIONS),
    suites: Array.from({ length: 1 + random.below(300) }, () => 0x0100 + random.below(0xf000)),
    random: random.octets(RANDOM_OCTETS),
    host: random.chance(0.5) ? null : `${"a".repeat(1 + random.below(60))}.example.dk`,
    ...(random.chance(0.3) ? { groups: some(ALL_GROUPS) } : {}),
    ...(random.chance(0.3) ? { signatureSchemes: some(ALL_SCHEMES) } : {}),
    ...(random.chance(0.3) ? { protocols: ["h2", "http/1.1"] } : {}),
    wantsStaple: random.chance(0.5),
    offersCompression: random.chance(0.5),
    isCompact: random.chance(0.3),
  };
}

/** Reads the hello as a server does (RFC 8446 section 4.1.2): to its last octet, with nothing in it that was not offered. */
function exercise(offer: HelloOffer, octets: Uint8Array): string {
  const reader = new RecordReader();
  const message = Buffer.concat(reader.push(octets).map(({ content }) => content));
  promise(reader.problem === null && reader.unfinished === 0, "the hello is no whole number of records");
  promise(message[0] === 1 && message.readUIntBE(1, 3) === message.length - HEAD, "the message's length is wrong");
  let at = HEAD + 2 + RANDOM_OCTETS;
  at += 1 + (message[at] ?? 0);
  const suites = message.subarray(at + 2, at + 2 + message.readUInt16BE(at));
  const numbers = Array.from({ length: suites.length / 2 }, (_, index) => suites.readUInt16BE(2 * index));
  promise(
    numbers.filter((number) => number !== RENEGOTIATION_SCSV).join() === offer.suites.join(),
    "other suites are offered than were asked for",
  );
  at += 2 + suites.length;
  const methods = [...message.subarray(at + 1, at + 1 + (message[at] ?? 0))];
  promise(methods.includes(0) && (offer.offersCompression === true || methods.length === 1), "compression is offered");
  at += 1 + methods.length;
  if (at === message.length) return "without extensions";
  promise(message.readUInt16BE(at) === message.length - at - 2, "the extensions' length is wrong");
  const types = new Set<number>();
  for (at += 2; at < message.length; at += 4 + message.readUInt16BE(at + 2)) {
    promise(!types.has(message.readUInt16BE(at)), "an extension stands twice");
    types.add(message.readUInt16BE(at));
  }
  promise(at === message.length, "an extension is longer than the hello");
  promise(types.has(0) === (offer.host !== null), "a name is indicated that was not asked for, or none");
  return offer.version === "TLSv1.3" ? "TLS 1.3" : "older";
}

export const CLIENT_HELLOS: Target = {
  name: "client-hellos",
  about: "whatever the prober wants to offer, it is said in whole records, octet for octet as a server reads it",
  endings: ["without extensions", "older", "TLS 1.3"],
  prepare: async () => (random) => {
    const offer = offerOf(random);
    const octets = clientHelloRecords(helloFor(offer));
    return { message: octets, run: () => exercise(offer, octets) };
  },
};
