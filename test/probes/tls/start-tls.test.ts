import type net from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import tls from "node:tls";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { DialError } from "../../../lib/dial/dial-error.ts";
import { startTls, type StartTlsOptions } from "../../../lib/probes/tls/start-tls.ts";
import type { StartTlsProtocol } from "../../../lib/tls/observations.ts";
import { RESET, type Script, ScriptedInternet } from "../services/scripted-server.ts";

const internet = new ScriptedInternet();
const PORT = 143;
const pem = (file: string): string => readFileSync(new URL(`../smtp/certificates/${file}`, import.meta.url), "utf8");

async function open(
  protocol: StartTlsProtocol,
  script: Script,
  options: Partial<StartTlsOptions> = {},
): Promise<{ readonly socket: net.Socket; readonly heard: readonly string[]; readonly error: unknown }> {
  const { heard } = await internet.add(PORT, script);
  const socket = await internet.connect(PORT);
  const { signal } = new AbortController();
  const error: unknown = await startTls(socket, protocol, { timeoutMs: 3000, signal, ...options }).then(
    () => null,
    (caught: unknown) => caught,
  );
  return { socket, heard, error };
}

async function failure(protocol: StartTlsProtocol, script: Script, options: Partial<StartTlsOptions> = {}) {
  const { socket, error } = await open(protocol, script, options);
  socket.destroy();
  if (!(error instanceof DialError)) throw new Error(`no DialError: ${String(error)}`);
  return `${error.cause} ${error.code}`;
}

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(" ", ""), "hex");
const LDAP_OK = hex("300c 020101 7807 0a0100 0400 0400");
const LDAP_NO = hex("300c 020101 7807 0a0102 0400 0400");
const mysql = (capabilities: string): Buffer =>
  hex(`28000000 0a 382e302e3000 01000000 6162636465666768 00 ${capabilities} 21 0200 0000 15 ${"00".repeat(10)} 6100`);
const MYSQL = mysql("00aa");
const MYSQL_WITHOUT = mysql("00a2");

const secure = (socket: net.Socket, goAhead: string | Buffer): void => {
  socket.write(goAhead);
  const secureContext = tls.createSecureContext({ key: pem("rsa.key"), cert: pem("rsa.pem") });
  new tls.TLSSocket(socket, { isServer: true, secureContext }).on("error", () => undefined);
};

const WILLING: Readonly<Record<StartTlsProtocol, Script>> = {
  smtp: {
    greeting: "220-mail\r\n220 mail\r\n",
    to: { EHLO: "250-mail\r\n250 STARTTLS\r\n", STARTTLS: (socket) => secure(socket, "220 go\r\n") },
  },
  imap: {
    greeting: "* OK [CAPABILITY IMAP4rev1] ready\r\n",
    to: { "a1 STARTTLS": (socket) => secure(socket, "* 1 EXISTS\r\na1 OK begin\r\n") },
  },
  pop3: { greeting: "+OK ready\r\n", to: { STLS: (socket) => secure(socket, "+OK\r\n") } },
  ftp: {
    greeting: "120 soon\r\n220-hello\r\n  you\r\n220 ready\r\n",
    to: { "AUTH TLS": (socket) => secure(socket, "234 go\r\n") },
  },
  ldap: { to: { "0x301d": (socket) => secure(socket, LDAP_OK) } },
  rdp: { to: { "0x03000013": (socket) => secure(socket, hex("03000013 0ed00000123400 0200080001000000")) } },
  postgres: { to: { "0x0000000804d2162f": (socket) => secure(socket, "S") } },
  mysql: { greeting: MYSQL, to: { "0x20000001": (socket) => secure(socket, "") } },
  xmpp: {
    to: {
      "<?xml": "<stream:stream><stream:features><starttls><required/></starttls></stream:features>",
      "<starttls": (socket) => secure(socket, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
    },
  },
};

describe("a server that is asked for TLS", () => {
  test.each(Object.entries(WILLING))("goes over to it: %s", async (protocol, script) => {
    const { socket, heard, error } = await open(protocol as StartTlsProtocol, script);
    expect(error).toBeNull();
    // MySQL's server answers nothing before TLS: a hello on the heels of the request would be lost in this one.
    while (heard.length === 0) await nextTurn();
    const secured = tls.connect({ socket, rejectUnauthorized: false, ca: [] });
    await new Promise((resolve, reject) => {
      secured.once("secureConnect", () => resolve(undefined)).once("error", reject);
    });
    expect(secured.getProtocol()).toBe("TLSv1.3");
    secured.destroy();
    expect(heard.every((line) => !/^(USER|PASS|LOGIN|AUTH PLAIN)/i.test(line))).toBe(true);
  });

  test("hears our own name, or the address that we call from", async () => {
    const named = await open("smtp", WILLING.smtp, { ehloName: "probe.kravvagt.example" });
    named.socket.destroy();
    expect(named.heard[0]).toBe("EHLO probe.kravvagt.example");
    const nameless = await open("smtp", WILLING.smtp);
    nameless.socket.destroy();
    expect(nameless.heard[0]).toBe("EHLO [127.0.0.1]");
  });

  test("and answers in single octets", async () => {
    const trickle = (socket: net.Socket): void => {
      const octets = [...Buffer.from("* OK a long greeting\r\n")];
      const next = (): void => {
        const octet = octets.shift();
        if (octet !== undefined) socket.write(Buffer.of(octet), () => setImmediate(next));
      };
      next();
      socket.once("data", () => socket.write("a1 OK\r\n"));
    };
    const { socket, error } = await open("imap", { greeting: trickle });
    expect(error).toBeNull();
    socket.destroy();
  });
});

const SMTP = WILLING.smtp.greeting ?? "";
const OFFER = "250-mail\r\n250 STARTTLS\r\n";

describe("a server that does not come to TLS", () => {
  test.each<readonly [string, StartTlsProtocol, Script, string]>([
    ["puts us off at the door", "smtp", { greeting: "421 later\r\n" }, "greylisted PUT_OFF"],
    ["turns us away at the door", "smtp", { greeting: "554 not you\r\n" }, "vantage-blocked TURNED_AWAY"],
    ["puts us off at EHLO", "smtp", { greeting: SMTP, to: { EHLO: "451 later\r\n" } }, "greylisted PUT_OFF"],
    ["knows no EHLO", "smtp", { greeting: SMTP, to: { EHLO: "502 what?\r\n" } }, "tls-failed START_TLS_REFUSED"],
    ["does not offer it", "smtp", { greeting: SMTP, to: { EHLO: "250 mail\r\n" } }, "tls-failed START_TLS_REFUSED"],
    [
      "cannot at the moment",
      "smtp",
      { greeting: SMTP, to: { EHLO: OFFER, STARTTLS: "454 later\r\n" } },
      "greylisted PUT_OFF",
    ],
    [
      "refuses it",
      "smtp",
      { greeting: SMTP, to: { EHLO: OFFER, STARTTLS: "502 no\r\n" } },
      "tls-failed START_TLS_REFUSED",
    ],
    [
      "answers what means nothing",
      "smtp",
      { greeting: SMTP, to: { EHLO: OFFER, STARTTLS: "250 ok\r\n" } },
      "protocol-error UNEXPECTED_REPLY",
    ],
    ["speaks another protocol", "smtp", { greeting: "* OK imap\r\n" }, "protocol-error NOT_SMTP"],
    ["refuses it", "imap", { greeting: "* OK\r\n", to: { a1: "a1 NO none\r\n" } }, "tls-failed START_TLS_REFUSED"],
    [
      "knows no such command",
      "imap",
      { greeting: "* OK\r\n", to: { a1: "a1 BAD\r\n" } },
      "tls-failed START_TLS_REFUSED",
    ],
    ["takes us for logged in", "imap", { greeting: "* PREAUTH\r\n" }, "tls-failed START_TLS_REFUSED"],
    ["says goodbye", "imap", { greeting: "* BYE busy\r\n" }, "greylisted PUT_OFF"],
    ["says goodbye later", "imap", { greeting: "* OK\r\n", to: { a1: "* BYE\r\n" } }, "greylisted PUT_OFF"],
    ["speaks another protocol", "imap", { greeting: "SSH-2.0-x\r\n" }, "protocol-error NOT_IMAP"],
    ["refuses it", "pop3", { greeting: "+OK\r\n", to: { STLS: "-ERR\r\n" } }, "tls-failed START_TLS_REFUSED"],
    ["puts us off", "pop3", { greeting: "-ERR [SYS/TEMP]\r\n" }, "greylisted PUT_OFF"],
    ["speaks another protocol", "pop3", { greeting: "220 hello\r\n" }, "protocol-error NOT_POP3"],
    ["refuses it", "ftp", { greeting: "220 hi\r\n", to: { AUTH: "530 login\r\n" } }, "tls-failed START_TLS_REFUSED"],
    ["cannot at the moment", "ftp", { greeting: "220 hi\r\n", to: { AUTH: "431 no\r\n" } }, "greylisted PUT_OFF"],
    [
      "wants another mechanism",
      "ftp",
      { greeting: "220\r\n", to: { AUTH: "334 x\r\n" } },
      "protocol-error UNEXPECTED_REPLY",
    ],
    ["puts us off", "ftp", { greeting: "421 full\r\n" }, "greylisted PUT_OFF"],
    ["hangs up", "ftp", { greeting: { thenEnd: "220" } }, "connection-reset CLOSED"],
    ["does not know it", "ldap", { to: { "0x301d": LDAP_NO } }, "tls-failed START_TLS_REFUSED"],
    ["is busy", "ldap", { to: { "0x301d": hex("300c 020101 7807 0a0133 0400 0400") } }, "greylisted PUT_OFF"],
    ["speaks another protocol", "ldap", { greeting: "220 hello\r\n" }, "protocol-error NOT_LDAP"],
    [
      "has its own security",
      "rdp",
      { to: { "0x03000013": hex("03000013 0ed00000123400 0200080000000000") } },
      "tls-failed START_TLS_REFUSED",
    ],
    [
      "has no certificate",
      "rdp",
      { to: { "0x03000013": hex("03000013 0ed00000123400 0300080003000000") } },
      "tls-failed START_TLS_REFUSED",
    ],
    ["says no", "postgres", { to: { "0x00000008": "N" } }, "tls-failed START_TLS_REFUSED"],
    ["turns us away", "mysql", { greeting: hex("07000000 ff 6a04 486f7374") }, "vantage-blocked TURNED_AWAY"],
    ["does not offer it", "mysql", { greeting: MYSQL_WITHOUT }, "tls-failed START_TLS_REFUSED"],
    [
      "does not offer it",
      "xmpp",
      { to: { "<?xml": "<stream:stream><stream:features></stream:features>" } },
      "tls-failed START_TLS_REFUSED",
    ],
    ["begins with an error", "xmpp", { to: { "<?xml": "<stream:error/>" } }, "vantage-blocked TURNED_AWAY"],
    [
      "fails",
      "xmpp",
      { to: { "<?xml": "<stream:features><starttls/></stream:features>", "<starttls": "<failure/>" } },
      "tls-failed START_TLS_REFUSED",
    ],
    ["resets", "smtp", { greeting: SMTP, to: { EHLO: RESET } }, "connection-reset ECONNRESET"],
  ])("%s: %s", async (_, protocol, script, expected) => {
    expect(await failure(protocol, script)).toBe(expected);
  });

  test("by silence, within the time for all of it", async () => {
    expect(await failure("smtp", { greeting: SMTP }, { timeoutMs: 250 })).toBe("tcp-timeout SILENT");
    expect(await failure("imap", {}, { timeoutMs: 250 })).toBe("tcp-timeout SILENT");
  });

  test("by an endless line, and by endless lines", async () => {
    expect(await failure("imap", { greeting: "* OK".padEnd(20_000, "x") })).toBe("protocol-error NOT_IMAP");
    expect(await failure("ftp", { greeting: "220-\r\n".repeat(400) })).toBe("protocol-error NOT_FTP");
  });

  test("by our being stopped", async () => {
    expect(await failure("imap", {}, { signal: AbortSignal.abort() })).toBe("internal STOPPED");
  });
});

test.each<readonly [StartTlsProtocol, Script]>([
  ["smtp", { greeting: SMTP, to: { EHLO: OFFER, STARTTLS: "220 go\r\n250 injected\r\n" } }],
  ["imap", { greeting: "* OK\r\n", to: { a1: "a1 OK go\r\n* CAPABILITY LOGIN\r\n" } }],
  ["pop3", { greeting: "+OK\r\n", to: { STLS: "+OK\r\n+" } }],
  ["ftp", { greeting: "220 hi\r\n", to: { AUTH: "234 go\r\n230 in\r\n" } }],
  ["postgres", { to: { "0x00000008": "SR" } }],
  ["ldap", { to: { "0x301d": Buffer.concat([LDAP_OK, LDAP_OK]) } }],
])("octets in clear after the go-ahead are an injection: %s", async (protocol, script) => {
  expect(await failure(protocol, script)).toBe("protocol-error START_TLS_INJECTED");
});
