import { expect, test } from "@jest/globals";
import { DialError } from "../../../lib/dial/dial-error.ts";
import { suiteNamed } from "../../../lib/tls/suites.ts";
import { TlsLab } from "./lab.ts";
import { serveScripted } from "./scripted-tls.ts";

const lab = new TlsLab();
const QUICK = { connectMs: 1_000, replyMs: 120, visitMs: 5_000 };
const GOOD = [suiteNamed("TLS_RSA_WITH_AES_128_CBC_SHA")!.number];
const HTTP = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
const PROTOCOL_VERSION = Buffer.from("15030100020246", "hex");

test("nobody listens", async () => {
  await lab.answer(() => undefined);
  const [[, place] = []] = lab.table;
  // A port that was free a moment ago.
  lab.table.forEach((_, key) => lab.table.set(key, { host: place?.host ?? "127.0.0.1", port: 1 }));
  expect(await lab.look()).toMatchObject({ state: "observed", value: { state: "closed" } });
  expect(lab.dialer.counters().connections).toBe(1);
});

test("a tarpit ends early as silence", async () => {
  await lab.answer(() => undefined);
  expect(await lab.look({}, QUICK)).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
  expect(lab.dialer.counters().connections).toBeLessThan(12);
});

test("a record that comes octet by octet is as good as silence", async () => {
  const octets = Buffer.concat([Buffer.from("1603030200", "hex"), Buffer.alloc(512)]);
  await lab.answer((socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(octets.subarray(at, (at += 1))), 20);
    socket.once("close", () => clearInterval(timer));
  });
  expect(await lab.look({}, QUICK)).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
});

test("endless octets, and another protocol, are no TLS", async () => {
  const junk = Buffer.alloc(65_536, 0x16);
  for (const respond of [
    (write: (octets: string | Buffer) => boolean) => void write(HTTP),
    (write: (octets: string | Buffer) => boolean) => Array.from({ length: 64 }, () => write(junk)),
  ]) {
    await lab.answer((socket) => socket.once("data", () => respond((octets) => socket.write(octets))));
    expect(await lab.look({}, QUICK)).toMatchObject({ state: "observed", value: { state: "no-tls" } });
  }
  expect(lab.dialer.counters().connections).toBeLessThan(24);
});

test("every version refused in so many words is an answer; hanging up and resets are none", async () => {
  await lab.answer((socket) => socket.once("data", () => socket.end(PROTOCOL_VERSION)));
  expect(await lab.look()).toMatchObject({ value: { state: "no-tls", detail: "every version was refused" } });
  await lab.answer((socket) => socket.once("data", () => socket.end()));
  expect(await lab.look()).toMatchObject({ state: "unobserved", cause: "tls-failed" });
  await lab.answer((socket) => socket.once("data", () => socket.resetAndDestroy()));
  expect(await lab.look()).toMatchObject({ state: "unobserved", cause: "connection-reset" });
});

test("a server that has had enough of us leaves the rest open", async () => {
  const most = 6;
  await lab.answer((socket, count) => {
    if (count <= most) serveScripted(socket, { suites: { "TLSv1.2": GOOD }, says: "alert" });
  });
  const visit = await lab.visited({}, QUICK);
  expect(visit.versions.find(({ version }) => version === "TLSv1.2")?.outcome).toBe("accepted");
  const open = visit.versions.filter(({ outcome }) => outcome === "undecided");
  expect(open.length).toBeGreaterThan(0);
  expect(open.every(({ undecided }) => undecided?.cause === "tcp-timeout")).toBe(true);
});

test("old hellos that something on the way drops leave those versions open alone", async () => {
  await lab.answer((socket) => {
    socket.once("data", (octets: Buffer) => {
      if (octets[0] !== 0x16 || octets.readUInt16BE(9) < 0x0303) return;
      socket.unshift(octets);
      serveScripted(socket, { suites: { "TLSv1.2": GOOD } });
    });
  });
  const visit = await lab.visited({}, { ...QUICK, visitMs: 12_000 });
  const outcomes = visit.versions.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["undecided", "undecided", "undecided", "undecided", "accepted", "refused"]);
  expect(visit.suites).toMatchObject([{ version: "TLSv1.2", accepted: GOOD, undecided: null }]);
  expect(visit.legacy).toMatchObject({ compression: "none" });
  expect(visit.signatures).toBeNull();
});

test("connections are capped, and what was not asked says why", async () => {
  await lab.script({ suites: { "TLSv1.2": GOOD, "TLSv1.0": GOOD, SSLv3: GOOD } });
  const visit = await lab.visited({}, { connections: 3 });
  expect(visit.connections).toBe(3);
  const open = visit.versions.filter(({ outcome }) => outcome === "undecided");
  expect(open.map(({ undecided }) => undecided?.cause)).toContain("tool-limit");
});

test("the visit has an end of its own, and keeps what was proved", async () => {
  await lab.answer((socket, count) => {
    if (count === 1) serveScripted(socket, { suites: { "TLSv1.2": GOOD } });
  });
  const visit = await lab.visited({}, { visitMs: 300 });
  expect(visit.suites).toMatchObject([{ version: "TLSv1.2", accepted: GOOD, undecided: { cause: "tool-limit" } }]);
});

test("an abort ends it, and its reason is told", async () => {
  await lab.answer(() => undefined);
  const controller = new AbortController();
  const seen = lab.look({}, {}, controller.signal);
  setTimeout(() => controller.abort(new DialError("internal", "STOPPED", "stopped")), 50);
  expect(await seen).toMatchObject({ state: "unobserved", cause: "internal" });
});

test("STARTTLS that is not offered is an answer, and then nothing more is asked", async () => {
  await lab.answer((socket) => {
    socket.write("220 mx.oevelse.dk ESMTP\r\n");
    socket.on("data", () => socket.write("250 mx.oevelse.dk\r\n"));
  });
  expect(await lab.look({ startTls: "smtp" })).toMatchObject({ value: { state: "no-tls" } });
  expect(lab.dialer.counters().connections).toBe(1);
});

test("TLS after STARTTLS is profiled like any other", async () => {
  await lab.answer((socket) => {
    socket.write("* OK IMAP4rev2\r\n");
    socket.once("data", () => {
      socket.write("a1 OK go ahead\r\n");
      serveScripted(socket, { suites: { "TLSv1.2": GOOD } });
    });
  });
  const visit = await lab.visited({ startTls: "imap" });
  expect(visit.suites).toMatchObject([{ version: "TLSv1.2", accepted: GOOD }]);
});
