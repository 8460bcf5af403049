import { once } from "node:events";
import type net from "node:net";
import { readFileSync } from "node:fs";
import tls from "node:tls";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mappedSockets, type SocketOpener } from "../../lib/dial/sockets.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { addressesIn, loadZoneSet } from "../../lib/practice/zone-set.ts";
import { ZONES_FOLDER } from "./practice-zones.ts";

const STRICT = "mail.jobcenter-oevelse.dk";
const LAX = "mail.miljoe-oevelse.dk";
const AUTHORITY = readFileSync(new URL("../../lib/practice/certificates/web-ca.pem", import.meta.url), "utf8");

let internet: PracticeInternet;
let sockets: SocketOpener;
let addressOf: (host: string) => string;
beforeAll(async () => {
  internet = await startPracticeInternet();
  sockets = mappedSockets(internet.sockets, internet.families);
  const { servers } = await loadZoneSet(ZONES_FOLDER);
  addressOf = (host) => addressesIn(servers, host)[0] ?? "";
});
afterAll(() => internet.stop());

async function heard(stream: net.Socket): Promise<string> {
  const [octets] = (await once(stream, "data")) as [Buffer];
  return octets.toString("latin1");
}

async function say(stream: net.Socket, command: string): Promise<string> {
  stream.write(`${command}\r\n`);
  return heard(stream);
}

test.each([
  [STRICT, "LOGINDISABLED", "AUTH="],
  [LAX, "AUTH=PLAIN", "LOGINDISABLED"],
])("%s offers STARTTLS and %s in clear, and TLS with a certificate that holds", async (host, has, hasNot) => {
  const socket = sockets.openTcp(addressOf(host), 143);
  expect(await heard(socket)).toMatch(/^\* OK \[CAPABILITY IMAP4rev1 STARTTLS /u);
  const capabilities = await say(socket, "a CAPABILITY");
  expect(capabilities).toContain(has);
  expect(capabilities).not.toContain(hasNot);
  expect(await say(socket, "b LOGIN borger hemmelig")).toMatch(/^b NO /u);
  expect(await say(socket, "c STARTTLS")).toMatch(/^c OK /u);
  const secured = tls.connect({ socket, servername: host, ca: AUTHORITY });
  await once(secured, "secureConnect");
  expect(await say(secured, "d CAPABILITY")).toMatch(/^\* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nd OK /u);
  expect(await say(secured, "e LOGOUT")).toContain("e OK");
  secured.destroy();
});

test("TLS from the first octet on port 993, of today's versions alone", async () => {
  const shake = (more: tls.ConnectionOptions): tls.TLSSocket =>
    tls.connect({ socket: sockets.openTcp(addressOf(STRICT), 993), servername: STRICT, ca: AUTHORITY, ...more });
  const secured = shake({});
  expect(await heard(secured)).toMatch(/^\* OK /u);
  secured.destroy();
  const old = shake({ maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" });
  await expect(once(old, "secureConnect")).rejects.toMatchObject({ code: expect.stringContaining("ALERT") });
  old.destroy();
});
