import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { startPracticeInternet, type PracticeInternet } from "../../lib/practice/internet.ts";
import { standingCases } from "../../lib/practice/municipality.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { rcodeName } from "../../lib/wire/rcode.ts";
import { Asker, RESOLVER } from "./ask-practice.ts";

let internet: PracticeInternet;
let asker: Asker;
beforeAll(async () => {
  internet = await startPracticeInternet();
  asker = new Asker(internet);
});
afterAll(() => internet.stop());

function askCase({ domain, shows }: PracticeCase): Promise<Reply> {
  return asker.overTcp(RESOLVER, shows?.name ?? domain, shows?.type ?? "SOA");
}

/** RCODE, and which types answer and authority hold, in the order in which they first come. */
function shape({ rcode, answer, authority }: Reply): string {
  const types = [answer, authority].map((records) => [...new Set(records.map(({ type }) => type))].join(" "));
  return [rcodeName(rcode), ...types].join(" | ");
}

const SIGNED_SOA = "NOERROR | SOA RRSIG | ";
const BARE_SOA = "NOERROR | SOA | ";
const NOTHING = "SERVFAIL |  | ";

/** What the resolver hands out for the question at which each case shows. */
const SHAPES: Readonly<Record<string, string>> = {
  signed: SIGNED_SOA,
  unsigned: BARE_SOA,
  "unsigned-below-opt-out": BARE_SOA,
  "ds-without-signatures": BARE_SOA,
  expired: SIGNED_SOA,
  "ds-digest-wrong": SIGNED_SOA,
  island: SIGNED_SOA,
  "empty-non-terminal": "NOERROR |  | SOA RRSIG NSEC",
  nsec3: "NXDOMAIN |  | SOA RRSIG NSEC3",
  "denial-stripped": "NXDOMAIN |  | SOA RRSIG",
  "denial-signature-broken": "NXDOMAIN |  | SOA RRSIG NSEC",
  "nsec3-stripped": "NXDOMAIN |  | SOA RRSIG",
  wildcard: "NOERROR | A RRSIG | NSEC RRSIG",
  "wildcard-nsec3": "NOERROR | A RRSIG | NSEC3 RRSIG",
  "wildcard-unproven": "NOERROR | A RRSIG | ",
  "missing-rrsig-soa": BARE_SOA,
  "missing-rrsig-a": "NOERROR | A | ",
  "missing-rrsig-mx": "NOERROR | MX | ",
  "missing-rrsig-txt": "NOERROR | TXT | ",
  "expired-mx": "NOERROR | MX RRSIG | ",
  "cname-into-unsigned": "NOERROR | CNAME RRSIG A | ",
  dname: "NOERROR | DNAME RRSIG CNAME A | ",
  "large-txt": "NOERROR | TXT RRSIG | ",
  "one-lame": SIGNED_SOA,
  "one-silent": SIGNED_SOA,
  truncating: SIGNED_SOA,
  "all-lame": NOTHING,
  "all-silent": NOTHING,
  "truncating-without-tcp": NOTHING,
  "not-registered": "NXDOMAIN |  | SOA RRSIG NSEC3",
};

describe("what the practice resolver hands out", () => {
  test.each(Object.entries(SHAPES))("%s: %s", async (wanted, expected) => {
    const found = standingCases().find((each) => each.class === wanted);
    expect(shape(await askCase(found!))).toBe(expected);
  });

  test.each(standingCases().map((each) => [each.class, each] as const))(
    "%s: signed where the chain is secure, nothing where it cannot be reached",
    async (_, each) => {
      const reply = await askCase(each);
      const signatures = [...reply.answer, ...reply.authority].filter(({ type }) => type === "RRSIG").length;
      expect(reply.rcode === 2).toBe(each.chain === "unreachable");
      expect(signatures > 0 || !["secure", "absent"].includes(each.chain)).toBe(true);
    },
  );

  test("an answer too large for UDP comes truncated, and whole over TCP", async () => {
    const { domain } = standingCases().find((each) => each.class === "large-txt")!;
    expect(await asker.overUdp(RESOLVER, domain, "TXT")).toMatchObject({ flags: ["tc", "rd", "ra", "cd"], answer: [] });
    expect((await asker.overTcp(RESOLVER, domain, "TXT")).answer.length).toBeGreaterThan(18);
  });
});
