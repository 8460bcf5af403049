import { describe, expect, test } from "@jest/globals";
import type { Services } from "../../lib/cli/services.ts";
import type { World } from "../../lib/core/scenario.ts";
import { IPV4, IPV6, ONE_GATEWAY, presents, tlsa, unseen } from "../../lib/requirements/s20/scenario-world.ts";
import { contextOf } from "../support/world/world-context.ts";
import { runMain } from "./run-main.ts";

const BOTH = [...ONE_GATEWAY, `mx AAAA ${IPV6}`];
const ECDSA = presents({ ecdsa: ["ecdsa", "intermediate"] });

function dane(records: readonly string[], world: Partial<World> = {}, args: readonly string[] = []) {
  const whole: World = {
    zones: [{ name: "kommune.dk", records }],
    gateways: { [IPV4]: ECDSA, [IPV6]: ECDSA },
    ...world,
  };
  const openNetwork: Services["openNetwork"] = async (_, { signal }) =>
    ({ context: { ...contextOf(whole), signal }, close: () => undefined }) as unknown as Awaited<
      ReturnType<Services["openNetwork"]>
    >;
  return runMain(["dane", "kommune.dk", ...args], { services: { openNetwork } });
}

describe("dane NAME", () => {
  test("draws routes, hosts, records and what each address presents", async () => {
    const { code, stdout, stderr } = await dane([
      ...BOTH,
      tlsa("3 1 1", "ecdsa"),
      tlsa("3 1 1", "next"),
      tlsa("0 0 1", "root"),
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    for (const line of [
      "DANE for kommune.dk, 2026-11-23 10:00 UTC",
      "Mail til kommune.dk: MX  ✓ sikker",
      "    10 mx.kommune.dk",
      "  A, AAAA  ✓ sikker",
      "  TLSA _25._tcp.mx.kommune.dk  ✓ signeret",
      `  ${IPV4}  220 mx.kommune.dk  STARTTLS`,
      `  ${IPV6}  220 mx.kommune.dk  STARTTLS`,
      "    RSA  – tilbydes ikke",
      "S20  opfyldt",
      "Ved siden af kravene",
    ])
      expect(lines).toContain(line);
    expect(stdout).toMatch(/^ {4}3 1 1 [0-9a-f]{32}… {2}✓ kan bruges$/mu);
    expect(stdout).toMatch(/^ {4}0 0 1 [0-9a-f]{32}… {2}✗ bruges ikke: usage 0 og 1 bruges ikke til mail$/mu);
    expect(
      stdout.match(
        /^ {4}ECDSA {2}✓ passer til 3 1 1 \(serverens eget certifikat\) {2}TLSv1\.3, udløber 2080-01-01, mx\.kommune\.dk$/gmu,
      ),
    ).toHaveLength(2);
  });

  test("one address that presents something else fails all", async () => {
    const gateways = { [IPV4]: ECDSA, [IPV6]: presents({ ecdsa: ["next", "intermediate"] }) };
    const { code, stdout } = await dane([...BOTH, tlsa("3 1 1", "ecdsa")], { gateways }, ["--lang", "en"]);
    expect(code).toBe(1);
    expect(stdout).toContain("    ECDSA  ✗ no TLSA record matches");
    expect(stdout).toContain("S20  not fulfilled");
    expect(stdout).toContain("[S20_CERTIFICATE_MISMATCH]");
  });

  test("an authority in the chain, and what lies ahead", async () => {
    const gateways = { [IPV4]: presents({ ecdsa: ["ecdsa", "intermediate"], rsa: ["rsa", "intermediate"] }) };
    const { code, stdout } = await dane([...ONE_GATEWAY, tlsa("2 1 1", "intermediate")], { gateways });
    expect(code).toBe(0);
    expect(stdout).toContain("    RSA  ✓ passer til 2 1 1 (led 1 over certifikatet)");
  });

  test.each<[string, readonly string[], Partial<World>, number, string]>([
    [
      "silence on port 25",
      [...ONE_GATEWAY, tlsa("3 1 1", "ecdsa")],
      { gateways: { [IPV4]: unseen("tcp-timeout") } },
      2,
      `  ${IPV4}  ? ingen svar over TCP (no visit)`,
    ],
    [
      "no STARTTLS",
      [...ONE_GATEWAY, tlsa("3 1 1", "ecdsa")],
      { gateways: { [IPV4]: presents({}, { keywords: [], startTls: null, handshakes: [] }) } },
      1,
      `  ${IPV4}  220 mx.kommune.dk  intet STARTTLS`,
    ],
    ["no TLSA", ONE_GATEWAY, {}, 1, "  TLSA _25._tcp.mx.kommune.dk  ✗ findes ikke"],
    ["null MX", ["@ MX 0 ."], {}, 0, "Mail til kommune.dk: MX siger, at domænet ikke modtager mail  ✓ sikker"],
    [
      "neither MX nor address",
      [],
      {},
      0,
      "Mail til kommune.dk: hverken MX eller adresse: kan ikke modtage mail  ✓ sikker",
    ],
    [
      "a family without a route",
      [...BOTH, tlsa("3 1 1", "ecdsa")],
      { families: ["ipv4"] },
      0,
      `  ${IPV6}  – ingen rute herfra`,
    ],
  ])("%s", async (_, records, world, expected, line) => {
    const { code, stdout } = await dane(records, world);
    expect([code, stdout.split("\n").includes(line) ? line : stdout]).toEqual([expected, line]);
  });

  test("unsigned and broken zones say where", async () => {
    const zone = { name: "kommune.dk", records: [...ONE_GATEWAY, tlsa("3 1 1", "ecdsa")] };
    const unsigned = await dane([], { zones: [{ ...zone, state: "unsigned" }] });
    expect(unsigned.code).toBe(1);
    expect(unsigned.stdout).toContain("  A, AAAA  ✗ usigneret kommune.dk");
    const bogus = await dane([], { zones: [{ ...zone, state: "bogus" }] });
    expect(bogus.code).toBe(1);
    expect(bogus.stdout).toContain("✗ brudt kommune.dk");
  });

  test("what a gateway says is escaped and cut", async () => {
    const greeting = { code: 220, lines: [`\u001b[2J${"x".repeat(500)}`] };
    const gateways = { [IPV4]: presents({ ecdsa: ["ecdsa", "intermediate"] }, { greeting }) };
    const { stdout } = await dane([...ONE_GATEWAY, tlsa("3 1 1", "ecdsa")], { gateways });
    expect(stdout).toContain(`220 \\u{1b}[2J${"x".repeat(72)}  STARTTLS`);
    expect(stdout).not.toContain("\u001b");
  });

  test("is there as JSON", async () => {
    const { code, stdout } = await dane([...ONE_GATEWAY, tlsa("3 1 1", "ecdsa")], {}, ["--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schema: "kravvagt/dane/1", name: "kommune.dk", unobserved: null },
      routes: [
        {
          origin: "domain",
          form: "mx",
          mx: { status: "secure" },
          hosts: [{ name: "mx.kommune.dk", preferences: [10] }],
        },
      ],
      gateways: [
        {
          name: "mx.kommune.dk",
          tlsa: { state: "secure", records: [{ form: "3 1 1", unusable: null, heeded: true }] },
          visits: [
            {
              ...{ address: IPV4, state: "visited", offersStartTls: true },
              handshakes: [
                { certificate: "rsa", outcome: "not-offered", match: null },
                { certificate: "ecdsa", match: { state: "matched", form: "3 1 1", depth: 0 } },
              ],
            },
          ],
        },
      ],
      judged: { requirement: "S20", verdict: "pass" },
    });
  });
});
