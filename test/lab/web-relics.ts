import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { WebPlace } from "./web-case.ts";
import { WEB_FOLDER } from "./web-certificates.ts";
import { BEHIND_RELIC_PORT, OTHER_TURN_PORT, RELICS_CONFIG, RELICS_READY } from "./web-servers.ts";

/**
 * What no library here does any more, SSLv3 and TLS compression, played as far as it shows in clear; a long way to nginx; and what
 * stands in front of real servers: balancers, and gateways that bear little or say no in words of their own.
 */
type Relic = NonNullable<WebPlace["relic"]>;

const HTTPS_PORT = 443;
/** The round trip to a server that is far away. */
const FAR_MS = 30;
const RECORD_HEADER = 5;
const HANDSHAKE = 22;
const SERVER_HELLO = 2;
const RANDOM_OCTETS = 32;
const SSL3 = 0x0300;
const TLS12 = 0x0303;
/** TLS_RSA_WITH_3DES_EDE_CBC_SHA. */
const SUITE = 0x000a;
const ALERT = 21;
const ALERT_OCTETS = 7;
const ACCESS_DENIED = Buffer.from([ALERT, 3, 3, 0, 2, 2, 49]);
const MOST_AT_ONCE = 2;
const SEVENTH = 7;
const HANDSHAKE_FAILURE = Buffer.from([21, 3, 0, 0, 2, 2, 40]);

const folder = process.argv[2] ?? "";
const leaf = new X509Certificate(readFileSync(join(folder, WEB_FOLDER, "rsa.pem"))).raw;
const doors = JSON.parse(readFileSync(join(folder, RELICS_CONFIG), "utf8")) as readonly {
  readonly address: string;
  readonly relic: Relic;
}[];
for (const { address, relic } of doors) {
  let count = 0;
  let open = 0;
  const server = createServer((front) => {
    front.on("error", () => front.destroy());
    count += 1;
    open += 1;
    front.once("close", () => (open -= 1));
    if ((relic === "two-at-once" && open > MOST_AT_ONCE) || (relic === "every-seventh" && count % SEVENTH === 0))
      front.resetAndDestroy();
    else if (relic === "far") takeFar(front);
    else if (relic === "turns") pipeTo(count % 2 === 0 ? BEHIND_RELIC_PORT : OTHER_TURN_PORT, front);
    else front.once("data", (first: Buffer) => take(front, first, relic));
  });
  await new Promise<void>((resolve) => server.listen(HTTPS_PORT, address, resolve));
}
writeFileSync(join(folder, RELICS_READY), "");

function take(front: Socket, first: Buffer, relic: Relic): void {
  const hello = readHello(first);
  if (relic === "ssl3" && hello?.version === SSL3) {
    front.end(hello.suites.includes(SUITE) ? flightOfSsl3() : HANDSHAKE_FAILURE);
    return;
  }
  const behind = connect(BEHIND_RELIC_PORT, front.localAddress ?? "");
  behind.on("error", () => front.resetAndDestroy());
  front.on("close", () => behind.destroy());
  behind.write(first);
  front.pipe(behind);
  if (relic === "deflate" && hello?.version === TLS12 && hello.compressions.includes(1)) {
    behind.once("data", (answer: Buffer) => {
      front.write(withDeflate(answer));
      behind.pipe(front);
    });
  } else if (relic === "odd-alert") {
    behind.once("data", (answer: Buffer) => {
      front.write(answer[0] === ALERT && answer.length === ALERT_OCTETS ? ACCESS_DENIED : answer);
      behind.pipe(front);
    });
  } else behind.pipe(front);
}

function pipeTo(port: number, front: Socket): void {
  const behind = connect(port, front.localAddress ?? "");
  behind.on("error", () => front.resetAndDestroy());
  front.on("close", () => behind.destroy());
  front.pipe(behind).pipe(front);
}

/** Every octet comes back later, and the first leaves as much later: the round trip of the handshake. */
function takeFar(front: Socket): void {
  front.pause();
  front.setNoDelay(true);
  setTimeout(() => {
    const behind = connect({ port: BEHIND_RELIC_PORT, host: front.localAddress ?? "", noDelay: true });
    front.on("data", (chunk: Buffer) => behind.write(chunk));
    front.on("end", () => behind.end());
    front.on("close", () => setTimeout(() => behind.destroy(), FAR_MS));
    behind.on("data", (chunk: Buffer) => setTimeout(() => front.writable && front.write(chunk), FAR_MS));
    behind.on("end", () => setTimeout(() => front.end(), FAR_MS));
    behind.on("error", () => front.destroy());
    front.resume();
  }, FAR_MS);
}

/** The first record, taken to hold a whole ClientHello (RFC 5246 section 7.4.1.2); null where it holds none. */
function readHello(octets: Buffer) {
  if (octets[0] !== HANDSHAKE || octets[RECORD_HEADER] !== 1) return null;
  const version = octets.readUInt16BE(9);
  let at = 11 + RANDOM_OCTETS;
  at += 1 + (octets[at] ?? 0);
  const length = octets.readUInt16BE(at);
  const suites = Array.from({ length: length / 2 }, (_, index) => octets.readUInt16BE(at + 2 + 2 * index));
  at += 2 + length;
  return { version, suites, compressions: [...octets.subarray(at + 1, at + 1 + (octets[at] ?? 0))] };
}

/** The same ServerHello with compression method 1 (RFC 3749 section 2). */
function withDeflate(answer: Buffer): Buffer {
  if (answer[0] !== HANDSHAKE || answer[RECORD_HEADER] !== SERVER_HELLO) return answer;
  const afterRandom = RECORD_HEADER + 6 + RANDOM_OCTETS;
  const changed = Buffer.from(answer);
  changed[afterRandom + 1 + (answer[afterRandom] ?? 0) + 2] = 1;
  return changed;
}

/** ServerHello, Certificate and ServerHelloDone (RFC 6101 section 5.6). */
function flightOfSsl3(): Buffer {
  const version = [SSL3 >> 8, SSL3 & 0xff];
  const hello = Buffer.from([...version, ...Buffer.alloc(RANDOM_OCTETS, 7), 0, SUITE >> 8, SUITE & 0xff, 0]);
  const certificate = Buffer.concat([length24(leaf.length + 3), length24(leaf.length), leaf]);
  const messages = [message(SERVER_HELLO, hello), message(11, certificate), message(14, Buffer.alloc(0))];
  return Buffer.concat(
    messages.map((each) =>
      Buffer.concat([Buffer.from([HANDSHAKE, ...version, each.length >> 8, each.length & 0xff]), each]),
    ),
  );
}

function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), length24(body.length), body]);
}

function length24(length: number): Buffer {
  return Buffer.from([length >> 16, (length >> 8) & 0xff, length & 0xff]);
}
