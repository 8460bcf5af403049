import { createHash, type X509Certificate } from "node:crypto";
import { once } from "node:events";
import tls from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { isSpecialAddress } from "../../lib/dial/address-policy.ts";
import { mappedSockets, type SocketOpener } from "../../lib/dial/sockets.ts";
import { type GatewayManner, PRACTICE_GATEWAYS, type PracticeGateway } from "../../lib/practice/gateways.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { parseTlsa } from "../../lib/wire/rdata/tlsa.ts";
import { Asker, RESOLVER } from "./ask-practice.ts";

const SMTP = 25;
const SUITES = { rsa: "ECDHE-RSA-AES128-GCM-SHA256", ecdsa: "ECDHE-ECDSA-AES128-GCM-SHA256" } as const;

let internet: PracticeInternet;
let sockets: SocketOpener;
let asker: Asker;
beforeAll(async () => {
  internet = await startPracticeInternet();
  sockets = mappedSockets(internet.sockets, internet.families);
  asker = new Asker(internet);
});
afterEach(() => internet.serve("havn-oevelse.dk", null));
afterAll(() => internet.stop());

/** What the gateway says first, and to EHLO; null for what it does not say within a moment. */
async function talk(address: string): Promise<readonly [greeting: string | null, ehlo: string | null]> {
  const socket = sockets.openTcp(address, SMTP);
  const heard = async (): Promise<string | null> => {
    const timeout = AbortSignal.timeout(300);
    const [octets] = await once(socket, "data", { signal: timeout }).catch(() => [null]);
    return octets === null ? null : String(octets);
  };
  const greeting = await heard();
  socket.write("EHLO [127.0.0.1]\r\n");
  const ehlo = greeting?.startsWith("220") === true ? await heard() : null;
  socket.destroy();
  return [greeting, ehlo];
}

/** The chain presented after STARTTLS to a client that takes signatures of one kind only, leaf first. */
async function chainOf(address: string, kind: keyof typeof SUITES): Promise<readonly X509Certificate[]> {
  const socket = sockets.openTcp(address, SMTP);
  for (const command of ["EHLO [127.0.0.1]\r\n", "STARTTLS\r\n"]) {
    await once(socket, "data");
    socket.write(command);
  }
  await once(socket, "data");
  const options = { maxVersion: "TLSv1.2", ciphers: SUITES[kind], rejectUnauthorized: false } as const;
  const secured = tls.connect({ socket, ...options });
  try {
    await once(secured, "secureConnect");
    const chain: X509Certificate[] = [];
    for (let at = secured.getPeerX509Certificate(); at !== undefined; at = at.issuerCertificate) chain.push(at);
    return chain;
  } finally {
    secured.destroy();
    socket.destroy();
  }
}

interface Tlsa {
  readonly usage: number;
  readonly digest: string;
}

async function tlsaOf({ host }: PracticeGateway): Promise<readonly Tlsa[]> {
  const { answer } = await asker.overTcp(RESOLVER, `_25._tcp.${host}`, "TLSA");
  return answer.flatMap(({ type, data }) => {
    const tlsa = type === "TLSA" ? parseTlsa(data) : null;
    return tlsa?.ok === true
      ? [{ usage: tlsa.value.usage, digest: Buffer.from(tlsa.value.association).toString("hex") }]
      : [];
  });
}

function keyDigest(certificate: X509Certificate | undefined): string {
  const key = certificate?.publicKey.export({ type: "spki", format: "der" }) ?? "";
  return createHash("sha256").update(key).digest("hex");
}

/** Whether the usable records cover what is presented: the leaf by usage 3, or an authority in the chain by usage 2. */
function covers(records: readonly Tlsa[], [leaf, ...above]: readonly X509Certificate[]): boolean {
  return records.some(({ usage, digest }) =>
    usage === 3 ? digest === keyDigest(leaf) : usage === 2 && above.some((each) => digest === keyDigest(each)),
  );
}

const gatewayOfManner = (manner: GatewayManner): PracticeGateway =>
  PRACTICE_GATEWAYS.find((each) => each.manner === manner)!;

/** Whether the TLSA records cover the certificates for RSA and ECDSA at the address of each family; absent: not offered. */
async function coverage(gateway: PracticeGateway): Promise<Readonly<Record<string, boolean>>> {
  const records = await tlsaOf(gateway);
  const seen: Record<string, boolean> = {};
  for (const [family, address] of [
    ["ipv4", gateway.ipv4],
    ["ipv6", gateway.ipv6],
  ] as const) {
    for (const kind of ["rsa", "ecdsa"] as const) {
      const chain = await chainOf(address, kind).catch(() => null);
      if (chain !== null) seen[`${family} ${kind}`] = covers(records, chain);
    }
  }
  return seen;
}

const ALL = { "ipv4 rsa": true, "ipv4 ecdsa": true, "ipv6 rsa": true, "ipv6 ecdsa": true };
const ECDSA_ONLY = { "ipv4 ecdsa": true, "ipv6 ecdsa": true };
const NONE = { "ipv4 rsa": false, "ipv4 ecdsa": false, "ipv6 rsa": false, "ipv6 ecdsa": false };

describe("practice gateways", () => {
  test("have names and addresses of their own, and those that the zones tell", async () => {
    const addresses = PRACTICE_GATEWAYS.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.filter(isSpecialAddress)).toEqual([]);
    for (const { host, ipv4 } of PRACTICE_GATEWAYS) {
      const { answer } = await asker.overTcp(RESOLVER, host, "A");
      const [found] = answer.filter(({ type }) => type === "A");
      expect([host, [...Buffer.from(found?.data ?? "", "base64")].join(".")]).toEqual([host, ipv4]);
    }
  });

  test.each([
    ["oevelse.dk", ALL],
    ["brevdue-oevelse.dk", ALL],
    ["frimaerke-oevelse.dk", NONE],
    ["konvolut-oevelse.dk", NONE],
    ["kuvert-oevelse.dk", NONE],
    ["stempel-oevelse.dk", { ...ALL, "ipv6 rsa": false, "ipv6 ecdsa": false }],
    ["porto-oevelse.dk", { ...ALL, "ipv4 ecdsa": false, "ipv6 ecdsa": false }],
    ["segl-oevelse.dk", ECDSA_ONLY],
    ["laksegl-oevelse.dk", { "ipv4 ecdsa": false, "ipv6 ecdsa": false }],
  ])("%s: TLSA records cover %j", async (domain, expected) => {
    expect(await coverage(PRACTICE_GATEWAYS.find((each) => each.domain === domain)!)).toEqual(expected);
  });

  test("are met in the manner that they have", async () => {
    const said = async (manner: GatewayManner) => talk(gatewayOfManner(manner).ipv4);
    expect(await said("well")).toEqual([expect.stringMatching(/^220 /u), expect.stringContaining("STARTTLS")]);
    expect(await said("no-starttls")).toEqual([
      expect.stringMatching(/^220 /u),
      expect.not.stringContaining("STARTTLS"),
    ]);
    expect(await said("greylisting")).toEqual([expect.stringMatching(/^421 /u), null]);
    expect(await said("tarpit")).toEqual([null, null]);
  });
});

describe("a renewed certificate", () => {
  test("is presented at both addresses at once, and the old one again when it is put back", async () => {
    const gateway = PRACTICE_GATEWAYS.find((each) => each.domain === "havn-oevelse.dk")!;
    expect(await coverage(gateway)).toEqual(ALL);
    internet.serve("havn-oevelse.dk", "certificate-renewed");
    expect(await coverage(gateway)).toEqual(NONE);
    expect(await coverage(PRACTICE_GATEWAYS[0]!)).toEqual(ALL);
    internet.serve("havn-oevelse.dk", null);
    expect(await coverage(gateway)).toEqual(ALL);
  });

  test("takes a gateway", () => {
    expect(() => internet.serve("raadhus-oevelse.dk", "certificate-renewed")).toThrow(RangeError);
    expect(() => internet.serve("raadhus-oevelse.dk", null)).not.toThrow();
  });
});

test("a weakened policy is served by every server, signed like the rest, and gone when it is mended", async () => {
  const policy = async (address: string): Promise<readonly string[]> => {
    const { answer } = await asker.overTcp(address, "_dmarc.havn-oevelse.dk", "TXT");
    const texts = answer.filter(({ type }) => type === "TXT").map(({ data }) => Buffer.from(data, "base64").toString());
    return [...texts.map((text) => /p=(\w+)/u.exec(text)?.[1] ?? ""), ...answer.slice(1).map(({ type }) => type)];
  };
  for (const [fault, expected] of [
    [null, "reject"],
    ["policy-weakened", "quarantine"],
    [null, "reject"],
  ] as const) {
    internet.serve("havn-oevelse.dk", fault);
    for (const address of ["185.20.10.1", "185.20.10.2", RESOLVER]) {
      expect(await policy(address)).toEqual([expected, "RRSIG"]);
    }
  }
  expect(() => internet.serve("oevelse.dk", "policy-weakened")).toThrow(RangeError);
});
