import { describe, expect, test } from "@jest/globals";
import { askNameServer, BEHAVIOURS, offersTcp, type Behaviour, type NameServer } from "../../lib/practice/authority.ts";
import { name } from "../../lib/wire/name.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { zoneOf } from "./prove-zone.ts";

const parent = zoneOf("@ 60 IN SOA a b 1 2 3 4 5\nchild 60 IN NS ns\nchild 60 IN DS 1 13 2 00\n", name("dk"));
const child = zoneOf("@ 60 IN SOA a b 1 2 3 4 5\n@ 60 IN A 185.20.20.1\n", name("child.dk"));

function nameServer(behaviour: Behaviour, zones = [parent, child]): NameServer {
  return { addresses: ["185.20.10.1"], behaviour, zones };
}

const apex = { name: name("child.dk"), type: "A" };

describe("askNameServer", () => {
  test.each<[Behaviour, "udp" | "tcp", unknown]>([
    ["normal", "udp", { truncated: false, answer: { rcode: RCODE.NOERROR, authoritative: true } }],
    ["normal", "tcp", { truncated: false, answer: { rcode: RCODE.NOERROR, authoritative: true } }],
    ["lame", "udp", { truncated: false, answer: { rcode: RCODE.REFUSED, authoritative: false, answer: [] } }],
    ["lame", "tcp", { truncated: false, answer: { rcode: RCODE.REFUSED, authoritative: false, answer: [] } }],
    ["truncating", "udp", { truncated: true }],
    ["truncating", "tcp", { truncated: false, answer: { rcode: RCODE.NOERROR } }],
    ["truncating-no-tcp", "udp", { truncated: true }],
  ])("%s over %s", (behaviour, transport, outcome) => {
    expect(askNameServer(nameServer(behaviour), apex, false, transport)).toMatchObject(outcome as object);
  });

  test.each(["udp", "tcp"] as const)("silent says nothing over %s", (transport) => {
    expect(askNameServer(nameServer("silent"), apex, false, transport)).toBeNull();
  });

  test("only truncating-no-tcp has its TCP port closed", () => {
    expect(BEHAVIOURS.filter((behaviour) => !offersTcp(nameServer(behaviour)))).toEqual(["truncating-no-tcp"]);
  });

  test("refuses a name outside its zones", () => {
    const asked = askNameServer(nameServer("normal", [child]), { name: name("other.dk"), type: "A" }, false, "udp");
    expect(asked?.answer).toMatchObject({ rcode: RCODE.REFUSED, authoritative: false });
  });

  test.each([[[parent, child]], [[child, parent]]])(
    "answers from the deepest zone, but DS from the one above",
    (zones) => {
      const ask = (type: string) => askNameServer(nameServer("normal", zones), { ...apex, type }, false, "udp")?.answer;
      expect(ask("A")?.answer).toHaveLength(1);
      expect(ask("DS")?.answer.map((record) => record.type)).toEqual(["DS"]);
    },
  );

  test("denies DS from the child when it has no more (RFC 4035 section 3.1.4.1)", () => {
    const asked = askNameServer(nameServer("normal", [child]), { ...apex, type: "DS" }, false, "udp")?.answer;
    expect(asked).toMatchObject({ rcode: RCODE.NOERROR, authoritative: true, answer: [] });
    expect(asked?.authority.map((record) => record.name)).toEqual(["child.dk."]);
  });
});
