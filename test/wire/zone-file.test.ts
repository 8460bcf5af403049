import { describe, expect, test } from "@jest/globals";
import { name } from "../../lib/wire/name.ts";
import { formatRdata } from "../../lib/wire/presentation.ts";
import { parseZoneFile } from "../../lib/wire/zone-file.ts";
import { problemOf, valueOf } from "./outcome.ts";

const ORIGIN = name("example.test");

function lines(text: string): readonly string[] {
  return valueOf(parseZoneFile(text, ORIGIN)).map(
    (record) => `${record.name} ${record.ttl} ${record.type} ${formatRdata(record)}`,
  );
}

describe("parseZoneFile", () => {
  test("reads directives, relative names, omitted owners, comments and parentheses", () => {
    const text = `; a comment
$TTL 1h
@ IN SOA ns.example.test. hostmaster ( 2026010101 ; serial
        2h 30m
    2w 5m )
  NS ns ; the owner is the one before
\t60 IN NS ns2.other.test.

ns 300 A 192.0.2.1
   IN 120 AAAA 2001:db8::1
$ORIGIN sub
$TTL 60
@ MX 10 mail
MAIL TXT "a ; b" (
  "c" )
a\\.b IN CNAME @
`;
    expect(lines(text)).toEqual([
      "example.test. 3600 SOA ns.example.test. hostmaster.example.test. 2026010101 7200 1800 1209600 300",
      "example.test. 3600 NS ns.example.test.",
      "example.test. 60 NS ns2.other.test.",
      "ns.example.test. 300 A 192.0.2.1",
      "ns.example.test. 120 AAAA 2001:db8::1",
      "sub.example.test. 60 MX 10 mail.sub.example.test.",
      'mail.sub.example.test. 60 TXT "a ; b" "c"',
      "a\\.b.sub.example.test. 60 CNAME sub.example.test.",
    ]);
  });

  test("reads what dnssec-signzone writes", () => {
    const text = `; File written on Mon Nov 23 06:00:00 2026
; dnssec_signzone version 9.20
3G4E2PAAOM6IBPK922IBEQ4DUM1DGHJR.example.test. 300 IN NSEC3 1 0 3 AABBCCDD (
\t\t\t\t\t5GGF9AHE7R84JO1VPOCSKTM5LLBTARJH
\t\t\t\t\tA RRSIG )
\t\t\t300\tRRSIG\tNSEC3 13 3 300 (
\t\t\t\t\t20261223050000 20261123050000 10210 example.test.
\t\t\t\t\tAAEC
\t\t\t\t\tAwQF )
`;
    expect(lines(text)).toEqual([
      "3g4e2paaom6ibpk922ibeq4dum1dghjr.example.test. 300 NSEC3 1 0 3 aabbccdd 5ggf9ahe7r84jo1vpocsktm5llbtarjh A RRSIG",
      "3g4e2paaom6ibpk922ibeq4dum1dghjr.example.test. 300 RRSIG NSEC3 13 3 300 20261223050000 20261123050000 10210 example.test. AAECAwQF",
    ]);
  });

  test("a TTL that is left out is the default, else the one before", () => {
    expect(lines("a 60 A 192.0.2.1\nb A 192.0.2.2\n$TTL 5\nc A 192.0.2.3\nd 7 A 192.0.2.4\ne A 192.0.2.5\r\n")).toEqual(
      [
        "a.example.test. 60 A 192.0.2.1",
        "b.example.test. 60 A 192.0.2.2",
        "c.example.test. 5 A 192.0.2.3",
        "d.example.test. 7 A 192.0.2.4",
        "e.example.test. 5 A 192.0.2.5",
      ],
    );
  });

  test("an owner may be named like a type, a class or a TTL", () => {
    expect(lines("in 60 IN A 192.0.2.1\n60 60 IN A 192.0.2.2\nns 60 NS ns\n")).toEqual([
      "in.example.test. 60 A 192.0.2.1",
      "60.example.test. 60 A 192.0.2.2",
      "ns.example.test. 60 NS ns.example.test.",
    ]);
  });

  test("without an origin names belong to the root", () => {
    expect(valueOf(parseZoneFile("dk 60 NS a.nic"))).toMatchObject([{ name: "dk.", data: "AWEDbmljAA==" }]);
  });

  test("a TTL may be as long as there are", () => {
    expect(lines("a 2147483647 A 192.0.2.1")).toEqual(["a.example.test. 2147483647 A 192.0.2.1"]);
  });

  test("nothing holds no records", () => {
    expect(lines("")).toEqual([]);
    expect(lines("\n ; only a comment\n \n")).toEqual([]);
  });

  test.each([
    ["a 60 IN A 192.0.2.1\nb 60 IN A 192.0.2.999\n", "line 2: not an IPv4 address"],
    ["a 60 IN SOA . . (\n1\n2 3 4 x )\n", "line 1: not a time in seconds"],
    ["a IN A 192.0.2.1", "line 1: the record has no TTL"],
    [" 60 IN A 192.0.2.1", "line 1: the first record has no owner"],
    ["\n\na 60 CH A 192.0.2.1", "line 3: not a record type"],
    ["a 60 60 A 192.0.2.1", "line 1: not a record type"],
    ["a", "line 1: not a record type"],
    ["a 2147483648 A 192.0.2.1", "line 1: the TTL is over 2^31 - 1"],
    ["a..b 60 A 192.0.2.1", "line 1: the name has an empty label"],
    ["$INCLUDE other", "line 1: the directive $INCLUDE is not supported"],
    ["$ORIGIN", "line 1: a name is missing"],
    ["$TTL", "line 1: not a time in seconds"],
    ['a 60 TXT (\n"b"\n', "line 3: a parenthesis is not closed"],
    ["a 60 TXT b )", "line 1: a parenthesis is closed that was not opened"],
    ['a 60 TXT "b\nc"', "line 1: a quote or an escape is not finished"],
    ["a 60 TXT b\\", "line 1: a quote or an escape is not finished"],
  ])("%j: %s", (text, problem) => {
    expect(problemOf(parseZoneFile(text, ORIGIN))).toBe(problem);
  });
});
