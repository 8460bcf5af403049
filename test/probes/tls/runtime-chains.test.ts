import net from "node:net";
import tls from "node:tls";
import { describe, expect, test } from "@jest/globals";
import { DialError } from "../../../lib/dial/dial-error.ts";
import { type ChainTrial, runtimeChains, type RuntimeWanted } from "../../../lib/probes/tls/runtime-chains.ts";
import { KEY_KINDS } from "../../../lib/probes/tls/runtime-offers.ts";
import { derOf, ECDSA, ED25519, INTERMEDIATE, RSA } from "../smtp/loopback.ts";
import { ScriptedInternet } from "../services/scripted-server.ts";

const internet = new ScriptedInternet();
const PORT = 443;

function wanted(change: Partial<RuntimeWanted> = {}): RuntimeWanted {
  const { signal } = new AbortController();
  return { serverName: "www.oevelse.dk", kinds: KEY_KINDS, timeoutMs: 3000, signal, ...change };
}

async function look(server: net.Server, change: Partial<RuntimeWanted> = {}): Promise<readonly ChainTrial[]> {
  await internet.listen(PORT, server);
  return runtimeChains(() => internet.connect(PORT), wanted(change));
}

type Pair = typeof RSA;

function serve(pairs: readonly Pair[], options: tls.TlsOptions = {}): tls.Server {
  const key = pairs.map((each) => each.key);
  const cert = pairs.map(({ chain }) => chain);
  return tls.createServer({ key, cert, minVersion: "TLSv1", ...options }).on("tlsClientError", () => undefined);
}

function told(trials: readonly ChainTrial[]): readonly string[] {
  return trials.map((trial) => {
    if (trial.outcome === "presented") return `${trial.kind} ${trial.version ?? "null"} ${trial.chain.length}`;
    return trial.outcome === "undecided" ? `${trial.kind} ${trial.undecided.cause}` : `${trial.kind} none`;
  });
}

describe("chains that the runtime is presented", () => {
  test("are one for each kind of key, exactly as sent", async () => {
    const long = { ...RSA, chain: RSA.chain + INTERMEDIATE };
    const trials = await look(serve([long, ECDSA, ED25519], { minVersion: "TLSv1.3" }), { onlyTls13: true });
    expect(told(trials)).toEqual(["RSA TLSv1.3 3", "ECDSA TLSv1.3 2", "EdDSA TLSv1.3 1"]);
    expect(trials.map((trial) => "chain" in trial && trial.chain)).toEqual(
      [long, ECDSA, ED25519].map(({ chain }) => derOf(chain)),
    );
    expect(trials.map((trial) => "staple" in trial && trial.staple)).toEqual([null, null, null]);
  });

  test.each<readonly [string, tls.TlsOptions]>([
    ["TLSv1.0", { maxVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" }],
    ["TLSv1.2", { maxVersion: "TLSv1.2" }],
    ["TLSv1.3", {}],
  ])("are not offered where the others come about: %s", async (version, options) => {
    expect(told(await look(serve([RSA], options)))).toEqual([`RSA ${version} 2`, "ECDSA none", "EdDSA none"]);
    expect(told(await look(serve([ECDSA], options)))).toEqual(["RSA none", `ECDSA ${version} 2`, "EdDSA none"]);
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)("come with the OCSP response of %s", async (maxVersion) => {
    const staple = Buffer.from("no response, but as good as any");
    const server = serve([RSA], { maxVersion });
    server.on("OCSPRequest", (_certificate, _issuer, done: (error: Error | null, response: Buffer) => void) => {
      done(null, staple);
    });
    const [trial] = await look(server, { kinds: ["RSA"] });
    expect(trial).toMatchObject({ outcome: "presented", staple: staple.toString("base64") });
  });

  test.each(["P-521", "X25519MLKEM768", "ffdhe3072"])(
    "come in spite of a server that knows %s alone",
    async (group) => {
      const server = serve([RSA], { ecdhCurve: group, minVersion: "TLSv1.3" });
      expect(told(await look(server, { kinds: ["RSA"] }))).toEqual(["RSA TLSv1.3 2"]);
    },
  );

  test("are asked for under the name of the host alone", async () => {
    const names: unknown[] = [];
    const noteName: tls.TlsOptions["SNICallback"] = (name, done) => {
      names.push(name);
      done(null);
    };
    const server = serve([RSA], { SNICallback: noteName });
    await look(server, { kinds: ["RSA"] });
    expect(names).toEqual(["www.oevelse.dk"]);
    await runtimeChains(() => internet.connect(PORT), wanted({ kinds: ["RSA"], serverName: null }));
    expect(names).toHaveLength(1);
  });
});

describe("a refusal by an alert of the server's own choice", () => {
  // unexpected_message, access_denied, decode_error, unrecognized_name.
  test.each([10, 49, 50, 112])("%i, twice, where other kinds come about", async (code) => {
    const alert = Buffer.from([21, 3, 3, 0, 2, 2, code]);
    const refusing = () => net.createServer((socket) => socket.once("data", () => socket.end(alert)));
    expect(told(await look(refusing(), { kinds: ["EdDSA"], worksOtherwise: true }))).toEqual(["EdDSA none"]);
    expect(told(await look(refusing(), { kinds: ["EdDSA"] }))).toEqual(["EdDSA tls-failed"]);
  });
});

describe("what decides nothing", () => {
  test("a server that refuses every kind, unless one is known to work", async () => {
    const refusing = () =>
      net.createServer((socket) => socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))));
    expect(told(await look(refusing()))).toEqual(KEY_KINDS.map((kind) => `${kind} tls-failed`));
    expect(told(await look(refusing(), { kinds: ["EdDSA"], worksOtherwise: true }))).toEqual(["EdDSA none"]);
  });

  test("a server that hangs up, resets, keeps silent, talks nonsense, or never ends", async () => {
    const once = (act: (socket: net.Socket) => void) =>
      net.createServer((socket) => void socket.once("data", () => act(socket)));
    const kinds = ["RSA"] as const;
    expect(
      told(
        await look(
          once((socket) => socket.end()),
          { kinds },
        ),
      ),
    ).toEqual(["RSA connection-reset"]);
    expect(
      told(
        await look(
          once((socket) => socket.resetAndDestroy()),
          { kinds },
        ),
      ),
    ).toEqual(["RSA connection-reset"]);
    expect(
      told(
        await look(
          once(() => undefined),
          { kinds, timeoutMs: 300 },
        ),
      ),
    ).toEqual(["RSA tcp-timeout"]);
    expect(
      told(
        await look(
          once((socket) => socket.write("HTTP/1.1 400\r\n\r\n")),
          { kinds },
        ),
      ),
    ).toEqual(["RSA tls-failed"]);
    const records = Buffer.concat(Array<Buffer>(5000).fill(Buffer.from([22, 3, 3, 0, 4, 0, 0, 0, 0])));
    const flood = once((socket) => {
      const more = (): void => {
        if (socket.destroyed) return;
        socket.write(records);
        setImmediate(more);
      };
      more();
    });
    expect(told(await look(flood, { kinds }))).toEqual(["RSA tool-limit"]);
  });

  test("a second handshake is tried where the first was cut off", async () => {
    let count = 0;
    const secure = serve([RSA]);
    const server = net.createServer((socket) => {
      count += 1;
      if (count === 1) socket.destroy();
      else secure.emit("connection", socket);
    });
    expect(told(await look(server, { kinds: ["RSA"] }))).toEqual(["RSA TLSv1.3 2"]);
    expect(count).toBe(2);
  });

  test("a way to the server that fails; other errors go up", async () => {
    const lost = async (): Promise<net.Socket> => {
      throw new DialError("greylisted", "PUT_OFF", "later");
    };
    expect(told(await runtimeChains(lost, wanted({ kinds: ["RSA"] })))).toEqual(["RSA greylisted"]);
    const bug = async (): Promise<net.Socket> => {
      throw new TypeError("a mistake of our own");
    };
    await expect(runtimeChains(bug, wanted())).rejects.toThrow(TypeError);
  });
});
