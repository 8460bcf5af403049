import type net from "node:net";
import tls from "node:tls";
import { describe, expect, test } from "@jest/globals";
import type { Observed } from "../../../lib/core/observation.ts";
import { createServices } from "../../../lib/probes/services/services.ts";
import { LDAP_ROOT_QUESTION } from "../../../lib/services/ldap-start-tls.ts";
import type { ServiceVisit } from "../../../lib/services/observations.ts";
import { rdpConnectionRequest } from "../../../lib/services/rdp-negotiation.ts";
import { RSA } from "../smtp/loopback.ts";
import { ADDRESS, RESET, type Script, ScriptedInternet } from "./scripted-server.ts";

const internet = new ScriptedInternet();
const PORT = 4000;
const QUICK = { connectMs: 2000, greetingMs: 700, bannerMs: 250, lineMs: 100, helloMs: 250, visitMs: 4000 };
const never = new AbortController().signal;

function services() {
  return createServices({ dialer: internet.dialer, ehloName: "probe.kravvagt.example", limits: QUICK });
}

function visit(scheme: string, signal = never): Promise<Observed<ServiceVisit>> {
  return services().visit({ scheme, host: "oevelse.dk", address: ADDRESS, port: PORT }, { signal });
}

async function hear(scheme: string, script: Script | readonly Script[]) {
  const { heard, connections } = await internet.add(PORT, script);
  return { ...toldOf(await visit(scheme)), heard, connections: connections() };
}

function toldOf(seen: Observed<ServiceVisit>) {
  if (seen.state === "unobserved") return { told: seen.cause, capabilities: [] };
  const { value } = seen;
  if (value.state !== "visited") return { told: value.state, capabilities: [] };
  const { speech, undecided } = value;
  const open = undecided === null ? "" : ` (${undecided.cause})`;
  if (speech.kind === "banner") return { told: `banner ${String(speech.looksLike)}${open}`, capabilities: [] };
  if (speech.kind !== "dialogue") return { told: speech.kind + open, capabilities: [] };
  const { protocol, startTls, plainLogin, capabilities } = speech;
  return { told: `${protocol} ${startTls} ${plainLogin}${open}`, capabilities };
}

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(" ", ""), "hex");
const secured = (): tls.Server =>
  tls.createServer({ key: RSA.key, cert: RSA.chain }).on("tlsClientError", () => undefined);

const mysql = (capabilities: string): Buffer =>
  hex(`28000000 0a 382e302e3000 01000000 6162636465666768 00 ${capabilities} 21 0200 0000 15 ${"00".repeat(10)} 6100`);
const features = (inside: string): string =>
  `<?xml version='1.0'?><stream:stream from='oevelse.dk' id='1'><stream:features>${inside}</stream:features>`;
const LDAP_OK = hex("30 0c 02 01 01 78 07 0a 01 00 04 00 04 00");
const LDAP_ROOT = hex("300b 020101 6406 0400 3002 3000 300c 020101 6507 0a0100 0400 0400");
const LDAP_ASKED = `0x${Buffer.from(LDAP_ROOT_QUESTION).toString("hex")}`;
const RDP_PLAIN_ASKED = `0x${Buffer.from(rdpConnectionRequest(0)).toString("hex")}`;
const RDP_TLS_ASKED = `0x${Buffer.from(rdpConnectionRequest(3)).toString("hex")}`;

describe("a service with a login in clear, or without", () => {
  test.each<readonly [string, string, Script | readonly Script[]]>([
    [
      "smtp accepted refused",
      "submission",
      { greeting: "220 a ESMTP\r\n", to: { EHLO: "250-a\r\n250 STARTTLS\r\n", STARTTLS: "220 go\r\n" } },
    ],
    [
      "smtp accepted offered",
      "submission",
      {
        greeting: "220 ftp.a.dk x\r\n",
        to: { EHLO: "250-a\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", STARTTLS: "220\r\n" },
      },
    ],
    ["smtp not-offered offered", "smtp", { greeting: "220 a\r\n", to: { EHLO: "250-a\r\n250 AUTH=LOGIN\r\n" } }],
    ["smtp not-offered refused", "smtp", { greeting: "220 a\r\n", to: { EHLO: "502 what\r\n" } }],
    [
      "smtp refused offered (greylisted)",
      "smtp",
      { greeting: "220 a\r\n", to: { EHLO: "250-a\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", STARTTLS: "454 later\r\n" } },
    ],
    [
      "greylisted",
      "smtp",
      { greeting: "220 a\r\n", to: { EHLO: "250-a\r\n250 STARTTLS\r\n", STARTTLS: "454 later\r\n" } },
    ],
    ["greylisted", "smtp", { greeting: "421 later\r\n" }],
    [
      "imap accepted refused",
      "imap",
      {
        greeting: "* OK hi\r\n",
        to: { "a1 CAPABILITY": "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK\r\n", a2: "a2 OK\r\n" },
      },
    ],
    [
      "imap accepted offered",
      "imap",
      { greeting: "* OK\r\n", to: { a1: "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\n", a2: "a2 OK\r\n" } },
    ],
    [
      "imap refused offered",
      "imap",
      {
        greeting: "* OK\r\n",
        to: { a1: "* CAPABILITY STARTTLS LOGINDISABLED AUTH=PLAIN\r\na1 OK\r\n", a2: "a2 NO\r\n" },
      },
    ],
    [
      "imap accepted offered",
      "imap",
      {
        greeting: "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\r\n",
        to: { a1: "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK\r\n", a2: "a2 OK\r\n" },
      },
    ],
    [
      "imap accepted refused",
      "imap",
      {
        greeting: "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n",
        to: { a1: "a1 BAD log in first\r\n", a2: "a2 OK\r\n" },
      },
    ],
    ["imap not-offered offered", "imap", { greeting: "* OK\r\n", to: { a1: "* CAPABILITY IMAP4rev1\r\na1 OK\r\n" } }],
    ["imap accepted unknown", "imap", { greeting: "* OK\r\n", to: { a1: "a1 BAD\r\n", a2: "a2 OK\r\n" } }],
    [
      "pop3 accepted refused",
      "pop3",
      { greeting: "+OK\r\n", to: { CAPA: "+OK\r\nTOP\r\nSTLS\r\n.\r\n", STLS: "+OK\r\n" } },
    ],
    [
      "pop3 accepted offered",
      "pop3",
      { greeting: "+OK\r\n", to: { CAPA: "+OK\r\nUSER\r\nSTLS\r\n.\r\n", STLS: "+OK\r\n" } },
    ],
    [
      "pop3 not-offered offered",
      "pop3",
      { greeting: "+OK\r\n", to: { CAPA: "+OK\r\nSASL PLAIN\r\n.\r\n", STLS: "-ERR\r\n" } },
    ],
    [
      "pop3 accepted unknown",
      "pop3",
      { greeting: "+OK <1@a>\r\n", to: { CAPA: "+OK\r\nSASL\r\n.\r\n", STLS: "+OK\r\n" } },
    ],
    ["pop3 not-offered unknown", "pop3", { greeting: "+OK\r\n", to: { CAPA: "-ERR\r\n", STLS: "-ERR\r\n" } }],
    [
      "ftp accepted unknown",
      "ftp",
      {
        greeting: "220 hi\r\n",
        to: { FEAT: "211-F\r\n AUTH TLS\r\n211 End\r\n", AUTH: "234\r\n", USER: "501 who\r\n" },
      },
    ],
    [
      "ftp accepted offered",
      "ftp",
      { greeting: "220\r\n", to: { FEAT: "500\r\n", AUTH: "234\r\n", USER: "331 and?\r\n" } },
    ],
    [
      "ftp accepted refused",
      "ftp",
      {
        greeting: "220\r\n",
        to: {
          FEAT: "500\r\n",
          AUTH: "234\r\n",
          USER: { thenEnd: "530 Non-anonymous sessions must use encryption.\r\n" },
        },
      },
    ],
    [
      "ftp accepted unknown",
      "ftp",
      { greeting: "220\r\n", to: { FEAT: "500\r\n", AUTH: "234\r\n", USER: "530 anonymous only\r\n" } },
    ],
    ["ftp accepted unknown", "ftp", { greeting: "220\r\n", to: { FEAT: "500\r\n", AUTH: "234\r\n", USER: RESET } }],
    ["ftp not-offered unknown", "ftp", { greeting: "220 hi\r\n", to: { FEAT: "500 what\r\n", AUTH: "502 no\r\n" } }],
    [
      "ftp accepted refused",
      "ftp",
      { greeting: "220\r\n", to: { FEAT: "534 Policy requires SSL.\r\n", AUTH: "234\r\n" } },
    ],
    [
      "ftp refused unknown",
      "ftp",
      { greeting: "220\r\n", to: { FEAT: "211-F\r\n AUTH SSL;TLS\r\n211 E\r\n", AUTH: "534\r\n" } },
    ],
    ["ldap accepted unknown", "ldap", { to: { "0x301d": LDAP_OK, [LDAP_ASKED]: LDAP_ROOT } }],
    ["ldap accepted unknown", "ldap", { to: { "0x301d": LDAP_OK, [LDAP_ASKED]: RESET } }],
    [
      "ldap accepted refused",
      "ldap",
      { to: { "0x301d": LDAP_OK, [LDAP_ASKED]: hex("300c 020101 6507 0a010d 0400 0400") } },
    ],
    [
      "ldap accepted unknown",
      "ldap",
      { to: { "0x301d": LDAP_OK, [LDAP_ASKED]: hex("300c 020100 7807 0a0134 0400 0400") } },
    ],
    ["ldap not-offered unknown", "ldap", { to: { "0x301d": hex("30840000000c 020101 7807 0a0102 0400 0400") } }],
    ["ldap refused refused", "ldap", { to: { "0x301d": hex("300c 020101 7807 0a010d 0400 0400") } }],
    ["rdp accepted refused", "rdp", { to: { [RDP_PLAIN_ASKED]: hex("03000013 0ed00000123400 0300080005000000") } }],
    [
      "rdp accepted offered",
      "rdp",
      {
        to: {
          [RDP_PLAIN_ASKED]: hex("03000013 0ed00000123400 0200080000000000"),
          [RDP_TLS_ASKED]: hex("03000013 0ed00000123400 0200080001000000"),
        },
      },
    ],
    ["rdp not-offered offered", "rdp", { to: { "0x0300": hex("0300000b 06d00000123400") } }],
    ["postgres accepted unknown", "postgres", { to: { "0x0000000804d2162f": "S" } }],
    ["postgres not-offered unknown", "postgresql", { to: { "0x0000000804d2162f": "N" } }],
    ["mysql accepted unknown", "mysql", { greeting: mysql("0088"), to: { "0x20000001": hex("160303 0040") } }],
    ["mysql refused unknown", "mysql", { greeting: mysql("0088"), to: { "0x20000001": "no such thing" } }],
    ["mysql not-offered unknown", "mariadb", { greeting: mysql("0082") }],
    ["vantage-blocked", "mysql", { greeting: hex("04000000 ff6a0461") }],
    [
      "xmpp accepted refused",
      "xmpp",
      { to: { "<?xml": features("<starttls><required/></starttls>"), "<starttls": "<proceed xmlns='x'/>" } },
    ],
    [
      "xmpp refused offered",
      "xmpp",
      {
        to: {
          "<?xml": features("<starttls/><mechanisms><mechanism>PLAIN</mechanism></mechanisms>"),
          "<starttls": "<failure xmlns='x'/>",
        },
      },
    ],
    ["xmpp not-offered refused", "xmpp", { to: { "<?xml": features("") } }],
  ])("%s: %s", async (expected, scheme, script) => {
    const { told, heard } = await hear(scheme, script);
    expect(told).toBe(expected);
    expect(
      heard.filter((line) => /^(?:USER +\S|(?:PASS|APOP|MAIL|a\d LOGIN|a\d AUTHENTICATE)\b)/iu.test(line)),
    ).toEqual([]);
  });

  test("keeps what it heard, tidy and bounded", async () => {
    const many = Array.from({ length: 90 }, (_, index) => `250-X${index}  ${"y".repeat(90)}\r\n`).join("");
    const { capabilities } = await hear("smtp", { greeting: "220 a\r\n", to: { EHLO: `250-a\r\n${many}250 end\r\n` } });
    expect(capabilities).toHaveLength(64);
    expect(capabilities[0]).toBe(`X0 ${"Y".repeat(61)}`);
  });

  test("is seen although it comes after everything that is kept", async () => {
    const many = Array.from({ length: 90 }, (_, index) => `250-X${index}\r\n`).join("");
    const { told } = await hear("smtp", { greeting: "220 a\r\n", to: { EHLO: `250-a\r\n${many}250 AUTH PLAIN\r\n` } });
    expect(told).toBe("smtp not-offered offered");
  });
});

describe("a service that speaks first, in clear", () => {
  test.each<readonly [string, string, Script]>([
    ["banner ssh", "ssh", { greeting: "SSH-2.0-OpenSSH_9.6\r\n" }],
    ["banner vnc", "vnc", { greeting: "RFB 003.008\n" }],
    ["banner telnet", "telnet", { greeting: hex("fffd18fffd20") }],
    ["banner null", "sip-over-something", { greeting: "hello there\r\n" }],
    ["banner pop3", "imap", { greeting: "+OK hi\r\n" }],
    ["banner null", "imap", { greeting: "hello there, how are you\r\n" }],
    ["banner imap", "imaps", { greeting: "* OK in clear\r\n" }],
    ["imap not-offered offered", "by-heart", { greeting: "* OK\r\n", to: { a1: "* CAPABILITY X\r\na1 OK\r\n" } }],
  ])("%s: %s", async (expected, scheme, script) => {
    expect((await hear(scheme, script)).told).toBe(expected);
  });

  test("even if it comes in two pieces", async () => {
    const greeting = (socket: net.Socket): void => {
      socket.write("SS");
      setTimeout(() => socket.write("H-2.0-x\r\n"), 20);
    };
    expect((await hear("ssh", { greeting })).told).toBe("banner ssh");
  });
});

describe("a service that keeps silent", () => {
  test.each(["imaps", "unknown", "redis", "imap", "ldap", "rdp"])("may take TLS: %s", async (scheme) => {
    await internet.listen(PORT, secured());
    expect(toldOf(await visit(scheme)).told).toBe("tls");
  });

  test("takes TLS although it likes nothing of ours", async () => {
    expect((await hear("imaps", { to: { "0x16": hex("15 0303 0002 0228") } })).told).toBe("tls");
  });

  test("is mute when it answers no hello either, after a smaller one", async () => {
    expect(await hear("redis", {})).toMatchObject({ told: "mute", connections: 3 });
    expect((await hear("mqtt", { to: { "0x16": RESET } })).told).toBe("mute");
    expect((await hear("smb", [{}, { to: { "0x16": RESET } }, {}])).told).toBe("mute (tcp-timeout)");
  });

  test("answers a hello in clear", async () => {
    expect((await hear("unknown", { to: { "0x16": "HTTP/1.1 400 Bad Request\r\n\r\n" } })).told).toBe("banner http");
  });

  test("where a protocol wants the server to speak, or to answer, is not seen", async () => {
    expect((await hear("imap", {})).told).toBe("tcp-timeout");
    expect((await hear("ldap", {})).told).toBe("tcp-timeout");
  });
});

describe("a visit", () => {
  test("finds nobody where the connection is refused", async () => {
    const { port } = await internet.add(PORT, {});
    const server = await internet.add(PORT + 1, {});
    expect(port).not.toBe(server.port);
    internet.table.set(`tcp ${ADDRESS} ${String(PORT)}`, { host: "127.0.0.1", port: 1 });
    expect(toldOf(await visit("imap")).told).toBe("closed");
  });

  test("is paid once by whoever asks, and again after it was stopped", async () => {
    const { connections } = await internet.add(PORT, { greeting: "SSH-2.0-x\r\n" });
    const all = services();
    const where = { scheme: "ssh", host: "oevelse.dk", address: ADDRESS, port: PORT };
    const stopped = await all.visit(where, { signal: AbortSignal.abort() });
    expect(stopped.state).toBe("unobserved");
    const seen = await Promise.all([1, 2, 3].map(() => all.visit(where, { signal: never })));
    expect(seen.map((each) => toldOf(each).told)).toEqual(["banner ssh", "banner ssh", "banner ssh"]);
    expect(connections()).toBe(1);
  });

  test("ends in time, whatever the server does", async () => {
    await internet.add(PORT, { greeting: (socket) => void setInterval(() => socket.write("x"), 30).unref() });
    const slow = createServices({ dialer: internet.dialer, limits: { ...QUICK, visitMs: 600 } });
    const where = { scheme: "imap", host: "oevelse.dk", address: ADDRESS, port: PORT };
    expect(toldOf(await slow.visit(where, { signal: never })).told).toBe("tcp-timeout");
  });
});
