import { describe, expect, test } from "@jest/globals";
import { type Observed, observed, unobserved } from "../../../lib/core/observation.ts";
import type { Dialer } from "../../../lib/dial/dialer.ts";
import type { GatewayVisit } from "../../../lib/mail/observations.ts";
import {
  EHLO_WITHOUT_STARTTLS,
  PRACTICE_GREETING,
  RESET,
  SILENCE,
  type SmtpBehaviour,
  wellBehaved,
} from "../../../lib/practice/smtp-behaviour.ts";
import { createGateways, type GatewaysOptions } from "../../../lib/probes/smtp/gateways.ts";
import type { Question, Reply } from "../../../lib/wire/message.ts";
import { name } from "../../../lib/wire/name.ts";
import { replyOf } from "../scripted-dns.ts";
import { ADDRESS, ECDSA, GATEWAY, Loopback, outcomes, QUICK, RSA, visited } from "./loopback.ts";

const internet = new Loopback();
const NEVER = { signal: new AbortController().signal };
const CANARY = name("mx.stor-udbyder.dk");
const CANARY_ADDRESS = "185.20.61.25";
const CANARY_ADDRESS6 = "2a02:2350::25";
const SILENT: SmtpBehaviour = { greeting: SILENCE };

function gatewaysWith(options: Partial<GatewaysOptions> = {}) {
  const asked: string[] = [];
  const resolver = {
    ask: async (question: Question): Promise<Observed<Reply>> => {
      asked.push(`${question.name} ${question.type}`);
      const address = question.type === "A" ? CANARY_ADDRESS : CANARY_ADDRESS6;
      return replyOf(question, `${question.name} 60 IN ${question.type} ${address}`);
    },
  };
  const given = {
    dialer: internet.dialer,
    resolver,
    canaries: [CANARY],
    limits: { ...QUICK, greetingMs: 500 },
    ...options,
  };
  return { gateways: createGateways(given), asked };
}

function causeOf(seen: Observed<GatewayVisit>): string {
  return seen.state === "unobserved" ? seen.cause : "observed";
}

describe("gateways shared by many domains", () => {
  test("are connected to at most twice per kind of certificate, and two at a time", async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `185.20.70.${index + 1}`);
    const servers = await Promise.all(addresses.map((address) => internet.add(wellBehaved(RSA, ECDSA), address)));
    const { gateways } = gatewaysWith();
    const visits = Array.from({ length: 300 }, (_, domain) => {
      const index = domain % addresses.length;
      const host = name(`mx${index}.oevelse.dk`);
      return gateways.visit({ host, serverName: host, address: addresses[index] ?? "" }, NEVER);
    });
    const seen = await Promise.all(visits);
    expect(seen.every((each) => outcomes(each).join() === "rsa completed,ecdsa completed")).toBe(true);
    expect(servers.map(({ transcripts }) => transcripts.length)).toEqual(addresses.map(() => 2));
  });

  test("are visited once per name in SNI, two visits at a time", async () => {
    const server = await internet.add(wellBehaved(RSA));
    let open = 0;
    let mostAtOnce = 0;
    const connectTcp: Dialer["connectTcp"] = async (...asked) => {
      open += 1;
      mostAtOnce = Math.max(mostAtOnce, open);
      return (await internet.dialer.connectTcp(...asked)).once("close", () => (open -= 1));
    };
    const { gateways } = gatewaysWith({ dialer: { connectTcp } });
    const tenants = ["a", "b", "c", "d", "e"].map((label) => name(`${label}.oevelse.dk`));
    const visits = [...tenants, ...tenants].map((serverName) => gateways.visit({ ...GATEWAY, serverName }, NEVER));
    expect((await Promise.all(visits)).map(causeOf)).toEqual(visits.map(() => "observed"));
    const secured = server.transcripts.filter(({ isSecured }) => isSecured);
    expect(secured.map(({ serverName }) => serverName).sort()).toEqual(tenants.map((each) => each.replace(/\.$/, "")));
    expect(mostAtOnce).toBe(2);
  });

  test("keep their own host when they share an address and a name in SNI", async () => {
    await internet.add(wellBehaved(RSA));
    const { gateways } = gatewaysWith();
    const alias = name("alias.oevelse.dk");
    const [one, other] = await Promise.all(
      [GATEWAY.host, alias].map((host) => gateways.visit({ ...GATEWAY, host }, NEVER)),
    );
    expect([one, other].map((seen) => seen !== undefined && visited(seen).host)).toEqual([GATEWAY.host, alias]);
  });

  test("are visited anew after a visit that was stopped", async () => {
    const server = await internet.add(SILENT);
    const { gateways } = gatewaysWith();
    const stop = new AbortController();
    const stopped = gateways.visit(GATEWAY, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    expect(causeOf(await stopped)).toBe("internal");
    server.become(wellBehaved(RSA));
    expect(causeOf(await gateways.visit(GATEWAY, NEVER))).toBe("observed");
  });
});

describe("our name in EHLO", () => {
  test("is the address literal unless it is given", async () => {
    const server = await internet.add({});
    await gatewaysWith().gateways.visit(GATEWAY, NEVER);
    await gatewaysWith({ ehloName: "vagt.oevelse.dk" }).gateways.visit(GATEWAY, NEVER);
    const hellos = server.transcripts.map(({ commands }) => commands[0]);
    expect(hellos).toEqual(["EHLO [127.0.0.1]", "EHLO vagt.oevelse.dk"]);
  });

  test.each(["", "two words", "a.dk\r\nMAIL FROM:<>", "-\u00e6.dk", "a..dk"])("is never %j", (ehloName) => {
    expect(() => gatewaysWith({ ehloName })).toThrow(RangeError);
  });
});

describe("a silent gateway", () => {
  test("is silent itself when a large provider is heard; it is asked once", async () => {
    const canary = await internet.add(wellBehaved(RSA), CANARY_ADDRESS);
    await internet.add(SILENT, ADDRESS, "185.20.60.26", "185.20.60.27");
    const { gateways, asked } = gatewaysWith();
    const addresses = [ADDRESS, "185.20.60.26", "185.20.60.27"];
    const seen = await Promise.all(addresses.map((address) => gateways.visit({ ...GATEWAY, address }, NEVER)));
    expect(seen.map(causeOf)).toEqual(["tcp-timeout", "tcp-timeout", "tcp-timeout"]);
    expect(canary.transcripts.map(({ commands }) => commands)).toEqual([["EHLO [127.0.0.1]", "QUIT"]]);
    expect(asked).toEqual([`${CANARY} A`]);
  });

  test.each([
    ["silent", SILENT],
    ["refusing", null],
    ["cut off", { greeting: RESET }],
    ["answered by something else", { greeting: "HTTP/1.1 403 Forbidden\r\n" }],
  ] as const)("is port 25 closed from here when the provider is %s, too", async (_, behaviour) => {
    await internet.add(SILENT);
    const canary = await internet.add(behaviour ?? {}, CANARY_ADDRESS);
    if (behaviour === null) await canary.stop();
    expect(causeOf(await gatewaysWith().gateways.visit(GATEWAY, NEVER))).toBe("port25-egress-blocked");
  });

  test.each([
    ["refused", "connection-refused"],
    ["cut", "connection-reset"],
  ] as const)("and one that is %s raise the same question", async (kind, own) => {
    const server = await internet.add({ greeting: RESET });
    if (kind === "refused") await server.stop();
    const canary = await internet.add(SILENT, CANARY_ADDRESS);
    expect(causeOf(await gatewaysWith().gateways.visit(GATEWAY, NEVER))).toBe("port25-egress-blocked");
    canary.become({ greeting: "554 not from there\r\n" });
    expect(causeOf(await gatewaysWith().gateways.visit(GATEWAY, NEVER))).toBe(own);
  });

  test("is silent itself when another gateway was heard; nobody else is asked", async () => {
    await internet.add(wellBehaved(RSA));
    await internet.add(SILENT, "185.20.60.26");
    const { gateways, asked } = gatewaysWith();
    await gateways.visit(GATEWAY, NEVER);
    expect(causeOf(await gateways.visit({ ...GATEWAY, address: "185.20.60.26" }, NEVER))).toBe("tcp-timeout");
    expect(asked).toEqual([]);
  });

  test("of one family says nothing of the other", async () => {
    await internet.add(wellBehaved(RSA));
    await internet.add(SILENT, "2a02:2350::26", CANARY_ADDRESS6);
    const { gateways } = gatewaysWith();
    expect(causeOf(await gateways.visit(GATEWAY, NEVER))).toBe("observed");
    const six = await gateways.visit({ ...GATEWAY, address: "2a02:2350::26" }, NEVER);
    expect(causeOf(six)).toBe("port25-egress-blocked");
  });

  test.each([
    ["has no address", async (question: Question) => replyOf(question, "")],
    ["is not found", async () => unobserved("dns-timeout", "silence")],
  ])("is silent itself, as far as is known, when the provider %s", async (_, ask) => {
    await internet.add(SILENT);
    const { gateways } = gatewaysWith({ resolver: { ask } });
    expect(causeOf(await gateways.visit(GATEWAY, NEVER))).toBe("tcp-timeout");
  });

  test("is silent itself, as far as is known, when nobody may be asked", async () => {
    await internet.add(SILENT);
    expect(causeOf(await gatewaysWith({ canaries: [] }).gateways.visit(GATEWAY, NEVER))).toBe("tcp-timeout");
  });

  test("that is no SMTP server is no sign of a closed port", async () => {
    await internet.add({ greeting: "SSH-2.0-OpenSSH_9.2\r\n" });
    const { gateways, asked } = gatewaysWith();
    expect(causeOf(await gateways.visit(GATEWAY, NEVER))).toBe("protocol-error");
    expect(asked).toEqual([]);
  });
});

describe("a gateway without STARTTLS", () => {
  const STRIPPED: SmtpBehaviour = { greeting: PRACTICE_GREETING, ehlo: EHLO_WITHOUT_STARTTLS };

  test("is without it when a large provider offers it", async () => {
    await internet.add(STRIPPED);
    await internet.add(wellBehaved(RSA), CANARY_ADDRESS);
    const seen = await gatewaysWith().gateways.visit(GATEWAY, NEVER);
    expect(visited(seen).keywords).toEqual(["PIPELINING", "8BITMIME"]);
  });

  test("is not known to be without it when something takes it out on the way", async () => {
    await internet.add(STRIPPED);
    await internet.add(STRIPPED, CANARY_ADDRESS);
    expect(causeOf(await gatewaysWith().gateways.visit(GATEWAY, NEVER))).toBe("vantage-blocked");
  });

  test("is without it when another gateway offers it; nobody else is asked", async () => {
    await internet.add(STRIPPED);
    await internet.add(wellBehaved(RSA), "185.20.60.26");
    const { gateways, asked } = gatewaysWith();
    await gateways.visit({ ...GATEWAY, address: "185.20.60.26" }, NEVER);
    expect(observed(visited(await gateways.visit(GATEWAY, NEVER)).startTls)).toEqual(observed(null));
    expect(asked).toEqual([]);
  });
});
