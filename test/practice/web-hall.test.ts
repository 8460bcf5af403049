import { once } from "node:events";
import http2 from "node:http2";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { isSpecialAddress } from "../../lib/dial/address-policy.ts";
import { endpointKey } from "../../lib/dial/sockets.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { PRACTICE_WEB_HOSTS } from "../../lib/practice/web-hosts.ts";
import { CLEAR_PORT, OLD, SECURE_PORT, WebClient } from "./web-client.ts";

const STAR = "havn-oevelse.dk";

let internet: PracticeInternet;
let client: WebClient;
beforeAll(async () => {
  internet = await startPracticeInternet();
  client = await WebClient.of(internet);
});
afterEach(() => internet.serve(STAR, null));
afterAll(() => internet.stop());

test("every host has two ordinary addresses, and both ports are there, open or refusing", () => {
  for (const { domain } of PRACTICE_WEB_HOSTS) {
    for (const host of [domain, `www.${domain}`]) {
      const addresses = client.addressesOf(host);
      expect([host, addresses.length]).toEqual([host, 2]);
      expect(addresses.filter(isSpecialAddress)).toEqual([]);
      for (const address of addresses) {
        expect(internet.sockets.has(endpointKey("tcp", address, CLEAR_PORT))).toBe(true);
        expect(internet.sockets.has(endpointKey("tcp", address, SECURE_PORT))).toBe(true);
      }
    }
  }
});

describe("a host that is well", () => {
  const host = `www.${STAR}`;

  test("redirects in clear, the path kept, and says nothing of HSTS there", async () => {
    expect(await client.inClear(host, "/borger/?a=1")).toMatchObject({
      ...{ status: 301, location: `https://${host}/borger/?a=1`, hsts: undefined },
    });
  });

  test("sends HSTS with every answer: pages, resources, what is not there, and the bare domain", async () => {
    const hsts = "max-age=63072000; includeSubDomains";
    expect(await client.securely(host)).toMatchObject({
      status: 200,
      hsts,
      body: expect.stringContaining("/borger/flytning/"),
    });
    for (const [path, status] of [
      ["/borger/flytning/", 200],
      ["/stil.css", 200],
      ["/robots.txt", 200],
      ["/favicon.ico", 200],
      ["/findes-ikke", 404],
    ] as const) {
      expect(await client.securely(host, path)).toMatchObject({ status, hsts });
    }
    expect(await client.securely(STAR, "/x")).toMatchObject({ status: 301, location: `https://${host}/x`, hsts });
  });

  test("speaks HTTP/2 to whoever asks for it", async () => {
    const session = http2.connect(`https://${host}`, {
      createConnection: () => client.dialTls(host, { ALPNProtocols: ["h2"] }),
    });
    const stream = session.request({ ":path": "/findes-ikke" });
    const [headers] = (await once(stream, "response")) as [http2.IncomingHttpHeaders];
    expect(headers).toMatchObject({ ":status": 404, "strict-transport-security": expect.stringContaining("max-age") });
    session.destroy();
  });

  test("takes TLS 1.2 and 1.3 with a certificate that holds, at both addresses", async () => {
    for (const address of client.addressesOf(host)) {
      expect(await client.versionsOf(host, address)).toEqual(["TLSv1.2", "TLSv1.3"]);
      expect(await client.shake(host, {}, address)).toMatchObject({ isTrusted: true, chain: 2 });
    }
    expect(
      await client.suitesOf(host, "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "DHE-RSA-AES128-GCM-SHA256"),
    ).toEqual([]);
  });
});

test("two certificates: one for each kind of key, both sound", async () => {
  const suites = ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"];
  expect(await client.suitesOf("www.oevelse.dk", ...suites)).toEqual(suites);
  for (const ciphers of suites) {
    expect(await client.shake("www.oevelse.dk", { ciphers, maxVersion: "TLSv1.2" })).toMatchObject({ isTrusted: true });
  }
});

describe("in clear", () => {
  test("pages are shown, or deep ones alone", async () => {
    expect(await client.inClear("www.idraet-oevelse.dk")).toMatchObject({ status: 200 });
    expect(await client.inClear("www.musikskole-oevelse.dk")).toMatchObject({ status: 301 });
    expect(await client.inClear("www.musikskole-oevelse.dk", "/borger/flytning/")).toMatchObject({ status: 200 });
    expect(await client.inClear("www.byraad-oevelse.dk")).toMatchObject({ status: 200 });
  });

  test("outside .dk visitors are sent on, or kept, or refused", async () => {
    const location = "https://www.oevelse.dk/";
    expect(await client.inClear("visit-oevelse.com")).toMatchObject({ status: 301, location });
    expect(await client.securely("www.visit-oevelse.com")).toMatchObject({ status: 301, location });
    expect(await client.securely("www.oevelse-kommune.com")).toMatchObject({ status: 200 });
    for (const asked of [client.inClear("turist-oevelse.nu"), client.securely("turist-oevelse.nu")]) {
      await expect(asked).rejects.toMatchObject({ code: "ECONNREFUSED" });
    }
    await expect(client.securely("www.byraad-oevelse.dk")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("TLS that is not as it should be", () => {
  test("old versions, at all addresses or at one", async () => {
    expect(await client.versionsOf("www.ungdomsskole-oevelse.dk")).toEqual(["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]);
    const host = "www.kloak-oevelse.dk";
    expect(await client.versionsOf(host, client.addressOf(host, "ipv4"))).toEqual(["TLSv1.2", "TLSv1.3"]);
    expect(await client.versionsOf(host, client.addressOf(host, "ipv6"))).toEqual(["TLSv1.1", "TLSv1.2", "TLSv1.3"]);
  });

  test("key agreements", async () => {
    const suites = ["AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256"];
    expect(await client.suitesOf("www.faerge-oevelse.dk", ...suites)).toEqual([suites[0]]);
    expect(await client.suitesOf("www.busser-oevelse.dk", ...suites)).toEqual([suites[1]]);
    const secured = client.dialTls("www.busser-oevelse.dk", { ciphers: suites[1] });
    await once(secured, "secureConnect");
    expect(secured.getEphemeralKeyInfo()).toMatchObject({ type: "DH", size: 2048 });
    secured.destroy();
  });

  test("certificates", async () => {
    const leafOf = async (host: string) => {
      const secured = client.dialTls(host, OLD);
      await once(secured, "secureConnect");
      const leaf = secured.getPeerX509Certificate();
      const problem: unknown = secured.authorizationError;
      secured.destroy();
      return { leaf: leaf!, problem };
    };
    const weak = await leafOf("www.teater-oevelse.dk");
    expect(weak.leaf.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 1024 });
    expect((await leafOf("www.plejehjem-oevelse.dk")).leaf.signatureAlgorithm).toBe("ecdsa-with-SHA1");
    const expired = await leafOf("www.sundhed-oevelse.dk");
    expect(expired.problem).toBe("CERT_HAS_EXPIRED");
    expect((await leafOf("www.klima-oevelse.dk")).problem).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    const { leaf } = await leafOf("www.tandpleje-oevelse.dk");
    expect([leaf.subject, leaf.subjectAltName]).toEqual([
      expect.stringContaining("www.tandpleje-oevelse.dk"),
      undefined,
    ]);
    for (const { domain, manner } of PRACTICE_WEB_HOSTS) {
      if (["certificate-without-san", "closed", "clear-only", "tarpit"].includes(manner)) continue;
      const own = (await leafOf(`www.${domain}`)).leaf;
      for (const host of [domain, `www.${domain}`]) expect([host, own.checkHost(host)]).toEqual([host, host]);
    }
  });
});

describe("HSTS that is not as it should be", () => {
  test.each([
    ["www.folkeregister-oevelse.dk", "/", "max-age=63072000; includeSubDomains"],
    ["www.folkeregister-oevelse.dk", "/findes-ikke", undefined],
    ["erhverv-oevelse.dk", "/", undefined],
    ["www.erhverv-oevelse.dk", "/", "max-age=63072000; includeSubDomains"],
    ["www.valg-oevelse.dk", "/", "max-age=abc; includeSubDomains"],
    ["www.kort-oevelse.dk", "/", "max-age=86400; includeSubDomains"],
  ])("%s%s: %s", async (host, path, hsts) => {
    expect((await client.securely(host, path)).hsts).toBe(hsts);
  });
});

test("a tarpit accepts and says nothing", async () => {
  for (const port of [CLEAR_PORT, SECURE_PORT]) {
    const socket = client.dial("www.verifikation-oevelse.dk", port);
    await once(socket, "connect");
    socket.write("GET / HTTP/1.1\r\nhost: www.verifikation-oevelse.dk\r\n\r\n");
    const heard = await once(socket, "data", { signal: AbortSignal.timeout(300) }).catch(() => null);
    socket.destroy();
    expect(heard).toBeNull();
  }
});

describe("faults", () => {
  const host = `www.${STAR}`;

  test("HSTS is lost at both names and addresses, and comes back", async () => {
    for (const [fault, wanted] of [
      [null, expect.any(String)],
      ["hsts-lost", undefined],
      [null, expect.any(String)],
    ] as const) {
      internet.serve(STAR, fault);
      for (const name of [host, STAR]) {
        for (const address of client.addressesOf(name)) {
          expect((await client.securely(name, "/", address)).hsts).toEqual(wanted);
        }
      }
    }
    internet.serve(STAR, "hsts-lost");
    expect((await client.securely("www.oevelse.dk")).hsts).toBeDefined();
  });

  test("TLS 1.0 is switched on at both addresses, HSTS stays, and it is switched off again", async () => {
    internet.serve(STAR, "old-tls");
    for (const address of client.addressesOf(host)) expect((await client.versionsOf(host, address))[0]).toBe("TLSv1");
    expect(await client.shake(host)).toMatchObject({ version: "TLSv1.3", isTrusted: true });
    expect((await client.securely(host)).hsts).toBeDefined();
    internet.serve(STAR, null);
    for (const address of client.addressesOf(host)) expect((await client.versionsOf(host, address))[0]).toBe("TLSv1.2");
  });

  test("take a web host", () => {
    expect(() => internet.serve("raadhus-oevelse.dk", "hsts-lost")).toThrow(RangeError);
    expect(() => internet.serve("raadhus-oevelse.dk", null)).not.toThrow();
  });
});
