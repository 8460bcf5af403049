import { createSocket, type Socket } from "node:dgram";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket as TcpSocket } from "node:net";
import { join } from "node:path";
import {
  BEHIND_HTTPS_PORT,
  BEHIND_PORT,
  KEY_FOLDER,
  ODD_SERVERS_CONFIG,
  type OddServer,
  QUERY_LOG,
} from "./name-servers.ts";
import { makeDenialCompact, readSigningKey } from "./online-signer.ts";
import { READY_FILE } from "./ready-file.ts";
import { RESOLVERS } from "./resolvers.ts";

const DNS_PORT = 53;
const HTTPS_PORT = 443;
const RELAY_PATIENCE_MS = 5000;
const HEADER_BYTES = 12;
const ANSWER_BIT = 0x80;
const AUTHORITATIVE_AND_TRUNCATED = 0x06;
const NAME_TYPES: Readonly<Record<number, string>> = {
  1: "A",
  2: "NS",
  5: "CNAME",
  6: "SOA",
  15: "MX",
  16: "TXT",
  28: "AAAA",
};

const folder = process.argv[2] ?? "";
const servers = JSON.parse(readFileSync(join(folder, ODD_SERVERS_CONFIG), "utf8")) as readonly OddServer[];
await Promise.all(servers.map(startOne));
writeFileSync(join(folder, READY_FILE), "");

async function startOne({ address, kind, zones, delayMs }: OddServer): Promise<void> {
  switch (kind) {
    case "silent":
      await listenUdp(address, () => undefined);
      return listenTcp(address, () => undefined);
    case "truncating":
      await listenUdp(address, answerTruncated);
      return relayTcp(address, delayMs);
    case "truncating-no-tcp":
      return listenUdp(address, answerTruncated);
    case "compact": {
      const signer = readSigningKey(zones[0] ?? "", join(folder, KEY_FOLDER));
      await relayUdp(address, delayMs, (answer) => makeDenialCompact(answer, signer));
      return relayTcp(address, delayMs);
    }
    case "resolver-relay":
      await relayTcp(address, delayMs, { front: HTTPS_PORT, behind: BEHIND_HTTPS_PORT });
      await relayUdp(address, delayMs, (answer) => answer);
      return relayTcp(address, delayMs);
    case "relay":
      await relayUdp(address, delayMs, (answer) => answer);
      return relayTcp(address, delayMs);
  }
}

type OnDatagram = (message: Buffer, from: { address: string; port: number }, socket: Socket) => void;

async function listenUdp(address: string, onDatagram: OnDatagram): Promise<void> {
  const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
  socket.on("message", (message, from) => onDatagram(message, from, socket));
  await new Promise<void>((resolve) => socket.bind(DNS_PORT, address, resolve));
}

/** Header and question come back with QR, AA and TC set and every other section empty (RFC 2181 section 9). */
function answerTruncated(message: Buffer, from: { address: string; port: number }, socket: Socket): void {
  const question = readQuestion(message);
  if (question === null) return;
  const answer = Buffer.from(message.subarray(0, question.end));
  answer[2] = (answer[2] ?? 0) | ANSWER_BIT | AUTHORITATIVE_AND_TRUNCATED;
  answer.fill(0, 6, HEADER_BYTES);
  socket.send(answer, from.port, from.address);
}

async function listenTcp(address: string, onSocket: (socket: TcpSocket) => void, port = DNS_PORT): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
}

/** One socket towards the real server for each question, closed by its answer or after a while. */
async function relayUdp(address: string, delayMs: number, change: (answer: Buffer) => Buffer): Promise<void> {
  await listenUdp(address, (message, from, socket) => {
    writeDown("udp", address, from.address, message);
    const behind = createSocket(address.includes(":") ? "udp6" : "udp4");
    const end = setTimeout(() => behind.close(), RELAY_PATIENCE_MS);
    behind.on("error", () => undefined);
    behind.once("message", (answer) => {
      clearTimeout(end);
      behind.close();
      setTimeout(
        () => socket.send(change(answer), from.port, from.address),
        delayTowards(from.address, address, delayMs),
      );
    });
    behind.send(message, BEHIND_PORT, address);
  });
}

/**
 * Resolvers are taken to live beside the name servers: only the way from here is long. On the loopback interface a
 * visitor comes from the very address it visits, so a resolver's own address at its own relay is a visitor's.
 */
function delayTowards(client: string, server: string, delayMs: number): number {
  return RESOLVERS.includes(client) && client !== server ? 0 : delayMs;
}

/** Every octet comes back `delayMs` later, and the first leaves as much later: the round trip of the handshake. */
async function relayTcp(
  address: string,
  delayMs: number,
  { front, behind: behindPort } = { front: DNS_PORT, behind: BEHIND_PORT },
): Promise<void> {
  const onSocket = (socket: TcpSocket): void => {
    const from = socket.remoteAddress ?? "";
    const delay = delayTowards(from, address, delayMs);
    socket.pause();
    setTimeout(() => {
      const behind = connect(behindPort, address);
      let unread: Buffer = Buffer.alloc(0);
      socket.on("data", (chunk: Buffer) => {
        if (front === DNS_PORT) unread = writeDownFrames(Buffer.concat([unread, chunk]), address, from);
        behind.write(chunk);
      });
      behind.on("data", (chunk) => setTimeout(() => socket.writable && socket.write(chunk), delay));
      behind.on("end", () => setTimeout(() => socket.end(), delay));
      socket.on("end", () => behind.end());
      behind.on("error", () => socket.destroy());
      socket.on("close", () => setTimeout(() => behind.destroy(), delay));
      socket.resume();
    }, delay);
  };
  await listenTcp(address, onSocket, front);
}

function writeDownFrames(bytes: Buffer, server: string, from: string): Buffer {
  let rest = bytes;
  while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
    const end = 2 + rest.readUInt16BE(0);
    writeDown("tcp", server, from, rest.subarray(2, end));
    rest = rest.subarray(end);
  }
  return rest;
}

function writeDown(transport: "udp" | "tcp", server: string, from: string, message: Buffer): void {
  const question = readQuestion(message);
  const entry = { transport, server, from, name: question?.name ?? null, type: question?.type ?? null };
  appendFileSync(join(folder, QUERY_LOG), `${JSON.stringify(entry)}\n`);
}

function readQuestion(message: Buffer): { readonly name: string; readonly type: string; readonly end: number } | null {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message[at]; length !== 0; length = message[at]) {
    if (length === undefined || length > 63) return null;
    labels.push(message.toString("latin1", at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  if (message.length < at + 5) return null;
  const type = message.readUInt16BE(at + 1);
  return { name: `${labels.join(".")}.`, type: NAME_TYPES[type] ?? String(type), end: at + 5 };
}
