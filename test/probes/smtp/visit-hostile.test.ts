import { describe, expect, test } from "@jest/globals";
import {
  EHLO_WITH_STARTTLS,
  EHLO_WITHOUT_STARTTLS,
  HANG_UP,
  PRACTICE_GREETING,
  RESET,
  SILENCE,
  type SmtpBehaviour,
  STARTTLS_ACCEPTED,
  wellBehaved,
} from "../../../lib/practice/smtp-behaviour.ts";
import { SMTP_LIMITS } from "../../../lib/probes/smtp/smtp-limits.ts";
import { ECDSA, GATEWAY, Loopback, outcomes, RSA, SHORT, visited } from "./loopback.ts";

const internet = new Loopback();

/** Long enough for a machine that is busy with others, and far from what a visit takes that waits in vain for its limits. */
const SOON_MS = 15_000;

describe("a dialogue that ends before TLS", () => {
  test.each([
    ["no STARTTLS", { ehlo: EHLO_WITHOUT_STARTTLS }, [220, 250, null]],
    ["no EHLO at all", { ehlo: "502 5.5.2 What?\r\n" }, [220, 502, null]],
    ["EHLO refused for now", { ehlo: "450 4.3.2 Later\r\n" }, [220, 450, null]],
    ["421 for a greeting", { greeting: "421 4.3.2 Busy\r\n" }, [421, null, null]],
    ["450 for a greeting", { greeting: "450 4.7.1 Greylisted\r\n" }, [450, null, null]],
    ["554 for a greeting", { greeting: "554 No SMTP service here\r\n" }, [554, null, null]],
    ["STARTTLS put off", { startTls: "454 4.7.0 TLS not available\r\n" }, [220, 250, 454]],
    ["STARTTLS refused", { startTls: "501 5.5.4 No parameters\r\n" }, [220, 250, 501]],
  ] as const)("by the server's word is the answer: %s", async (_, behaviour, codes) => {
    const server = await internet.add(behaviour);
    const seen = visited(await internet.visit());
    expect([seen.greeting.code, seen.ehlo?.code ?? null, seen.startTls?.code ?? null]).toEqual(codes);
    expect(seen.handshakes).toEqual([]);
    expect(server.transcripts).toHaveLength(1);
    expect(server.transcripts[0]?.commands.at(-1)).toBe("QUIT");
  });

  test.each([
    ["silence after the greeting", { ehlo: SILENCE }, "tcp-timeout"],
    ["a cut after the greeting", { ehlo: RESET }, "connection-reset"],
    ["no SMTP after the greeting", { ehlo: "HTTP/1.1 400 Bad Request\r\n" }, "protocol-error"],
    ["silence after STARTTLS", { startTls: SILENCE }, "tcp-timeout"],
    ["a hang-up after STARTTLS", { startTls: HANG_UP }, "connection-reset"],
    ["EHLO's reply octet by octet", { ehlo: { trickle: EHLO_WITH_STARTTLS, everyMs: 100 } }, "tcp-timeout"],
  ] as const)("by itself says what of TLS is not known, and why: %s", async (_, behaviour, cause) => {
    const seen = await internet.visitOf(behaviour, SHORT);
    expect(outcomes(seen)).toEqual([`rsa unobserved ${cause}`, `ecdsa unobserved ${cause}`]);
  });

  test.each([
    ["silence", SILENCE, "tcp-timeout"],
    ["a greeting that comes too late", { after: 2000, say: PRACTICE_GREETING }, "tcp-timeout"],
    ["a greeting octet by octet", { trickle: PRACTICE_GREETING, everyMs: 100 }, "tcp-timeout"],
    ["a hang-up", HANG_UP, "connection-reset"],
    ["a reset", RESET, "connection-reset"],
    ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "protocol-error"],
    ["a greeting whose lines never end", { endless: "220-welcome\r\n" }, "protocol-error"],
    ["a line that never ends", { endless: "220 welcome" }, "protocol-error"],
    ["zeros without end", { endless: "\0".repeat(512) }, "protocol-error"],
  ] as const)("before a greeting is no observation: %s", async (_, greeting, cause) => {
    const startedAt = performance.now();
    expect(await internet.visitOf({ greeting }, SHORT)).toMatchObject({ state: "unobserved", cause });
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
  });

  test("since nobody listens is a refused connection", async () => {
    const server = await internet.add({});
    await server.stop();
    expect(await internet.visit()).toMatchObject({ state: "unobserved", cause: "connection-refused" });
  });
});

describe("patience", () => {
  test("is kept with a server that lets everybody wait, and greets in many lines", async () => {
    const say = "220-please wait\r\n220-and read this\r\n220 mx.oevelse.dk\r\n";
    const seen = visited(await internet.visitOf({ ...wellBehaved(RSA), greeting: { after: 300, say } }));
    expect(seen.greeting.lines).toEqual(["please wait", "and read this", "mx.oevelse.dk"]);
    expect(seen.handshakes[0]?.outcome).toBe("completed");
  });

  test("has an end for the whole visit, which keeps what was seen by then", async () => {
    const slow: SmtpBehaviour = { greeting: { after: 1500, say: PRACTICE_GREETING }, ...wellBehaved(RSA, ECDSA) };
    // Time for one connection and a half.
    expect(outcomes(await internet.visitOf(slow, { visitMs: 2800, greetingMs: 60_000 }))).toEqual([
      "rsa completed",
      "ecdsa unobserved tcp-timeout",
    ]);
  });

  test.each(["silence", "endless", "junk"] as const)("has that end whatever TLS does: %s", async (tls) => {
    const startedAt = performance.now();
    await internet.visitOf({ tls }, { visitMs: 700, handshakeMs: 60_000, maxHandshakeOctets: Infinity });
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
  });

  test("ends at once when we are stopped", async () => {
    await internet.add({ greeting: SILENCE });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 100);
    const startedAt = performance.now();
    expect(await internet.visit({ greetingMs: 60_000, visitMs: 60_000 }, GATEWAY, stop.signal)).toMatchObject({
      cause: "internal",
    });
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
  });

  test("is at most 45 seconds by default", () => {
    expect(SMTP_LIMITS.visitMs).toBeLessThanOrEqual(45_000);
    expect(SMTP_LIMITS.greetingMs).toBeGreaterThan(6_000);
  });
});

describe("octets in clear after STARTTLS", () => {
  test("are noticed and never taken for a reply over TLS", async () => {
    const startTls = `${STARTTLS_ACCEPTED}250-mx.oevelse.dk\r\n250 SIZE 1\r\n`;
    const server = await internet.add({ ...wellBehaved(RSA, ECDSA), startTls });
    const seen = await internet.visit();
    expect(visited(seen).injected).toBe(true);
    expect(outcomes(seen)).toEqual(["rsa completed", "ecdsa completed"]);
    expect(server.transcripts[0]?.commands.slice(2)).toEqual(["EHLO probe.kravvagt.example", "QUIT"]);
  });

  test("are noticed in one of two connections", async () => {
    const good = wellBehaved(RSA, ECDSA);
    const seen = await internet.visitOf([good, { ...good, startTls: `${STARTTLS_ACCEPTED}250 x\r\n` }]);
    expect(visited(seen).injected).toBe(true);
  });
});

test("endless talk over TLS does not take away what the handshake showed", async () => {
  const startedAt = performance.now();
  const overTls = { endless: "250-and another thing\r\n" };
  const tls = { certificates: [RSA, ECDSA], overTls };
  expect(outcomes(await internet.visitOf({ tls }, { farewellMs: 60_000 }))).toEqual([
    "rsa completed",
    "ecdsa completed",
  ]);
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
});

test("no visit, whatever the server is like, begins a mail transaction or asks for more than it needs", async () => {
  const allowed = ["EHLO probe.kravvagt.example", "STARTTLS", "QUIT"];
  const tls = { certificates: [RSA], overTls: "354 go ahead\r\n" };
  const server = await internet.add([{ ehlo: EHLO_WITH_STARTTLS, tls }, { quit: "250 MAIL?\r\n" }, { tls: "junk" }]);
  await internet.visit();
  await internet.visit();
  const commands = new Set(server.transcripts.flatMap((transcript) => transcript.commands));
  expect([...commands].filter((command) => !allowed.includes(command))).toEqual([]);
});
