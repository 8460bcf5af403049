import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createSecureContext, TLSSocket } from "node:tls";
import { addressOfDoor, type ServiceDoor } from "./service-case.ts";
import { WEB_FOLDER } from "./web-certificates.ts";

/** Services that no real server offers: stripped, broken, slow and two-faced ones. */
const folder = process.argv[2] ?? "";
const context = createSecureContext({
  minVersion: "TLSv1.2",
  ciphers: "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256",
  ecdhCurve: "X25519:prime256v1",
  key: readFileSync(join(folder, WEB_FOLDER, "good.key")),
  cert: readFileSync(join(folder, WEB_FOLDER, "good.pem")),
});

/** What a server says first, after how long, and to the beginnings of lines. `TLS`: from here on there is TLS. */
interface Manner {
  readonly port: number;
  readonly greeting?: string;
  readonly greetsAfterMs?: number;
  readonly answers: Readonly<Record<string, string>>;
  /** The command after whose answer TLS begins. */
  readonly upgradesAt?: string;
  /** Every hello is answered with this. */
  readonly alert?: Buffer;
}

const SLOW_MS = 6_000;
const HANDSHAKE_FAILURE = Buffer.from([21, 3, 3, 0, 2, 2, 40]);
const SMTP_STRICT = { "EHLO ": "250-post\r\n250-PIPELINING\r\n250 STARTTLS\r\n", STARTTLS: "220 go\r\n" };
const IMAP_STRICT = "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK\r\n";
const MANY_LINES = Array.from({ length: 100 }, (_, line) => `220-line ${String(line)} of a long warning\r\n`).join("");

const MANNERS: Readonly<Partial<Record<ServiceDoor, Manner>>> = {
  "odd-stripped": {
    port: 143,
    greeting: "* OK ready\r\n",
    answers: { "a1 CAPABILITY": "* CAPABILITY IMAP4rev1 XXXXXXXX AUTH=PLAIN\r\na1 OK\r\n", "a2 ": "a2 BAD what\r\n" },
  },
  "odd-refused": {
    port: 587,
    greeting: "220 post ESMTP\r\n",
    answers: { ...SMTP_STRICT, STARTTLS: "502 not implemented\r\n" },
  },
  "odd-injected": {
    port: 143,
    greeting: "* OK ready\r\n",
    answers: { "a1 CAPABILITY": IMAP_STRICT, "a1 STARTTLS": "a1 OK\r\n* OK more\r\n", "a2 ": "a2 OK\r\n* OK more\r\n" },
  },
  "odd-preauth": {
    port: 143,
    greeting: "* PREAUTH welcome back\r\n",
    answers: { "a1 CAPABILITY": IMAP_STRICT, "a1 STARTTLS": "a1 BAD\r\n", "a2 ": "a2 BAD already in\r\n" },
  },
  "odd-lines": {
    port: 587,
    greeting: `${MANY_LINES}220 post ESMTP\r\n`,
    answers: SMTP_STRICT,
    upgradesAt: "STARTTLS",
  },
  "odd-slow": {
    port: 587,
    greeting: "220 post ESMTP\r\n",
    greetsAfterMs: SLOW_MS,
    answers: SMTP_STRICT,
    upgradesAt: "STARTTLS",
  },
  "odd-no-capa": {
    port: 110,
    greeting: "+OK ready\r\n",
    answers: { CAPA: "-ERR log in first\r\n", STLS: "+OK go\r\n" },
    upgradesAt: "STLS",
  },
  "odd-two-minds": {
    port: 143,
    greeting: "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=LOGIN] ready\r\n",
    answers: { "a1 CAPABILITY": IMAP_STRICT, "a1 STARTTLS": "a1 OK\r\n", "a2 STARTTLS": "a2 OK\r\n" },
    upgradesAt: " STARTTLS",
  },
  "odd-endless": { port: 587, greeting: "220-".padEnd(200_000, "a"), answers: {} },
  "odd-banner": { port: 389, greeting: "220 post ESMTP\r\n", answers: {} },
  "odd-broken-tls": {
    port: 143,
    greeting: "* OK ready\r\n",
    answers: { "a1 CAPABILITY": IMAP_STRICT, "a1 STARTTLS": "a1 OK\r\n", "a2 STARTTLS": "a2 OK\r\n" },
    upgradesAt: " STARTTLS",
    alert: HANDSHAKE_FAILURE,
  },
  "odd-late-refusal": {
    port: 587,
    greeting: "220 post ESMTP\r\n",
    answers: { ...SMTP_STRICT, STARTTLS: "454 TLS not available due to temporary reason\r\n" },
  },
};

for (const [door, manner] of Object.entries(MANNERS) as [ServiceDoor, Manner][]) {
  const server = createServer((socket) => meet(socket, manner));
  await new Promise<void>((resolve) => server.listen(manner.port, addressOfDoor(door), resolve));
}
writeFileSync(join(folder, "service-odd.ready"), "");

function meet(socket: Socket, { greeting, greetsAfterMs = 0, answers, upgradesAt, alert }: Manner): void {
  socket.on("error", () => socket.destroy());
  setTimeout(() => {
    if (greeting !== undefined && !socket.destroyed) socket.write(greeting);
  }, greetsAfterMs);
  const listen = (octets: Buffer): void => {
    const line = octets.toString("latin1");
    const answer = Object.entries(answers).find(([beginning]) => line.startsWith(beginning))?.[1];
    if (answer !== undefined) socket.write(answer);
    if (upgradesAt === undefined || !line.includes(upgradesAt)) return;
    socket.off("data", listen);
    if (alert !== undefined) {
      socket.once("data", () => socket.end(alert));
      return;
    }
    const secured = new TLSSocket(socket, { isServer: true, secureContext: context });
    secured.on("error", () => socket.destroy());
  };
  socket.on("data", listen);
}
