import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  presentedBeforeBreaking,
  presentedChain,
  type SeenHandshake,
} from "../../../lib/probes/smtp/presented-chain.ts";
import { TappedStream } from "../../../lib/probes/smtp/tapped-stream.ts";
import { derOf, ECDSA, INTERMEDIATE, RSA } from "./loopback.ts";

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** What a client sees of a server with this chain and these options. */
async function see(chain: string, options: tls.TlsOptions): Promise<SeenHandshake> {
  const { key } = chain.startsWith(ECDSA.chain.slice(0, 100)) ? ECDSA : RSA;
  const server = tls.createServer({ key, cert: chain, ...options }).listen(0, "127.0.0.1");
  ends.push(() => server.close());
  await once(server, "listening");
  const tapped = new TappedStream(net.connect((server.address() as net.AddressInfo).port, "127.0.0.1"), 200_000);
  const secured = tls.connect({ socket: tapped, rejectUnauthorized: false, minVersion: "TLSv1", ciphers: EVERYTHING });
  ends.push(() => secured.destroy());
  let secret: Buffer | null = null;
  secured.on("keylog", (line) => {
    const [label, , hex = ""] = line.toString("latin1").trim().split(" ");
    if (label === "SERVER_HANDSHAKE_TRAFFIC_SECRET") secret = Buffer.from(hex, "hex");
  });
  await once(secured, "secureConnect");
  const suite = secured.getCipher().standardName;
  return { octets: Buffer.concat(tapped.kept), protocol: secured.getProtocol() ?? "", suite, secret };
}

const TLS13 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"];
const EVERYTHING = [...TLS13, "ALL", "@SECLEVEL=0"].join(":");

function inBase64(seen: SeenHandshake): unknown {
  const chain = presentedChain(seen);
  return chain.ok ? chain.value.map((each) => each.toString("base64")) : chain.problem;
}

describe("the chain of a handshake", () => {
  test.each(TLS13)("is read through %s, over as many records as it takes", async (suite) => {
    const chain = RSA.chain + INTERMEDIATE.repeat(30);
    const seen = await see(chain, { ciphers: suite, minVersion: "TLSv1.3" });
    expect(seen.suite).toBe(suite);
    expect(inBase64(seen)).toEqual(derOf(chain));
  });

  test.each(["TLSv1", "TLSv1.1", "TLSv1.2"] as const)("is read through %s", async (version) => {
    const options = { minVersion: version, maxVersion: version, ciphers: "ALL:@SECLEVEL=0" };
    const chain = ECDSA.chain + INTERMEDIATE.repeat(30);
    expect(inBase64(await see(chain, options))).toEqual(derOf(chain));
  });

  test("is read after a HelloRetryRequest", async () => {
    const seen = await see(RSA.chain, { ecdhCurve: "P-521", minVersion: "TLSv1.3" });
    expect(inBase64(seen)).toEqual(derOf(RSA.chain));
  });
});

describe("of a handshake that broke", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)("%s: is read without knowing the suite", async (version) => {
    const seen = await see(RSA.chain, { minVersion: version, maxVersion: version });
    const read = ({ octets, secret }: Pick<SeenHandshake, "octets" | "secret">) =>
      presentedBeforeBreaking({ octets, secret }).chain.map((each) => each.toString("base64"));
    expect(read(seen)).toEqual(derOf(RSA.chain));
    expect(read({ ...seen, octets: seen.octets.subarray(0, 200) })).toEqual([]);
    expect(read({ ...seen, secret: Buffer.alloc(48) })).toEqual([]);
  });
});

describe("what cannot be read", () => {
  test("is a problem: without the secret, with a wrong one, with nothing", async () => {
    const seen = await see(RSA.chain, { minVersion: "TLSv1.3" });
    expect(inBase64({ ...seen, secret: null })).toBe("no key for the server's handshake records");
    expect(inBase64({ ...seen, suite: "TLS_AES_128_CCM_SHA256" })).toBe("no key for the server's handshake records");
    expect(inBase64({ ...seen, secret: Buffer.alloc(48) })).toBe("no Certificate message among the server's");
    expect(inBase64({ ...seen, octets: new Uint8Array() })).toBe("no Certificate message among the server's");
  });

  test("never throws, whatever is cut off or altered", async () => {
    const seen = await see(RSA.chain, { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" });
    const whole = derOf(RSA.chain).length;
    fc.assert(
      fc.property(fc.nat(seen.octets.length - 1), fc.nat(255), fc.boolean(), (at, octet, isCut) => {
        const octets = isCut ? seen.octets.subarray(0, at) : Uint8Array.from(seen.octets).fill(octet, at, at + 1);
        const chain = presentedChain({ ...seen, octets });
        if (chain.ok) expect(chain.value.length).toBeLessThanOrEqual(whole * 300);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom("TLSv1.2", "TLSv1.3"), (octets, protocol) => {
        const suite = "TLS_AES_128_GCM_SHA256";
        presentedChain({ octets, protocol, suite, secret: Buffer.alloc(32) });
      }),
    );
  });
});
