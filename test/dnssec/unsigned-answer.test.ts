import { describe, expect, test } from "@jest/globals";
import { readUnsigned, speaksOf } from "../../lib/dnssec/unsigned-answer.ts";
import { name } from "../../lib/wire/name.ts";
import { ask } from "./support/judge.ts";
import { replyOf } from "./support/responder.ts";
import { readZone } from "./support/signed-zones.ts";

const zone = name("plain.dk.");
const question = ask("www.plain.dk/A");

function read(answer: string, authority = "", rcode = 0): unknown {
  return readUnsigned(question, replyOf(question, rcode, readZone(answer), readZone(authority)), zone);
}

describe("an unsigned reply", () => {
  test("gives the records at the name", () => {
    expect(read("www.plain.dk. 60 IN A 192.0.2.1\nother.plain.dk. 60 IN A 192.0.2.2")).toMatchObject({
      ...{ kind: "heard", answer: "positive", rcode: 0 },
      records: [{ name: "www.plain.dk.", type: "A" }],
    });
  });

  test("gives a CNAME or a DNAME to follow", () => {
    expect(read("www.plain.dk. 60 IN CNAME a.dk.")).toEqual({ kind: "alias", to: "a.dk.", by: "CNAME" });
    expect(read("plain.dk. 60 IN DNAME a.dk.")).toEqual({ kind: "alias", to: "www.a.dk.", by: "DNAME" });
  });

  test("with several DNAMEs follows the uppermost one of the zone, in whatever order they come", () => {
    const deep = ask("a.b.plain.dk/A");
    const records = ["b.plain.dk. 60 IN DNAME lower.dk.", "plain.dk. 60 IN DNAME upper.dk.", "dk. 60 IN DNAME above."];
    for (const answer of [records, records.toReversed()]) {
      const reply = replyOf(deep, 0, readZone(answer.join("\n")), []);
      expect(readUnsigned(deep, reply, zone)).toEqual({ kind: "alias", to: "a.b.upper.dk.", by: "DNAME" });
    }
  });

  test("gives no alias that is somewhere else", () => {
    const nodata = { kind: "heard", answer: "nodata", records: [] };
    expect(read("www.plain.dk. 60 IN DNAME a.dk.")).toMatchObject(nodata);
    expect(read("other.dk. 60 IN DNAME a.dk.")).toMatchObject(nodata);
    expect(read("mail.plain.dk. 60 IN CNAME a.dk.")).toMatchObject(nodata);
  });

  test("with an alias that cannot be followed tells nothing", () => {
    const nothing = { status: "indeterminate", cause: "protocol-error", reason: "malformed-alias", zone };
    expect(read("www.plain.dk. 60 IN CNAME a.dk.\nwww.plain.dk. 60 IN CNAME b.dk.")).toMatchObject(nothing);
    expect(read("plain.dk. 60 IN DNAME a.dk.\nplain.dk. 60 IN DNAME b.dk.")).toMatchObject(nothing);
    const long = `${"a".repeat(63)}.`.repeat(3) + `${"b".repeat(60)}.`;
    expect(read(`plain.dk. 60 IN DNAME ${long}`)).toMatchObject({ ...nothing, record: { type: "DNAME" } });
  });

  test("tells that nothing is there", () => {
    expect(read("")).toEqual({ kind: "heard", answer: "nodata", records: [], rcode: 0 });
    expect(read("", "", 3)).toEqual({ kind: "heard", answer: "nxdomain", records: [], rcode: 3 });
  });

  test("that is a referral tells nothing", () => {
    expect(read("", "dk. 60 IN NS a.")).toMatchObject({ status: "indeterminate", reason: "referral", zone });
  });

  test("speaks of a name when it has its records or a CNAME there", () => {
    const speaks = (answer: string): boolean => speaksOf(question, replyOf(question, 0, readZone(answer), []));
    expect(speaks("www.plain.dk. 60 IN A 192.0.2.1")).toBe(true);
    expect(speaks("www.plain.dk. 60 IN CNAME a.dk.")).toBe(true);
    expect(speaks("www.plain.dk. 60 IN TXT a")).toBe(false);
    expect(speaks("mail.plain.dk. 60 IN A 192.0.2.1")).toBe(false);
    expect(speaks("")).toBe(false);
  });
});
