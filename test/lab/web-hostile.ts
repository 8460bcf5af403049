import { Buffer } from "node:buffer";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createSecureContext, TLSSocket } from "node:tls";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { WEB_FOLDER } from "./web-certificates.ts";
import {
  HOSTILE_CASES,
  HOSTILE_READY,
  type HostileManner,
  METADATA_HOST,
  TRAP_ADDRESS,
  TRAP_LOG,
} from "./web-hostile-cases.ts";

const PLAIN_PORT = 80;
const HTTPS_PORT = 443;
const MEGABYTE = 1024 * 1024;
const BOMB_MEGABYTES = 256;
const TRICKLE_MS = 700;
const BLOCK = Buffer.alloc(65_536, "a");
const START = "HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=31536000\r\nContent-Type: text/html\r\n";
const ZEROS = Buffer.alloc(BOMB_MEGABYTES * MEGABYTE);
const BOMBS = { gzip: gzipSync(ZEROS), br: brotliCompressSync(ZEROS) };
const TLS_ALERT = Buffer.from([21, 3, 3, 0, 2, 1, 90]);
const LONGEST_RECORD = 16_384;

/** Says something on a connection, whatever it is asked. */
type Say = (socket: Socket) => void;

const folder = process.argv[2] ?? "";
/** What would be fine for S27: what is wrong is not TLS. */
const context = createSecureContext({
  ciphers: "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256",
  ecdhCurve: "X25519:prime256v1",
  key: readFileSync(join(folder, WEB_FOLDER, "good.key")),
  cert: readFileSync(join(folder, WEB_FOLDER, "good.pem")),
});

/** After the first octets of a request. */
const ANSWERS: Readonly<Partial<Record<HostileManner, Say>>> = {
  "reset-on-request": (socket) => (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy()),
  junk: (socket) => socket.end(Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 151 + 7) % 256))),
  close: (socket) => socket.end(),
  trickle: (socket) => trickle(socket, Buffer.from(`${START}X-Filler: ${"a".repeat(10_000)}\r\n\r\n`)),
  "trickled-body": (socket) => {
    socket.write(`${START}Content-Length: 100000\r\n\r\n`);
    trickle(socket, BLOCK);
  },
  "short-body": (socket) => socket.write(`${START}Content-Length: 100000\r\n\r\n<title>kort`),
  "endless-body": (socket) => {
    socket.write(`${START}Connection: close\r\n\r\n`);
    forever(socket, BLOCK);
  },
  "endless-chunk": (socket) => {
    socket.write(`${START}Transfer-Encoding: chunked\r\n\r\n`);
    forever(socket, Buffer.concat([Buffer.from("10000\r\n"), BLOCK, Buffer.from("\r\n")]));
  },
  "endless-header": (socket) => {
    socket.write(`${START}X-Long: `);
    forever(socket, BLOCK);
  },
  "endless-interim": (socket) => forever(socket, Buffer.from("HTTP/1.1 100 Continue\r\n\r\n".repeat(100))),
  "gzip-bomb": (socket) => bomb(socket, "gzip"),
  "brotli-bomb": (socket) => bomb(socket, "br"),
  "big-header": (socket) => socket.end(`${START}X-Big: ${"a".repeat(MEGABYTE)}\r\nContent-Length: 0\r\n\r\n`),
  "many-headers": (socket) => socket.end(`${START}${"X-Many: 1\r\n".repeat(50_000)}Content-Length: 0\r\n\r\n`),
  "many-cookies": (socket) => socket.end(`${START}${"Set-Cookie: a=1\r\n".repeat(2000)}Content-Length: 0\r\n\r\n`),
  "endless-redirects": (socket) => redirect(socket, `/${process.hrtime.bigint().toString(36)}`),
  "to-metadata": (socket) => redirect(socket, `http://${TRAP_ADDRESS}/latest/meta-data/`),
  "to-metadata-by-name": (socket) => redirect(socket, `https://${METADATA_HOST}/latest/meta-data/`),
  "to-metadata-mapped": (socket) => redirect(socket, `https://[::ffff:${TRAP_ADDRESS}]/`),
  "to-metadata-number": (socket) => redirect(socket, "http://2852039166/latest/"),
  "to-file": (socket) => redirect(socket, "file:///etc/passwd"),
  "to-javascript": (socket) => redirect(socket, "javascript:alert(1)"),
  "to-cr-lf": (socket) => redirect(socket, `https://${METADATA_HOST}/\r X-Injected: 1\r\r\nX-Other: %0d%0aX: 1`),
};

/** Before any request, on port 443; on port 80 these say nothing at all. */
const OPENINGS: Readonly<Partial<Record<HostileManner, Say>>> = {
  tarpit: () => undefined,
  reset: (socket) => socket.resetAndDestroy(),
  "tls-junk": (socket) => socket.once("data", () => socket.write(tlsRecord(Buffer.from([2, 0, 255, 255, 9, 9, 9])))),
  "tls-endless-records": (socket) => forever(socket, tlsRecord(Buffer.alloc(LONGEST_RECORD, 11))),
  "tls-trickle": (socket) => trickle(socket, tlsRecord(Buffer.alloc(LONGEST_RECORD, 2))),
  "tls-huge-certificate": (socket) => {
    const claim = Buffer.from([11, 255, 255, 255]);
    forever(socket, Buffer.concat([tlsRecord(claim), tlsRecord(Buffer.alloc(LONGEST_RECORD, 1))]));
  },
  "tls-alerts": (socket) => forever(socket, Buffer.concat(Array.from({ length: 500 }, () => TLS_ALERT))),
};

writeFileSync(join(folder, TRAP_LOG), "");
for (const port of [PLAIN_PORT, HTTPS_PORT]) {
  await listen(TRAP_ADDRESS, port, (socket) => {
    appendFileSync(join(folder, TRAP_LOG), `${String(port)} ${socket.remoteAddress ?? ""}\n`);
    socket.destroy();
  });
}
for (const { address, manner } of HOSTILE_CASES) {
  const opening = OPENINGS[manner];
  const answer = ANSWERS[manner] ?? (() => undefined);
  await listen(address, PLAIN_PORT, (socket) => (opening ?? onRequest(answer))(socket));
  await listen(address, HTTPS_PORT, opening ?? ((socket) => withinTls(socket, onRequest(answer))));
}
writeFileSync(join(folder, HOSTILE_READY), "");

async function listen(address: string, port: number, say: Say): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    say(socket);
  });
  return new Promise((resolve) => server.listen(port, address, () => resolve(server)));
}

function withinTls(socket: Socket, say: Say): void {
  const secured = new TLSSocket(socket, { isServer: true, secureContext: context });
  secured.on("error", () => secured.destroy());
  secured.once("secure", () => say(secured));
}

function onRequest(answer: Say): Say {
  return (socket) => socket.once("data", () => answer(socket));
}

/** Octet by octet, never finished within any patience. */
function trickle(socket: Socket, octets: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= octets.length) clearInterval(timer);
    else socket.write(octets.subarray(at, ++at));
  }, TRICKLE_MS);
}

/** As fast as the other side reads. */
function forever(socket: Socket, octets: Buffer): void {
  const go = (): void => {
    while (!socket.destroyed && socket.write(octets));
    if (!socket.destroyed) socket.once("drain", go);
  };
  go();
}

function bomb(socket: Socket, coding: keyof typeof BOMBS): void {
  const packed = BOMBS[coding];
  socket.write(`${START}Content-Encoding: ${coding}\r\nContent-Length: ${String(packed.length)}\r\n\r\n`);
  socket.end(packed);
}

function redirect(socket: Socket, location: string): void {
  socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

/** A record of type handshake that TLS 1.2 would have. */
function tlsRecord(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([22, 3, 3, content.length >> 8, content.length & 0xff]), content]);
}
