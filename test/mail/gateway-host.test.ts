import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readHost, weakest } from "../../lib/mail/gateway-host.ts";
import { name } from "../../lib/wire/name.ts";
import { classifying, mangled, type Outcome, recordsOf } from "./gateway-reading.ts";

const HOST = name("mx.kommune.dk");
const A = recordsOf("mx.kommune.dk. A 192.0.2.25");
const AAAA = recordsOf("mx.kommune.dk. AAAA 2001:db8::25");
const NO_SUCH_TYPE: Outcome = { status: "secure" };

const host = (a: Outcome, aaaa: Outcome) =>
  readHost({ host: HOST, preferences: [10] }, classifying({ "mx.kommune.dk. A": a, "mx.kommune.dk. AAAA": aaaa }));

describe("how a gateway is protected", () => {
  test.each<[Outcome["status"], Outcome["status"], string]>([
    ["secure", "secure", "secure"],
    ["secure", "insecure", "insecure"],
    ["insecure", "secure", "insecure"],
    ["secure", "bogus", "bogus"],
    ["insecure", "bogus", "bogus"],
    ["indeterminate", "bogus", "bogus"],
    ["indeterminate", "insecure", "insecure"],
    ["secure", "indeterminate", "unknown"],
    ["need", "secure", "unknown"],
    ["need", "need", "unknown"],
  ])("A %s and AAAA %s: %s", (a, aaaa, expected) => {
    expect(host({ status: a }, { status: aaaa }).protection).toBe(expected);
    expect(host({ status: aaaa }, { status: a }).protection).toBe(expected);
  });

  test("nothing at all is not secure", () => {
    expect(weakest([])).toBe("unknown");
  });
});

describe("a gateway's addresses", () => {
  test("are those of both families, IPv4 first, each once", () => {
    const twice = [...A, ...A, ...recordsOf("mx.kommune.dk. A 192.0.2.3")];
    const { addresses, reach } = host({ status: "secure", records: twice }, { status: "secure", records: AAAA });
    expect(addresses).toEqual(["192.0.2.25", "192.0.2.3", "2001:db8::25"]);
    expect(reach).toBe("addresses");
  });

  test("are taken as heard where nothing is signed", () => {
    expect(host({ status: "insecure", records: A }, NO_SUCH_TYPE).addresses).toEqual(["192.0.2.25"]);
  });

  test("are none of what is bogus, and that says nothing about whether there are any", () => {
    const { addresses, reach } = host({ status: "bogus", records: A }, NO_SUCH_TYPE);
    expect({ addresses, reach }).toEqual({ addresses: [], reach: "unknown" });
  });

  test("are absent only when both families are denied", () => {
    const nowhere: Outcome = { status: "insecure", answer: "nxdomain" };
    expect(host(NO_SUCH_TYPE, nowhere).reach).toBe("none");
    for (const status of ["indeterminate", "need", "bogus"] as const) {
      expect(host(NO_SUCH_TYPE, { status }).reach).toBe("unknown");
      expect(host({ status }, NO_SUCH_TYPE).reach).toBe("unknown");
    }
  });

  test("that cannot be read are neither there nor absent", () => {
    const unreadable: Outcome = { status: "secure", records: [mangled("mx.kommune.dk", "A")] };
    expect(host(unreadable, NO_SUCH_TYPE)).toMatchObject({ addresses: [], reach: "unknown" });
    const sixteenOctets = AAAA.map((record) => ({ ...record, type: "A" }));
    expect(host({ status: "secure", records: sixteenOctets }, NO_SUCH_TYPE)).toMatchObject({ reach: "unknown" });
  });
});

describe("aliases", () => {
  test("lead to the final name, by whichever family was followed furthest", () => {
    const far: Outcome = { status: "secure", records: AAAA, through: ["a.dk", "b.dk"] };
    expect(host({ status: "need", through: ["a.dk"] }, far).finalName).toBe("b.dk.");
    expect(host(far, { status: "need", through: ["a.dk"] }).finalName).toBe("b.dk.");
  });

  test("are none for a host that is none", () => {
    const { aliases, finalName } = host({ status: "secure", records: A }, NO_SUCH_TYPE);
    expect({ aliases, finalName }).toEqual({ aliases: [], finalName: HOST });
  });
});

test("only what is validated in both families is secure, whatever else is said", () => {
  const status = fc.constantFrom<Outcome["status"]>("secure", "insecure", "bogus", "indeterminate", "need");
  const answer = fc.constantFrom("positive" as const, "nodata" as const, "nxdomain" as const);
  const outcome = fc.record({ status, answer, records: fc.constantFrom(A, AAAA, []) });
  fc.assert(
    fc.property(outcome, outcome, (a, aaaa) => {
      const { protection } = host(a, aaaa);
      expect(protection === "secure").toBe(a.status === "secure" && aaaa.status === "secure");
    }),
  );
});
