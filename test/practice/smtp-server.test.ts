import { once } from "node:events";
import { readFileSync } from "node:fs";
import net from "node:net";
import tls from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import {
  HANG_UP,
  RESET,
  SILENCE,
  type SmtpBehaviour,
  type SmtpCertificate,
  wellBehaved,
} from "../../lib/practice/smtp-behaviour.ts";
import { listenSmtp, type SmtpServer } from "../../lib/practice/smtp-server.ts";

const FOLDER = new URL("../probes/smtp/certificates/", import.meta.url);
const pem = (file: string): string => readFileSync(new URL(file, FOLDER), "utf8");
const RSA: SmtpCertificate = { key: pem("rsa.key"), chain: pem("rsa.pem") };
const ECDSA: SmtpCertificate = { key: pem("ecdsa.key"), chain: pem("ecdsa.pem") };

const ends: (() => unknown)[] = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

async function start(behaviour: SmtpBehaviour | readonly SmtpBehaviour[]): Promise<SmtpServer> {
  const server = await listenSmtp(behaviour);
  ends.push(() => server.stop());
  return server;
}

function connect({ port }: SmtpServer): net.Socket {
  const socket = net.connect(port, "127.0.0.1");
  ends.push(() => socket.destroy());
  return socket.setEncoding("latin1").on("error", () => undefined);
}

/** What is said next. */
async function hear(stream: net.Socket): Promise<string> {
  const [text] = (await once(stream, "data")) as [string];
  return text;
}

/** A client's side as far as the handshake. */
async function secure(server: SmtpServer): Promise<tls.TLSSocket> {
  const socket = connect(server);
  await hear(socket);
  socket.write("STARTTLS\r\n");
  await hear(socket);
  const secured = tls.connect({ socket, servername: "mx.oevelse.dk", rejectUnauthorized: false });
  // Ahead of the socket below it: the other way round crashes Node 24.21.
  ends.unshift(() => secured.destroy());
  await once(
    secured.on("error", () => undefined),
    "secureConnect",
  );
  return secured;
}

describe("a practice gateway", () => {
  test("greets, offers STARTTLS, takes no mail and says goodbye", async () => {
    const server = await start(wellBehaved(RSA));
    const socket = connect(server);
    expect(await hear(socket)).toMatch(/^220 /);
    socket.write("EHLO a.dk\r\n");
    expect(await hear(socket)).toMatch(/^250-STARTTLS\r$/m);
    socket.write("MAIL FROM:<x@a.dk>\r\n");
    expect(await hear(socket)).toMatch(/^502 /);
    socket.write("QUIT\r\n");
    expect(await hear(socket)).toMatch(/^221 /);
    await once(socket, "close");
    const commands = ["EHLO a.dk", "MAIL FROM:<x@a.dk>", "QUIT"];
    expect(server.transcripts).toEqual([{ commands, serverName: null, isSecured: false }]);
  });

  test("presents its certificate and goes on over TLS", async () => {
    const server = await start(wellBehaved(ECDSA));
    const secured = await secure(server);
    expect(secured.getPeerCertificate().subject.CN).toBe("mx.oevelse.dk");
    secured.setEncoding("latin1").write("EHLO a.dk\r\n");
    expect(await hear(secured)).toMatch(/^250-/);
    expect(server.transcripts).toEqual([
      { commands: ["STARTTLS", "EHLO a.dk"], serverName: "mx.oevelse.dk", isSecured: true },
    ]);
  });

  test("becomes another from the next connection on", async () => {
    const server = await start(wellBehaved(RSA));
    const before = (await secure(server)).getPeerX509Certificate()?.publicKey.asymmetricKeyType;
    server.become(wellBehaved(ECDSA));
    const after = (await secure(server)).getPeerX509Certificate()?.publicKey.asymmetricKeyType;
    expect([before, after]).toEqual(["rsa", "ec"]);
  });

  test("meets each connection as the list has it, the last for all that follow", async () => {
    const server = await start([{ greeting: "421 a\r\n" }, { greeting: "554 b\r\n" }]);
    const heard = [await hear(connect(server)), await hear(connect(server)), await hear(connect(server))];
    expect(heard).toEqual(["421 a\r\n", "554 b\r\n", "554 b\r\n"]);
  });

  test("without TLS offers none and refuses it", async () => {
    const socket = connect(await start({}));
    await hear(socket);
    socket.write("EHLO a.dk\r\n");
    expect(await hear(socket)).not.toContain("STARTTLS");
    socket.write("STARTTLS\r\n");
    expect(await hear(socket)).toMatch(/^502 /);
  });
});

describe("a practice gateway that misbehaves", () => {
  test.each([
    ["hangs up", HANG_UP, "end"],
    ["resets", RESET, "error"],
    ["keeps silent and then hangs up", { after: 30, say: HANG_UP }, "end"],
  ] as const)("%s", async (_, greeting, event) => {
    await expect(once(connect(await start({ greeting })).resume(), event)).resolves.toBeDefined();
  });

  test("keeps silent, or speaks late, octet by octet or without end", async () => {
    const server = await start([
      { greeting: SILENCE },
      { greeting: { trickle: "220 a\r\n", everyMs: 5 } },
      { greeting: { endless: "220-x\r\n" } },
    ]);
    const silent = connect(server).on("data", () => silent.destroy());
    const pieces: string[] = [];
    const slow = connect(server).on("data", (piece: string) => pieces.push(piece));
    const endless = connect(server);
    for (let heard = 0; heard < 10_000;) heard += (await hear(endless)).length;
    endless.destroy();
    while (pieces.join("") !== "220 a\r\n") await once(slow, "data");
    expect(pieces.length).toBeGreaterThan(1);
    expect(silent.destroyed).toBe(false);
  });

  test.each([
    [{ alert: 40 }, "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE"],
    ["junk", "ERR_SSL_WRONG_VERSION_NUMBER"],
    ["hang-up", "ECONNRESET"],
  ] as const)("answers a handshake with %j", async (behaviour, code) => {
    await expect(secure(await start({ tls: behaviour }))).rejects.toMatchObject({ code });
  });
});
