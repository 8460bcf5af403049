import { afterEach, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { inspect } from "node:util";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { SmtpError } from "../../lib/adapters/smtp-error.ts";
import { createSmtpSink, type SmtpSinkSettings } from "../../lib/adapters/smtp-sink.ts";
import type { SmtpSettings } from "../../lib/adapters/smtp-url.ts";
import type { AlertSink } from "../../lib/ports.ts";
import { alertText } from "../../lib/reports/alert-text.ts";
import { contextOf, RECOVERY, REGRESSION } from "../reports/alert-examples.ts";
import { readMail } from "./read-mail.ts";

const TLS = path.join(import.meta.dirname, "../support/tls");
const TRUSTED = { cert: readFileSync(path.join(TLS, "trusted.pem")), key: readFileSync(path.join(TLS, "trusted.key")) };
const CA = TRUSTED.cert.toString();
const TEXT = alertText(REGRESSION, contextOf("S18_SIGNATURE_EXPIRED", "fail"), "da");
const PATIENCE = { connection: 400, total: 1_000 };
/** A machine may be slow; what must not happen is that it waits on. */
const WITHIN = 5_000;
const LOGIN = { user: "vagt", password: "s3kret-kode" };

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: Buffer;
  readonly secure: boolean;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function mailServer(
  options: SMTPServerOptions = {},
): Promise<{ readonly port: number; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disableReverseLookup: true, hideSTARTTLS: true, logger: false, closeTimeout: 100 },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        received.push({ from, to, message: Buffer.concat(chunks), secure: session.secure });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as net.AddressInfo).port, received };
}

/** A server that does with each connection what it is told. */
async function oddServer(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as net.AddressInfo).port;
}

function sinkTo(port: number, server: Partial<SmtpSettings> = {}, settings: Partial<SmtpSinkSettings> = {}): AlertSink {
  return createSmtpSink({
    server: { ...{ host: "127.0.0.1", port, security: "plain", login: null, from: null }, ...server },
    to: ["it@example.dk", "drift@example.dk"],
    write: async () => TEXT,
    patience: PATIENCE,
    ...settings,
  });
}

async function failure(sink: AlertSink): Promise<SmtpError> {
  const started = Date.now();
  const error = await sink.deliver(REGRESSION).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(Date.now() - started).toBeLessThan(WITHIN);
  if (!(error instanceof SmtpError)) throw new Error(`expected a SmtpError, got ${String(error)}`);
  expect(error.message).not.toContain(LOGIN.password);
  return error;
}

describe("a server that takes mail", () => {
  test("gets the whole message, for every contact", async () => {
    const { port, received } = await mailServer();
    await sinkTo(port, { from: "kravvagt@example.dk" }).deliver(REGRESSION);
    expect(received).toHaveLength(1);
    const [{ from, to, message }] = received as [Received];
    expect([from, ...to]).toEqual(["kravvagt@example.dk", "it@example.dk", "drift@example.dk"]);
    const { headers, text } = readMail(message);
    expect(headers.get("from")).toBe("Kravvagt <kravvagt@example.dk>");
    expect(headers.get("subject")).toBe(TEXT.subject);
    expect(headers.get("content-transfer-encoding")).toBe("quoted-printable");
    expect(text.trimEnd()).toBe(TEXT.body.trimEnd());
  });

  test("gets the same message, with the same id, when it is told again", async () => {
    const { port, received } = await mailServer();
    await sinkTo(port).deliver(REGRESSION);
    await sinkTo(port).deliver(REGRESSION);
    const [first, second] = received.map(({ message }) => message) as [Buffer, Buffer];
    expect(readMail(first).headers.get("message-id")).toBe(`<${REGRESSION.id}@kravvagt.invalid>`);
    expect(second.equals(first)).toBe(true);
  });

  test("learns which alert a recovery continues", async () => {
    const { port, received } = await mailServer();
    await sinkTo(port, {}, { inReplyTo: async () => REGRESSION.id }).deliver(RECOVERY);
    expect(readMail(received[0]!.message).headers.get("in-reply-to")).toContain(REGRESSION.id);
  });

  test("is logged in to", async () => {
    const seen: (string | null | undefined)[] = [];
    const { port, received } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) => {
        seen.push(username, password);
        done(null, { user: username });
      },
    });
    await sinkTo(port, { login: LOGIN }).deliver(REGRESSION);
    expect(seen).toEqual([LOGIN.user, LOGIN.password]);
    expect(received).toHaveLength(1);
  });

  test("is reached through TLS from the first octet, and through STARTTLS", async () => {
    const direct = await mailServer({ secure: true, ...TRUSTED });
    await sinkTo(direct.port, { security: "tls" }, { ca: CA }).deliver(REGRESSION);
    const upgraded = await mailServer({ hideSTARTTLS: false, ...TRUSTED });
    await sinkTo(upgraded.port, { security: "starttls" }, { ca: CA }).deliver(REGRESSION);
    expect([...direct.received, ...upgraded.received].map(({ secure }) => secure)).toEqual([true, true]);
  });

  test("whose certificate nobody vouches for gets nothing, unless that was allowed", async () => {
    const options = { hideSTARTTLS: false, ...TRUSTED };
    const { port, received } = await mailServer(options);
    expect((await failure(sinkTo(port, { security: "starttls" }))).problem).toBe("tls");
    const direct = await mailServer({ secure: true, ...TRUSTED });
    expect((await failure(sinkTo(direct.port, { security: "tls" }))).problem).toBe("tls");
    expect([...received, ...direct.received]).toEqual([]);
    await sinkTo(port, { security: "optional" }).deliver(REGRESSION);
    expect(received.map(({ secure }) => secure)).toEqual([true]);
  });

  test("without STARTTLS gets nothing where it is demanded, the password least of all", async () => {
    const heard: string[] = [];
    const { port, received } = await mailServer({
      allowInsecureAuth: true,
      onAuth: ({ password }, _, done) => {
        heard.push(String(password));
        done(null, { user: "x" });
      },
    });
    expect((await failure(sinkTo(port, { security: "starttls", login: LOGIN }))).problem).toBe("tls");
    expect([...heard, ...received]).toEqual([]);
    await sinkTo(port, { security: "optional" }).deliver(REGRESSION);
    expect(received).toHaveLength(1);
  });
});

describe("a server that refuses", () => {
  const refusal = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code });

  test("every recipient: its words are told", async () => {
    const { port } = await mailServer({ onRcptTo: (_a, _s, done) => done(refusal(550, "5.7.1 Relaying denied")) });
    const error = await failure(sinkTo(port));
    expect(error.problem).toBe("refused");
    expect(error.message).toContain(`127.0.0.1:${port} refused the message: 550`);
    expect(error.message).toContain("Relaying denied");
  });

  test("the message itself", async () => {
    const { port } = await mailServer({
      onData: (stream, _s, done) => {
        stream.resume();
        stream.on("end", () => done(refusal(554, "looks like spam")));
      },
    });
    expect(await failure(sinkTo(port))).toMatchObject({ problem: "refused" });
  });

  test("for now", async () => {
    const { port } = await mailServer({ onMailFrom: (_a, _s, done) => done(refusal(451, "come back later")) });
    expect(await failure(sinkTo(port))).toMatchObject({ problem: "busy" });
  });

  test("one of two recipients: the other gets it once, and only the refused one is tried again", async () => {
    let refuses = true;
    const { port, received } = await mailServer({
      onRcptTo: ({ address }, _s, done) =>
        done(refuses && address === "drift@example.dk" ? refusal(550, "no such user") : null),
    });
    const sink = sinkTo(port);
    const error = await failure(sink);
    expect(error.message).toContain("refused these recipients, and took the rest: drift@example.dk");
    await failure(sink);
    refuses = false;
    await sink.deliver(REGRESSION);
    expect(received.map(({ to }) => to)).toEqual([["it@example.dk"], ["drift@example.dk"]]);
  });

  test("the password, and repeats it: the error does not", async () => {
    const plain = Buffer.from(`\u0000${LOGIN.user}\u0000${LOGIN.password}`).toString("base64");
    const port = await oddServer((socket) => {
      socket.write("220 x ESMTP\r\n");
      socket.on("data", (data) => {
        const line = data.toString();
        if (line.startsWith("EHLO")) socket.write("250-x\r\n250 AUTH PLAIN\r\n");
        else socket.write(`535 no: ${line.trim()} ${LOGIN.password} ${plain}\u001b[31m\r\n`);
      });
    });
    const error = await failure(sinkTo(port, { login: LOGIN }));
    expect(error.problem).toBe("login");
    expect(error.message).toContain("***");
    expect(error.message).not.toContain(plain);
    expect(error.message).not.toContain("\u001b");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(LOGIN.password);
  });

  test("to be logged in to at all: nothing is sent without", async () => {
    const { port, received } = await mailServer({ disabledCommands: ["AUTH"] });
    expect(await failure(sinkTo(port, { login: LOGIN }))).toMatchObject({ problem: "login" });
    expect(received).toEqual([]);
  });
});

describe("a server that does not answer", () => {
  test("at all: it is given up in time", async () => {
    const port = await oddServer(() => undefined);
    expect(await failure(sinkTo(port))).toMatchObject({ problem: "timeout" });
  });

  test("after its greeting, or one octet at a time: the whole has an end", async () => {
    const silent = await oddServer((socket) => socket.write("220 x ESMTP\r\n"));
    expect(await failure(sinkTo(silent))).toMatchObject({ problem: "timeout" });
    const drip = await oddServer((socket) => {
      socket.write("220 x ESMTP\r\n");
      const timer = setInterval(() => socket.write("2"), 50);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await failure(sinkTo(drip))).toMatchObject({ problem: "timeout" });
  });

  test("because nobody listens", async () => {
    const port = await oddServer(() => undefined);
    await closers.pop()!();
    const error = await failure(sinkTo(port));
    expect(error).toMatchObject({ problem: "unreachable", message: `127.0.0.1:${port} could not be reached` });
  });

  test.each([
    ["before its greeting", (socket: net.Socket) => void socket.destroy()],
    ["after its greeting", (socket: net.Socket) => void socket.end("220 x ESMTP\r\n")],
    [
      "in the middle of the message",
      (socket: net.Socket) => {
        socket.write("220 x ESMTP\r\n");
        socket.on("data", (data) => {
          const line = data.toString();
          if (line.startsWith("DATA")) socket.write("354 go on\r\n");
          else if (line.includes("Message-ID")) socket.destroy();
          else socket.write("250 fine\r\n");
        });
      },
    ],
  ])("but breaks off %s", async (_, onConnection) => {
    const port = await oddServer(onConnection);
    expect(await failure(sinkTo(port))).toMatchObject({ problem: "cut-off" });
  });

  test("in SMTP's words", async () => {
    const port = await oddServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(["cut-off", "refused"]).toContain((await failure(sinkTo(port))).problem);
  });
});

test("without recipients there is no sink", () => {
  expect(() => sinkTo(25, {}, { to: [] })).toThrow("delivers to nobody");
});

test("words that cannot be had are passed on, and nothing is sent", async () => {
  const { port, received } = await mailServer();
  const sink = sinkTo(port, {}, { write: () => Promise.reject(new Error("no memory")) });
  await expect(sink.deliver(REGRESSION)).rejects.toThrow("no memory");
  expect(received).toEqual([]);
});
