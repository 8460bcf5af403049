import { Buffer } from "node:buffer";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import http2 from "node:http2";
import https from "node:https";
import type { PeerCertificate } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import packet from "dns-packet";
import { listenDoh, type DohListener } from "../../lib/practice/doh-server.ts";
import { EMPTY_ANSWER, type Server } from "../../lib/practice/exchange.ts";
import { LOOPBACK } from "../../lib/practice/listener.ts";
import { DOH_ADDRESS, PLAIN_ADDRESS } from "../../lib/practice/municipality.ts";

const FOLDER = new URL("../../lib/practice/certificates/", import.meta.url);
const pem = (file: string): string => readFileSync(new URL(file, FOLDER), "utf8");
const [ca, key, certificate] = [pem("ca.pem"), pem("doh.key"), pem("doh.pem")];

const server: Server = (question) => {
  const answer = [{ name: question.name, type: "A", ttl: 60, data: Buffer.from([185, 20, 20, 1]).toString("base64") }];
  return Promise.resolve({ answer: { ...EMPTY_ANSWER, answer }, flags: ["ra"], truncated: false });
};
const query = packet.encode({ type: "query", id: 0, flags: 0x0100, questions: [{ type: "A", name: "prove.dk" }] });
const inUrl = `/dns-query?dns=${query.toString("base64url")}`;

let listener: DohListener;
let session: http2.ClientHttp2Session;

/** The certificate names the practice address, not the loopback one behind it: verification is against the former. */
const trust = {
  ca,
  checkServerIdentity: (_: string, peer: PeerCertificate) => identity(new X509Certificate(peer.raw)),
};

function identity(peer: X509Certificate): Error | undefined {
  return peer.checkIP(DOH_ADDRESS) === undefined ? new Error("not the practice resolver") : undefined;
}

beforeAll(async () => {
  listener = await listenDoh(server, { key, certificate });
  session = http2.connect(`https://${LOOPBACK}:${String(listener.port)}`, trust);
});
afterAll(async () => {
  await new Promise<void>((resolve) => session.close(resolve));
  await listener.stop();
});

async function request(
  headers: http2.OutgoingHttpHeaders,
  body?: Uint8Array,
): Promise<{ status: unknown; type: unknown; body: Buffer }> {
  const stream = session.request(headers, { endStream: body === undefined });
  const head = new Promise<http2.IncomingHttpHeaders>((resolve, reject) => {
    stream.once("response", resolve).once("error", reject);
  });
  if (body !== undefined) stream.end(body);
  const { ":status": status, "content-type": type } = await head;
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return { status, type, body: Buffer.concat(parts) };
}

/** One answer over HTTP/1.1. */
function get(port: number, agent: https.Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = https.get({ host: LOOPBACK, port, path: inUrl, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts)));
    });
    request.on("error", reject);
  });
}

const POST = { ":method": "POST", ":path": "/dns-query", "content-type": "application/dns-message" };

describe("listenDoh", () => {
  test.each<[string, http2.OutgoingHttpHeaders, Buffer | undefined]>([
    ["GET", { ":path": inUrl }, undefined],
    ["POST", POST, query],
  ])("answers %s over HTTP/2", async (_, headers, body) => {
    const got = await request(headers, body);
    expect(got).toMatchObject({ status: 200, type: "application/dns-message" });
    expect(packet.decode(got.body)).toMatchObject({ id: 0, rcode: "NOERROR", answers: [{ data: "185.20.20.1" }] });
  });

  test.each<[string, number, http2.OutgoingHttpHeaders, Buffer | undefined]>([
    ["another path", 404, { ":path": "/" }, undefined],
    ["another method", 405, { ":path": inUrl, ":method": "DELETE" }, undefined],
    ["another content type", 415, { ...POST, "content-type": "application/json" }, query],
    ["no query", 400, { ":path": "/dns-query" }, undefined],
    ["a query that is not base64url", 400, { ":path": "/dns-query?dns=AA==" }, undefined],
    ["an empty query", 400, POST, Buffer.alloc(0)],
    ["a response", 400, POST, packet.encode({ type: "response", id: 0 })],
    ["an endless query", 413, POST, Buffer.alloc(200_000)],
    ["a path that is no URL", 404, { ":path": "//" }, undefined],
  ])("refuses %s", async (_, status, headers, body) => {
    expect((await request(headers, body)).status).toBe(status);
  });

  test("answers over HTTP/1.1", async () => {
    const agent = new https.Agent(trust);
    const got = await get(listener.port, agent);
    agent.destroy();
    expect(packet.decode(got)).toMatchObject({ rcode: "NOERROR" });
  });

  test("is not trusted without the practice authority, and lives on", async () => {
    const failed = new Promise((resolve) => {
      http2
        .connect(`https://${LOOPBACK}:${String(listener.port)}`)
        .once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"]).toContain(await failed);
    expect((await request({ ":path": inUrl })).status).toBe(200);
  });

  test("stops although clients hold connections open", async () => {
    const other = await listenDoh(server, { key, certificate });
    const agent = new https.Agent({ keepAlive: true, ...trust });
    const client = http2.connect(`https://${LOOPBACK}:${String(other.port)}`, trust);
    client.on("error", () => client.destroy());
    const older = get(other.port, agent);
    await Promise.all([older, new Promise((resolve) => client.once("connect", resolve))]);
    const ended = new Promise((resolve) => client.once("close", resolve));
    await other.stop();
    await ended;
    agent.destroy();
  });
});

describe("the checked-in certificates", () => {
  const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(certificate)];

  test("name both resolvers, are issued by the authority, and hold to 2080", () => {
    expect([DOH_ADDRESS, PLAIN_ADDRESS].map((address) => leaf.checkIP(address))).toEqual([DOH_ADDRESS, PLAIN_ADDRESS]);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect([authority, leaf].map(({ validToDate }) => validToDate.getUTCFullYear())).toEqual([2080, 2080]);
  });

  test("hold no key of an authority", () => {
    const files = readdirSync(FOLDER);
    const authorities = files.filter((file) => file.endsWith(".pem") && new X509Certificate(pem(file)).ca);
    expect(authorities.toSorted()).toEqual([
      ...["authorities.pem", "ca.pem", "mail-ca.pem", "web-ca.pem", "web-issuer.pem"],
    ]);
    expect(pem("authorities.pem")).toBe(pem("ca.pem") + pem("web-ca.pem"));
    const keys = files.filter((file) => file.endsWith(".key")).map(pem);
    expect(keys.length).toBeGreaterThan(0);
    for (const authority of authorities.map((file) => new X509Certificate(pem(file)))) {
      expect(keys.filter((key) => authority.checkPrivateKey(createPrivateKey(key)))).toEqual([]);
    }
    const text = files.filter((file) => !file.endsWith(".key")).map(pem);
    expect(text.join("")).not.toContain("PRIVATE KEY");
  });
});
