import { describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import tls from "node:tls";
import { createTlsEndpoints } from "../../../lib/probes/tls/endpoints.ts";
import { groupLabel, groupNamed } from "../../../lib/tls/groups.ts";
import { schemeOf } from "../../../lib/tls/signature-schemes.ts";
import { suiteLabel, suiteNamed } from "../../../lib/tls/suites.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../../lib/tls/versions.ts";
import { TlsLab, type Visited, WHERE } from "./lab.ts";
import type { ScriptedTls } from "./scripted-tls.ts";

const lab = new TlsLab();
const pem = (file: string): string => readFileSync(new URL(`../smtp/certificates/${file}`, import.meta.url), "utf8");
const der = (file: string): Buffer =>
  Buffer.from(/-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem(file))?.[1] ?? "", "base64");
const RSA_CERTIFICATE = der("rsa.pem");
const ECDSA_CERTIFICATE = der("ecdsa.pem");
const CERTIFICATES = { RSA: RSA_CERTIFICATE, ECDSA: ECDSA_CERTIFICATE };

const suites = (names: string): readonly number[] => names.split(" ").map((name) => suiteNamed(`TLS_${name}`)!.number);
const groups = (names: string): readonly number[] => names.split(" ").map((name) => groupNamed(name)!.number);
const outcomes = ({ versions }: Visited): string => versions.map(({ outcome }) => outcome).join(" ");
const suitesAt = (visit: Visited, version: TlsVersion): readonly string[] =>
  visit.suites.find((trial) => trial.version === version)?.accepted.map((each) => suiteLabel(each).slice(4)) ?? [];
const groupsAt = (visit: Visited, version: TlsVersion): readonly string[] =>
  visit.groups.find((trial) => trial.version === version)?.accepted.map(groupLabel) ?? [];

const GOOD = suites("ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE_RSA_WITH_AES_256_GCM_SHA384");
const TLS12: ScriptedTls = { suites: { "TLSv1.2": GOOD }, certificates: CERTIFICATES };

describe("versions and suites", () => {
  test("everything old at once: SSLv2 and SSLv3 to TLS 1.2, RC4, 3DES, NULL, anonymous and EXPORT", async () => {
    const old = suites("RSA_WITH_RC4_128_SHA RSA_WITH_3DES_EDE_CBC_SHA RSA_WITH_NULL_MD5 RSA_EXPORT_WITH_RC4_40_MD5");
    const anonymous = suites("DH_anon_WITH_RC4_128_MD5 ECDH_anon_WITH_NULL_SHA");
    await lab.script({
      suites: { SSLv3: old, "TLSv1.0": old, "TLSv1.1": anonymous, "TLSv1.2": [...GOOD, ...anonymous] },
      ssl2: [0x0700c0, 0x010080],
      certificates: CERTIFICATES,
    });
    const visit = await lab.visited();
    expect(outcomes(visit)).toBe("accepted accepted accepted accepted accepted refused");
    expect(visit.suites.map(({ version, accepted }) => [version, accepted])).toEqual([
      ["SSLv2", [0x0700c0, 0x010080]],
      ["SSLv3", old],
      ["TLSv1.0", old],
      ["TLSv1.1", anonymous],
      ["TLSv1.2", [...GOOD, ...anonymous]],
    ]);
    expect(visit.suites.every(({ open, undecided }) => open.length === 0 && undecided === null)).toBe(true);
    expect(visit.suites.at(-1)?.preference).toBe("server");
    expect(visit.connections).toBe(lab.dialer.counters().connections);
  });

  test("TLS 1.3 is read by HelloRetryRequests; a server of the client's order is known as such", async () => {
    const own = suites("AES_256_GCM_SHA384 AES_128_GCM_SHA256 CHACHA20_POLY1305_SHA256");
    await lab.script({
      suites: { "TLSv1.3": own, "TLSv1.2": GOOD },
      groups: groups("x25519 secp256r1 secp384r1 ffdhe2048"),
      order: "client",
      certificates: CERTIFICATES,
    });
    const visit = await lab.visited();
    expect(outcomes(visit)).toBe("refused refused refused refused accepted accepted");
    expect(suitesAt(visit, "TLSv1.3").toSorted()).toEqual([
      "AES_128_GCM_SHA256",
      "AES_256_GCM_SHA384",
      "CHACHA20_POLY1305_SHA256",
    ]);
    expect(groupsAt(visit, "TLSv1.3").toSorted()).toEqual(["ffdhe2048", "secp256r1", "secp384r1", "x25519"]);
    expect(groupsAt(visit, "TLSv1.2").toSorted()).toEqual(["secp256r1", "secp384r1", "x25519"]);
    expect(visit.suites.map(({ preference }) => preference)).toEqual(["client", "client"]);
  });

  test.each(["alert", "close"] as const)(
    "TLS 1.0 that stumbles over extensions, by %s, is asked without",
    async (says) => {
      const old = suites("RSA_WITH_AES_256_CBC_SHA RSA_WITH_3DES_EDE_CBC_SHA");
      const readsNoExtensions = ["TLSv1.0", "TLSv1.1"] as const;
      await lab.script({ ...TLS12, suites: { "TLSv1.2": GOOD, "TLSv1.0": old }, readsNoExtensions, says });
      const visit = await lab.visited();
      expect(outcomes(visit)).toBe("refused refused accepted refused accepted refused");
      expect(suitesAt(visit, "TLSv1.0")).toEqual(["RSA_WITH_AES_256_CBC_SHA", "RSA_WITH_3DES_EDE_CBC_SHA"]);
    },
  );

  test("a hello that a fatal alert follows is no support", async () => {
    await lab.script({ ...TLS12, suites: { "TLSv1.2": GOOD, "TLSv1.0": GOOD }, regrets: ["TLSv1.0"] });
    expect(outcomes(await lab.visited())).toBe("refused refused refused refused accepted refused");
  });

  test.each([
    ["cuts hellos of more than 128 suites", { suites: 128, by: "reset" }],
    ["hangs up on hellos of more than 400 octets", { octets: 400, by: "close" }],
  ] as const)("a server that %s loses nothing", async (_name, longest) => {
    const odd = suites("RSA_WITH_RC4_128_MD5 ECDHE_RSA_WITH_AES_128_GCM_SHA256 DHE_RSA_WITH_AES_256_CCM");
    await lab.script({ suites: { "TLSv1.0": odd.slice(0, 1), "TLSv1.2": odd }, longest, certificates: CERTIFICATES });
    const visit = await lab.visited();
    expect(outcomes(visit)).toBe("refused refused accepted refused accepted refused");
    expect(suitesAt(visit, "TLSv1.2").toSorted()).toEqual(odd.map((suite) => suiteLabel(suite).slice(4)).toSorted());
  });

  test.each(["reset", "close"] as const)(
    "a server that refuses by %s is understood, since it answers others",
    async (says) => {
      await lab.script({ ...TLS12, says });
      const visit = await lab.visited();
      expect(outcomes(visit)).toBe("refused refused refused refused accepted refused");
      expect(visit.suites[0]?.open).toEqual([]);
    },
  );

  test("a server that is silent to what it has not leaves it open, and says so", async () => {
    await lab.answer((socket) => {
      socket.once("data", (octets: Buffer) => {
        if (octets.readUInt16BE(9) === 0x0303 && !octets.includes(Buffer.from("002b00", "hex")))
          socket.end(Buffer.from("15030300020228", "hex"));
      });
    });
    const seen = await lab.look({}, { replyMs: 150 });
    expect(seen).toMatchObject({ state: "unobserved", cause: "tcp-timeout" });
  });
});

describe("key agreement and signatures", () => {
  test("a server that does not read the offer of groups: its curve is known, the others stay open", async () => {
    await lab.script({ ...TLS12, groups: groups("secp224r1"), ignoresGroups: true });
    const [trial] = (await lab.visited()).groups;
    expect(trial?.accepted.map(groupLabel)).toEqual(["secp224r1"]);
    expect(trial?.undecided?.cause).toBe("protocol-error");
    expect(trial?.open).toContain(groupNamed("secp256r1")!.number);
  });

  test("each prime once, with and without RFC 7919's groups on offer", async () => {
    const custom = createHash("sha512").update("a").digest().fill(0xff, 0, 1);
    const other = Uint8Array.from({ length: 128 }, () => 0xfb);
    await lab.script({
      ...TLS12,
      suites: { "TLSv1.2": suites("DHE_RSA_WITH_AES_128_GCM_SHA256 DHE_RSA_WITH_AES_256_GCM_SHA384") },
      prime: ({ groups: offered }) => (offered?.includes(256) === true ? custom : other),
    });
    const visit = await lab.visited();
    expect(visit.dhPrimes).toEqual([
      { version: "TLSv1.2", group: null, bits: 512 },
      { version: "TLSv1.2", group: null, bits: 1024 },
    ]);
    expect(groupsAt(visit, "TLSv1.2")).toEqual([]);
  });

  test("the smallest of RFC 7919's groups that is taken when it alone is offered", async () => {
    await lab.script({
      ...TLS12,
      suites: { "TLSv1.2": suites("DHE_RSA_WITH_AES_128_GCM_SHA256") },
      // Prefers a long prime, and keeps to what the client has room for.
      prime: ({ groups: offered }) =>
        Uint8Array.from({ length: offered?.includes(258) === true ? 512 : 256 }, () => 0xfb),
      takes: (_suite, { groups: offered }) => offered?.includes(256) === true,
    });
    expect((await lab.visited()).dhPrimes).toEqual([
      { version: "TLSv1.2", group: null, bits: 4096 },
      { version: "TLSv1.2", group: null, bits: 2048 },
    ]);
  });

  test("an old version that has DHE for those alone who name no groups of RFC 7919 is accepted", async () => {
    const dhe = suites("DHE_RSA_WITH_AES_256_CBC_SHA");
    await lab.script({
      ...TLS12,
      suites: { "TLSv1.2": GOOD, "TLSv1.0": dhe },
      takes: (suite, { groups: offered }) => !dhe.includes(suite) || offered?.some((group) => group >= 256) !== true,
    });
    const visit = await lab.visited();
    expect(outcomes(visit)).toBe("refused refused accepted refused accepted refused");
    expect(suitesAt(visit, "TLSv1.0")).toEqual(["DHE_RSA_WITH_AES_256_CBC_SHA"]);
    expect(visit.dhPrimes).toEqual([{ version: "TLSv1.0", group: null, bits: 16 }]);
  });

  test("hashes: chosen among all, and which are taken alone", async () => {
    await lab.script({ ...TLS12, schemes: [0x0201, 0x0401] });
    const { signatures } = await lab.visited();
    expect(signatures?.chosen.map((each) => schemeOf(each).hash)).toEqual(["SHA1"]);
    expect(signatures?.weak.map(({ hash, outcome }) => [hash, outcome])).toEqual([
      ["SHA1", "accepted"],
      ["SHA224", "refused"],
    ]);
    expect(signatures?.strong).toBe("accepted");
  });

  test("a server that signs with SHA-1 whatever is offered", async () => {
    await lab.script({ ...TLS12, schemes: [0x0201], ignoresSchemes: true });
    expect((await lab.visited()).signatures).toMatchObject({ chosen: [0x0201], strong: "refused" });
  });

  test("DEFLATE, and no secure renegotiation", async () => {
    await lab.script({ ...TLS12, deflates: true, renegotiationInfo: false });
    expect((await lab.visited()).legacy).toMatchObject({ compression: "DEFLATE", renegotiationInfo: false });
  });

  test("both chains of a server that has two, and the other one for no name", async () => {
    await lab.script({
      ...TLS12,
      suites: { "TLSv1.2": [...GOOD, ...suites("ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")] },
      certificateFor: (name) => (name === null ? ECDSA_CERTIFICATE : null),
    });
    const visit = await lab.visited();
    expect(visit.chains.map(({ kind, chain }) => [kind, chain[0]])).toEqual([
      ["RSA", RSA_CERTIFICATE.toString("base64")],
      ["ECDSA", ECDSA_CERTIFICATE.toString("base64")],
    ]);
    expect(visit.otherNames).toContainEqual({ indicated: "unknown-name", outcome: "same-certificate" });
  });
});

describe("Node's own TLS", () => {
  const serve = (options: tls.TlsOptions) =>
    lab.serve(tls.createServer({ key: pem("rsa.key"), cert: pem("rsa.pem") + pem("intermediate.pem"), ...options }));

  test("TLS 1.0 to 1.3 with suites of many years", async () => {
    const ciphers = "ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:ECDHE-RSA-AES256-SHA:@SECLEVEL=0";
    await serve({ minVersion: "TLSv1", ciphers: `TLS_AES_128_GCM_SHA256:${ciphers}`, honorCipherOrder: true });
    const visit = await lab.visited();
    expect(outcomes(visit)).toBe("refused refused accepted accepted accepted accepted");
    const old = ["RSA_WITH_AES_128_CBC_SHA", "ECDHE_RSA_WITH_AES_256_CBC_SHA"];
    expect(suitesAt(visit, "TLSv1.0")).toEqual(old);
    expect(suitesAt(visit, "TLSv1.2")).toEqual(["ECDHE_RSA_WITH_AES_128_GCM_SHA256", ...old]);
    expect(suitesAt(visit, "TLSv1.3")).toEqual(["AES_128_GCM_SHA256"]);
    expect(groupsAt(visit, "TLSv1.3")).toContain("X25519MLKEM768");
    expect(visit.chains.map(({ kind, chain }) => [kind, chain.length])).toEqual([["RSA", 2]]);
    expect(visit.chainsOpen).toEqual([]);
    expect(visit.legacy).toMatchObject({ compression: "none", renegotiationInfo: true, extendedMasterSecret: true });
    expect(visit.otherNames.map(({ outcome }) => outcome)).toEqual(["same-certificate", "same-certificate"]);
  });

  test("a server of TLS 1.3 alone shows its certificate to the runtime, and an authority of our own anchors it", async () => {
    await serve({ minVersion: "TLSv1.3" });
    const endpoints = createTlsEndpoints({ dialer: lab.dialer, extraAuthorities: [pem("root.pem")] });
    const seen = await endpoints.visit(WHERE, { isActive: false, signal: new AbortController().signal });
    if (seen.state === "unobserved" || seen.value.state !== "visited") throw new Error(JSON.stringify(seen));
    expect(outcomes(seen.value)).toBe("refused refused refused refused refused accepted");
    expect(seen.value.legacy).toBeNull();
    expect(seen.value.chains).toMatchObject([
      { kind: "RSA", version: "TLSv1.3", anchor: der("root.pem").toString("base64"), staple: null },
    ]);
    expect(seen.value.rootStore.extra).toBe(1);
    expect(seen.value.otherNames).toHaveLength(2);
  });

  test("what several assets share is profiled once", async () => {
    await serve({});
    const endpoints = createTlsEndpoints({ dialer: lab.dialer, extraAuthorities: [] });
    const options = { isActive: false, signal: new AbortController().signal };
    const [one, two] = await Promise.all([
      endpoints.visit(WHERE, options),
      endpoints.visit({ ...WHERE, host: "andet.oevelse.dk" }, options),
    ]);
    if (one.state === "unobserved" || one.value.state !== "visited") throw new Error(JSON.stringify(one));
    expect(two).toMatchObject({ state: "observed", value: { host: "andet.oevelse.dk", state: "visited" } });
    expect(lab.dialer.counters().connections).toBe(one.value.connections);
  });
});

test("every version has its place in the findings", async () => {
  await lab.script(TLS12);
  expect((await lab.visited()).versions.map(({ version }) => version)).toEqual(TLS_VERSIONS);
});
