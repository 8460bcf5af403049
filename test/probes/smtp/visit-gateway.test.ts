import { describe, expect, test } from "@jest/globals";
import {
  EHLO_WITHOUT_STARTTLS,
  RESET,
  SILENCE,
  type SmtpBehaviour,
  wellBehaved,
} from "../../../lib/practice/smtp-behaviour.ts";
import { name } from "../../../lib/wire/name.ts";
import {
  derOf,
  ECDSA,
  ED25519,
  GATEWAY,
  INTERMEDIATE,
  Loopback,
  outcomes,
  ROOT,
  RSA,
  SHORT,
  visited,
} from "./loopback.ts";

const internet = new Loopback();
describe("a gateway with both kinds of certificates", () => {
  test("presents each chain as it has it, in two connections and without any mail", async () => {
    const server = await internet.add(wellBehaved(RSA, ECDSA));
    const seen = visited(await internet.visit());
    expect(seen.greeting).toEqual({ code: 220, lines: ["mx.oevelse.dk ESMTP"] });
    expect(seen.keywords).toEqual(["PIPELINING", "STARTTLS", "8BITMIME"]);
    expect(seen.startTls?.code).toBe(220);
    expect(seen.injected).toBe(false);
    const [rsa, ecdsa] = seen.handshakes;
    expect(rsa).toMatchObject({ type: "rsa", outcome: "completed", cause: null, protocol: "TLSv1.3" });
    expect(rsa?.chain).toEqual(derOf(RSA.chain));
    expect(ecdsa).toMatchObject({ type: "ecdsa", outcome: "completed", suite: "TLS_AES_256_GCM_SHA384" });
    expect(ecdsa?.chain).toEqual(derOf(ECDSA.chain));
    expect(server.transcripts).toEqual(
      [1, 2].map(() => ({
        commands: ["EHLO probe.kravvagt.example", "STARTTLS", "EHLO probe.kravvagt.example", "QUIT"],
        serverName: "mx.oevelse.dk",
        isSecured: true,
      })),
    );
  });
});

describe("certificates", () => {
  test("of one kind only: the alert to the other offer says that there is none", async () => {
    const server = await internet.add(wellBehaved(RSA));
    expect(outcomes(await internet.visit())).toEqual(["rsa completed", "ecdsa not-offered"]);
    server.become(wellBehaved(ECDSA));
    expect(outcomes(await internet.visit())).toEqual(["rsa not-offered", "ecdsa completed"]);
    expect(server.transcripts).toHaveLength(4);
  });

  test("with Ed25519 are seen in the connection that does without RSA", async () => {
    const seen = await internet.visitOf(wellBehaved(ED25519));
    expect(outcomes(seen)).toEqual(["rsa not-offered", "ecdsa completed"]);
    expect(visited(seen).handshakes[1]?.chain).toEqual(derOf(ED25519.chain));
  });

  test.each(["TLSv1", "TLSv1.2", "TLSv1.3"] as const)("are seen over %s", async (version) => {
    const tls = { certificates: [RSA, ECDSA], minVersion: version, maxVersion: version };
    const seen = visited(await internet.visitOf({ tls }));
    expect(seen.handshakes.map(({ outcome, protocol }) => [outcome, protocol])).toEqual([
      ["completed", version],
      ["completed", version],
    ]);
    expect(seen.handshakes.map(({ chain }) => chain)).toEqual([derOf(RSA.chain), derOf(ECDSA.chain)]);
  });

  test.each([
    ["the leaf alone", []],
    ["the root as well", [INTERMEDIATE, ROOT]],
    ["in an order of its own", [ROOT, INTERMEDIATE]],
    ["the same one twice", [INTERMEDIATE, INTERMEDIATE]],
    ["one that does not belong there", [ED25519.chain, INTERMEDIATE]],
    ["the leaf once more", [RSA.chain]],
  ])("are recorded as presented: %s", async (_, further) => {
    const leaf = RSA.chain.slice(0, -INTERMEDIATE.length);
    const chain = [leaf, ...further].join("");
    const seen = visited(await internet.visitOf(wellBehaved({ ...RSA, chain })));
    expect(seen.handshakes[0]?.chain).toEqual(derOf(chain));
  });

  test("are asked for without SNI where the base name is an address", async () => {
    const server = await internet.add(wellBehaved(RSA, ECDSA));
    const serverName = name("185.20.60.25");
    expect(outcomes(await internet.visit({}, { ...GATEWAY, serverName }))).toEqual([
      "rsa completed",
      "ecdsa completed",
    ]);
    expect(server.transcripts.map((transcript) => transcript.serverName)).toEqual([null, null]);
  });
});

describe("a handshake that does not come about", () => {
  const good = wellBehaved(RSA, ECDSA);
  const closing: SmtpBehaviour = { tls: "hang-up" };

  test("for a hang-up without a reason is tried once more", async () => {
    const server = await internet.add([closing, good, good]);
    expect(outcomes(await internet.visit())).toEqual(["rsa completed", "ecdsa completed"]);
    expect(server.transcripts).toHaveLength(3);
  });

  test("for a second hang-up is no offer of that kind, if the other kind works", async () => {
    const server = await internet.add([good, closing, closing, good]);
    expect(outcomes(await internet.visit())).toEqual(["rsa completed", "ecdsa not-offered"]);
    expect(server.transcripts).toHaveLength(3);
  });

  test("for hang-ups alone is not known", async () => {
    const server = await internet.add(closing);
    expect(outcomes(await internet.visit())).toEqual([
      "rsa unobserved connection-reset",
      "ecdsa unobserved connection-reset",
    ]);
    expect(server.transcripts).toHaveLength(4);
  });

  test("since the server refuses both kinds has failed", async () => {
    const seen = await internet.visitOf({ tls: { alert: 40 } });
    expect(outcomes(seen)).toEqual(["rsa failed", "ecdsa failed"]);
    expect(visited(seen).handshakes[0]?.detail).toBe("the server refused with TLS alert 40");
  });

  test("for another alert, where the other kind works, is not known: no offer was denied", async () => {
    expect(outcomes(await internet.visitOf([good, { tls: { alert: 51 } }]))).toEqual([
      "rsa completed",
      "ecdsa unobserved tls-failed",
    ]);
  });

  test.each([70, 80])("for alert %i twice, where the other kind works, is no offer of that kind", async (alert) => {
    const server = await internet.add([good, { tls: { alert } }]);
    expect(outcomes(await internet.visit())).toEqual(["rsa completed", "ecdsa not-offered"]);
    expect(server.transcripts).toHaveLength(3);
  });

  test("for alert 80 once is tried once more", async () => {
    expect(outcomes(await internet.visitOf([good, { tls: { alert: 80 } }, good]))).toEqual([
      "rsa completed",
      "ecdsa completed",
    ]);
  });

  test("for an alert to one kind and silence to the other is not known", async () => {
    expect(outcomes(await internet.visitOf([{ tls: "silence" }, { tls: { alert: 40 } }]))).toEqual([
      "rsa unobserved tcp-timeout",
      "ecdsa unobserved tcp-timeout",
    ]);
  });

  test("since the server says something that is no TLS has failed, in words of ours", async () => {
    const seen = await internet.visitOf({ tls: "junk" });
    expect(outcomes(seen)).toEqual(["rsa failed", "ecdsa failed"]);
    expect(JSON.stringify(visited(seen).handshakes)).not.toContain("no TLS at all");
  });

  test.each([
    ["never speaks", "silence", SHORT, "tcp-timeout"],
    [
      "sends records without end",
      "endless",
      { maxHandshakeOctets: 20_000, handshakeMs: 60_000, visitMs: 60_000 },
      null,
    ],
  ] as const)("since the server %s ends in time", async (_, tls, limits, cause) => {
    const startedAt = performance.now();
    const seen = await internet.visitOf({ tls }, limits);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    if (cause !== null) expect(outcomes(seen)).toEqual([`rsa unobserved ${cause}`, `ecdsa unobserved ${cause}`]);
    expect(visited(seen).handshakes.map(({ outcome }) => outcome)).not.toContain("completed");
  });

  test.each([
    ["421 to the second connection", { greeting: "421 4.7.0 Too many connections\r\n" }, "greylisted"],
    ["554 to the second connection", { greeting: "554 5.7.1 Go away\r\n" }, "vantage-blocked"],
    ["silence in the second connection", { greeting: SILENCE }, "tcp-timeout"],
    ["a second connection that is cut", { greeting: RESET }, "connection-reset"],
    ["454 in the second connection", { startTls: "454 4.7.0 TLS not now\r\n" }, "greylisted"],
    ["no STARTTLS in the second connection", { ehlo: EHLO_WITHOUT_STARTTLS }, "vantage-blocked"],
  ] as const)("for %s leaves what the first one showed", async (_, second, cause) => {
    expect(outcomes(await internet.visitOf([good, second]))).toEqual(["rsa completed", `ecdsa unobserved ${cause}`]);
  });
});
