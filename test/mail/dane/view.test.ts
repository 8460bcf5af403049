import { describe, expect, test } from "@jest/globals";
import type { WorldZone } from "../../../lib/core/scenario.ts";
import { gatewaysToVisit, viewDane } from "../../../lib/mail/dane/view.ts";
import { probeDane } from "../../../lib/probes/dns-dane.ts";
import { name } from "../../../lib/wire/name.ts";
import { contextOf } from "../../support/world/world-context.ts";

const RECORD = `TLSA 3 1 1 ${"ab".repeat(32)}`;
const zone = (records: readonly string[], changes: Partial<WorldZone> = {}): WorldZone => ({
  name: "kommune.dk",
  records,
  ...changes,
});

async function look(...zones: WorldZone[]) {
  const asset = { id: "domain:kommune.dk", domain: name("kommune.dk") };
  const { result, observedAt } = await probeDane(asset, contextOf({ zones }));
  if (result.state === "unobserved") throw new Error(result.detail);
  const at = Date.parse(observedAt);
  const { gateways } = viewDane(result.value, at);
  return { tlsa: gateways.map(({ tlsa }) => tlsa), gateways, visiting: gatewaysToVisit(result.value, at) };
}

describe("where there is something to visit", () => {
  test("every address of every gateway with records of use, by its TLSA base domain", async () => {
    const { visiting } = await look(
      zone([
        ...[
          "@ MX 10 mx",
          "@ MX 20 alias",
          "@ MX 30 bare",
          "mx A 192.0.2.25",
          "mx AAAA 2001:db8::25",
          `_25._tcp.mx ${RECORD}`,
        ],
        ...["alias CNAME host", "host A 192.0.2.26", `_25._tcp.host ${RECORD}`, "bare A 192.0.2.27"],
      ]),
    );
    expect(visiting).toEqual({
      targets: [
        { host: "alias.kommune.dk.", serverName: "host.kommune.dk.", address: "192.0.2.26" },
        { host: "mx.kommune.dk.", serverName: "mx.kommune.dk.", address: "192.0.2.25" },
        { host: "mx.kommune.dk.", serverName: "mx.kommune.dk.", address: "2001:db8::25" },
      ],
    });
  });

  test("by the alias's own name where only that has records", async () => {
    const { visiting } = await look(zone(["@ MX 10 alias", "alias A 192.0.2.1", `_25._tcp.alias ${RECORD}`]));
    expect(visiting).toMatchObject({ targets: [{ serverName: "alias.kommune.dk." }] });
  });

  test.each([
    ["null MX", ["@ MX 0 ."], "no-gateway"],
    ["a gateway without an address", ["@ MX 10 gone"], "no-gateway"],
    ["no records", ["@ MX 10 mx", "mx A 192.0.2.25"], "no-tlsa"],
    ["records of no use", ["@ MX 10 mx", "mx A 192.0.2.25", "_25._tcp.mx TLSA 1 1 1 abab"], "no-tlsa"],
  ])("nothing: %s", async (_, records, why) => {
    expect((await look(zone(records))).visiting).toEqual({ why });
  });
});

describe("what is found", () => {
  const GATEWAY = ["@ MX 10 mx", "mx A 192.0.2.25"];

  test("an error about a name on the way is an error about the records", async () => {
    const { tlsa } = await look(zone([...GATEWAY, `_25._tcp.mx ${RECORD}`], { failing: ["_25._tcp.mx TLSA"] }));
    expect(tlsa).toMatchObject([{ state: "servfail", zone: "kommune.dk." }]);
  });

  test("silence is not", async () => {
    const { tlsa } = await look(zone([...GATEWAY, `_25._tcp.mx ${RECORD}`], { silent: ["_25._tcp.mx TLSA"] }));
    expect(tlsa).toMatchObject([{ state: "unheard", cause: "dns-timeout" }]);
  });

  test("broken records at the final name are not passed over for those at the gateway's own", async () => {
    const { tlsa, visiting } = await look(
      zone(["@ MX 10 mx", "mx CNAME host", "host A 192.0.2.25", `_25._tcp.mx ${RECORD}`, `_25._tcp.host ${RECORD}`], {
        spoilt: ["_25._tcp.host TLSA"],
      }),
    );
    expect(tlsa).toMatchObject([{ state: "bogus" }]);
    expect(visiting).toEqual({ why: "no-tlsa" });
  });

  test("a name on the way that is denied", async () => {
    const { gateways } = await look(zone([...GATEWAY, `_25._tcp.mx ${RECORD}`], { deniesEmptyNonTerminals: true }));
    expect(gateways.map(({ denied }) => denied)).toEqual([["_tcp.mx.kommune.dk."]]);
  });
});
