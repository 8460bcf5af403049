import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import { CERTIFICATES } from "../../../lib/requirements/s20/scenario-certificates.ts";
import { type FlightEnd, replyOf } from "../../../lib/tls/offer-reply.ts";
import { FLIGHT_OCTETS_LIMIT, type ServerFlight, ServerFlightReader } from "../../../lib/tls/server-flight.ts";
import { parseSsl2ServerHello, ssl2Record } from "../../../lib/tls/sslv2.ts";
import type { TlsVersion } from "../../../lib/tls/versions.ts";
import { damaged } from "../random-messages.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

const HANDSHAKE = 22;
const ALERT = 21;
/** ServerKeyExchange and ServerHelloDone. */
const PARAMETERS = 12;
const DONE = 14;
const RANDOM_OCTETS = 32;
const RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
const VERSIONS: readonly TlsVersion[] = ["SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
const NUMBERS = [0x0300, 0x0301, 0x0302, 0x0303];
const ENDS: readonly FlightEnd[] = ["open", "closed", "reset", "silent"];
/** ECDHE, DHE, RSA, anonymous DHE, TLS 1.3, and a number that nobody has given out. */
const SUITES = [0xc02b, 0xc02f, 0x009e, 0x002f, 0x0018, 0x1301, 0xeeee];
const LONGEST_RECORD = 16_384;

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const u24 = (value: number): Buffer => Buffer.from([value >> 16, (value >> 8) & 0xff, value & 0xff]);
const sized = (octets: Uint8Array): Buffer => Buffer.concat([u16(octets.length), octets]);
const message = (type: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([type]), u24(body.length), body]);

/** A flight as a server may send it, one handshake message after the other. */
function messages(random: Random): readonly Buffer[] {
  const suite = random.pick(SUITES);
  const extensions = [[0xff01, Buffer.from([0])] as const, [0x0017, Buffer.alloc(0)] as const];
  const isModern = suite === 0x1301;
  const modern = [[0x002b, Buffer.from([3, 4])] as const, [0x0033, Buffer.from([0, 0x1d])] as const];
  const written = (isModern ? modern : extensions).map(([type, body]) => Buffer.concat([u16(type), sized(body)]));
  const lots = isModern ? Buffer.from(RETRY_RANDOM, "hex") : random.octets(RANDOM_OCTETS);
  const chosen = Buffer.concat([u16(suite), Buffer.from([random.chance(0.1) ? 1 : 0])]);
  const head = Buffer.concat([u16(isModern ? 0x0303 : random.pick(NUMBERS)), lots, Buffer.from([0])]);
  const hello = message(2, Buffer.concat([head, chosen, sized(Buffer.concat(written))]));
  const chain = Object.values(CERTIFICATES).map((text) => Buffer.from(text, "base64"));
  const list = Buffer.concat(chain.slice(0, 1 + random.below(3)).flatMap((each) => [u24(each.length), each]));
  const curve = Buffer.concat([Buffer.from([3]), u16(random.pick([0x17, 0x1d, 0x15])), Buffer.from([2, 4, 4])]);
  const field = Buffer.concat([
    sized(random.octets(random.pick([0, 64, 256]))),
    sized(random.octets(1)),
    sized(random.octets(64)),
  ]);
  const signed = Buffer.concat([u16(random.pick([0x0401, 0x0403, 0x0201])), sized(random.octets(8))]);
  const parameters = Buffer.concat([random.chance(0.5) ? curve : field, signed]);
  const staple = Buffer.concat([Buffer.from([1]), u24(5), random.octets(5)]);
  const rest = [message(22, staple), message(12, parameters)].filter(() => random.chance(0.7));
  return isModern
    ? [hello]
    : [hello, message(11, Buffer.concat([u24(list.length), list])), ...rest, message(14, Buffer.alloc(0))];
}

/** A warning, a fatal one, or of a level that is none. */
function alertRecord(random: Random): Buffer {
  return Buffer.from([ALERT, 3, 3, 0, 2, random.pick([1, 2, 7]), random.below(0x100)]);
}

/** Whole messages in one record each, or cut anywhere. */
function flightOctets(random: Random): Uint8Array {
  if (random.chance(0.05)) return random.octets(random.below(400));
  if (random.chance(0.1)) return alertRecord(random);
  let parts = [...messages(random)];
  if (random.chance(0.2)) parts = parts.flatMap((each) => (random.chance(0.3) ? [each, each] : [each]));
  const octets = Buffer.concat(parts);
  const most = random.chance(0.3) ? 1 + random.below(300) : LONGEST_RECORD;
  const records: Buffer[] = [];
  for (let at = 0; at < octets.length; at += most) {
    const content = octets.subarray(at, at + most);
    records.push(Buffer.concat([Buffer.from([HANDSHAKE, 3, 3]), sized(content)]));
  }
  if (random.chance(0.2)) records.splice(random.below(records.length + 1), 0, alertRecord(random));
  const whole = Uint8Array.from(Buffer.concat(records));
  return random.chance(0.6) ? damaged(random, whole) : whole;
}

function readIn(octets: Uint8Array, cuts: readonly number[]): ServerFlightReader {
  const reader = new ServerFlightReader();
  let from = 0;
  for (const to of [...cuts, octets.length]) {
    reader.push(octets.subarray(from, to));
    from = to;
  }
  return reader;
}

function exercise(octets: Uint8Array, cuts: readonly number[]): string {
  const reader = readIn(octets, []);
  const { flight } = reader;
  promise(
    isDeepStrictEqual(readIn(octets, cuts).flight, flight),
    "in other pieces, the same octets are another flight",
  );
  promise(flight.problem === null || /^[ -~]+$/.test(flight.problem), "a problem is not in words");
  promise(
    !(flight.isDone && flight.problem === null && hasTwice(octets, flight)),
    "a message counts although it stands twice",
  );
  const parts = [...(flight.certificates ?? []), ...(flight.ocspResponse === null ? [] : [flight.ocspResponse])];
  promise(
    parts.every((part) => Buffer.from(octets).length >= part.length),
    "a part is longer than the whole",
  );
  promise(reader.octets <= FLIGHT_OCTETS_LIMIT + octets.length, "more octets were read than came");
  for (const version of VERSIONS) for (const end of ENDS) checkReply(flight, version, end);
  const ssl2 = ssl2Record(octets);
  const old = ssl2 === null ? null : parseSsl2ServerHello(ssl2);
  promise(old === null || old.ok || /^[ -~]+$/.test(old.problem), "a problem is not in words");
  return endingOf(flight);
}

function endingOf(flight: ServerFlight): string {
  if (flight.problem !== null) return "unreadable";
  if (flight.alerts.length > 0) return "alert";
  if (flight.hello === null) return "unfinished";
  return flight.hello.version === "TLSv1.3" ? "retry request" : flight.isDone ? "done" : "unfinished";
}

/** A second reading: of a flight that is done, no message but an empty HelloRequest may have stood there twice. */
function hasTwice(octets: Uint8Array, { keyExchange }: ServerFlight): boolean {
  const contents: Uint8Array[] = [];
  for (let at = 0; at + 5 <= octets.length; at += 5 + u16At(octets, at + 3))
    if (octets[at] === HANDSHAKE) contents.push(octets.subarray(at + 5, at + 5 + u16At(octets, at + 3)));
  const said = Buffer.concat(contents);
  const types: number[] = [];
  for (let at = 0; at + 4 <= said.length && types.at(-1) !== DONE; at += 4 + said.readUIntBE(at + 1, 3))
    types.push(said[at] ?? 0);
  // Parameters of a suite that nobody knows are not read.
  const read = types.filter((type) => type !== 0 && (type !== PARAMETERS || keyExchange !== null));
  return new Set(read).size < read.length;
}

function u16At(octets: Uint8Array, at: number): number {
  return (octets[at] ?? 0) * 0x100 + (octets[at + 1] ?? 0);
}

/** Nothing is taken for accepted but what the server itself has named, at that version, without a fatal alert. */
function checkReply(flight: ServerFlight, version: TlsVersion, end: FlightEnd): void {
  const reply = replyOf(flight, version, end, "suite");
  if (reply.kind === "accepted") {
    const { hello, alerts } = flight;
    promise(
      hello?.version === version && hello.suite === reply.item,
      "a suite is accepted that the server has not chosen",
    );
    promise(!alerts.some(({ level }) => level === "fatal"), "a suite is accepted in spite of a fatal alert");
  }
  promise(
    reply.kind !== "refused" || flight.alerts.length > 0 || flight.hello !== null,
    "silence is taken for a refusal",
  );
}

export const SERVER_FLIGHTS: Target = {
  name: "server-flights",
  about: "what TLS servers answer is read as it arrives; nothing counts as accepted that the server has not chosen",
  endings: ["done", "retry request", "alert", "unfinished", "unreadable"],
  prepare: async () => (random) => {
    const octets = flightOctets(random);
    const cuts = Array.from({ length: random.below(8) }, () => random.below(octets.length + 1)).sort((a, b) => a - b);
    return { message: octets, run: () => exercise(octets, cuts) };
  },
};
