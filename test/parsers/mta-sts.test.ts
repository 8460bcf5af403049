import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  MAX_POLICY_OCTETS,
  meansMailServer,
  type MtaStsPolicyProblem,
  parseMtaStsPolicy,
  parseMtaStsRecord,
} from "../../lib/parsers/mta-sts.ts";
import { name } from "../../lib/wire/name.ts";
import { cpuMilliseconds } from "../support/cpu-time.ts";

describe("records (RFC 8461 section 3.1)", () => {
  test.each([
    ["v=STSv1; id=20160831085700Z;", "20160831085700Z"],
    ["v=STSv1;id=1", "1"],
    ["v=STSv1;\t id=1 \t; ", "1"],
    ["v=STSv1; x.y-z_9=!; id=abc", "abc"],
    ["v=STSv1; id=first; id=second", "first"],
    [`v=STSv1; id=${"a".repeat(32)}`, "a".repeat(32)],
  ])("%j", (text, id) => expect(parseMtaStsRecord(text)).toEqual({ ok: true, value: { id } }));

  test.each([
    ["v=spf1 -all", "unrelated"],
    ["", "unrelated"],
    ["v=STSv1 ; id=1", "version"],
    ["v=STSv1", "version"],
    ["V=STSv1; id=1", "version"],
    [" v=STSv1; id=1", "version"],
    ["v=STSv2; id=1", "version"],
    ['"v=STSv1; id=1"', "version"],
    ["v=STSv1;", "fields"],
    ["v=STSv1;;id=1", "fields"],
    ["v=STSv1; id = 1", "fields"],
    ["v=STSv1; id=1; x=a=b", "fields"],
    ["v=STSv1; id=1; x=a b", "fields"],
    ["v=STSv1; id=1; x=", "fields"],
    ["v=STSv1; id=1; junk", "fields"],
    [`v=STSv1; id=1; ${"n".repeat(33)}=x`, "fields"],
    [`v=STSv1; id=1;${" ".repeat(9_000)}`, "fields"],
    [`v=STSv1; ${"a=1;".repeat(65)} id=1`, "fields"],
    ["v=STSv1; ID=1", "no-id"],
    ["v=STSv1; x=1", "no-id"],
    ["v=STSv1; id=2026-01-01", "id"],
    ["v=STSv1; id=", "id"],
    [`v=STSv1; id=${"a".repeat(33)}`, "id"],
  ])("%j is none: %s", (text, problem) => expect(parseMtaStsRecord(text)).toEqual({ ok: false, problem }));

  test("64 fields are read, one more is not", () => {
    expect(parseMtaStsRecord(`v=STSv1; ${"a=1;".repeat(63)} id=1`).ok).toBe(true);
    expect(parseMtaStsRecord(`v=STSv1; ${"a=1;".repeat(64)} id=1`).ok).toBe(false);
  });
});

function policyOf(text: string): ReturnType<typeof parseMtaStsPolicy> {
  return parseMtaStsPolicy(Buffer.from(text));
}

const SOUND = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n";

describe("policies (RFC 8461 section 3.2)", () => {
  const enforce = { mode: "enforce", maxAge: 604_800, mx: ["mail.example.com", "*.example.net"] };

  test.each([
    ["with CRLF", SOUND],
    ["with LF", SOUND.replaceAll("\r\n", "\n")],
    ["without an end of the last line", SOUND.trimEnd()],
    ["with empty lines, which senders pass over", SOUND.replaceAll("\r\n", "\r\n\r\n")],
    ["with blanks behind colons and values", SOUND.replaceAll(": ", ":\t ").replaceAll("\r\n", " \t\r\n")],
    ["without blanks", SOUND.replaceAll(": ", ":")],
    ["with unknown fields, UTF-8 in them", `${SOUND}x-note: æ; a=b\r\n`],
    ["of a field there twice, with the first", `${SOUND}mode: none\r\nmax_age: no\r\nversion: STSv9\r\n`],
    ["in capitals where names may be", SOUND.replace("mail.example.com", "Mail.Example.COM")],
  ])("%s", (_, text) => expect(policyOf(text)).toEqual({ ok: true, value: enforce }));

  test("a mode of none needs no mail server", () => {
    const read = policyOf("version: STSv1\nmode: none\nmax_age: 0");
    expect(read).toEqual({ ok: true, value: { mode: "none", maxAge: 0, mx: [] } });
  });

  test.each<[string, string, MtaStsPolicyProblem, number | null]>([
    ["STSv1", "STSv2", "version", 1],
    ["STSv1", "stsv1", "version", 1],
    ["version: STSv1\r\n", "", "no-version", null],
    ["enforce", "Enforce", "mode", 2],
    ["mode: enforce\r\n", "", "no-mode", null],
    ["604800", "31557601", "max-age", 5],
    ["604800", "-1", "max-age", 5],
    ["604800", "12345678901", "max-age", 5],
    ["604800", "1e3", "max-age", 5],
    ["max_age: 604800\r\n", "", "no-max-age", null],
    ["max_age", "Max_age", "no-max-age", null],
    ["mx: mail.example.com\r\nmx: *.example.net\r\n", "", "no-mx", null],
    ["mail.example.com", "mail.*.com", "mx", 3],
    ["mail.example.com", "*", "mx", 3],
    ["mail.example.com", "mail..com", "mx", 3],
    ["mail.example.com", "mail.example.com.", "mx", 3],
    ["mail.example.com", "a@example.com", "mx", 3],
    ["mail.example.com", "", "line", 3],
    ["mode: enforce", "mode enforce", "line", 2],
    ["mode: enforce", "m\u00f8de: enforce", "line", 2],
    ["mode: enforce", "mode : enforce", "line", 2],
    ["enforce", "enforce\u0000", "line", 2],
  ])("%j as %j is a problem: %s", (from, to, problem, line) => {
    expect(policyOf(SOUND.replace(from, to))).toEqual({ ok: false, problem, line });
  });

  test("the longest age there may be, and no more octets or mail servers than senders read", () => {
    expect(policyOf(SOUND.replace("604800", "31557600")).ok).toBe(true);
    expect(policyOf(SOUND + "\n".repeat(MAX_POLICY_OCTETS))).toMatchObject({ problem: "too-long", line: null });
    const many = (count: number): string => SOUND + "mx: a.example.com\r\n".repeat(count - 2);
    expect(policyOf(many(256)).ok).toBe(true);
    expect(policyOf(many(257))).toEqual({ ok: false, problem: "too-long", line: 260 });
  });

  test("nothing throws, and what is read may be written", () => {
    const pieces = fc.constantFrom(
      "version",
      "STSv1",
      "mode",
      "none",
      ": ",
      "\r\n",
      "mx",
      "a.b",
      "*.",
      "max_age",
      "1",
      "é",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const read = policyOf(parts.join(""));
        if (read.ok) expect(read.value.maxAge).toBeLessThanOrEqual(31_557_600);
        else expect(read.problem).not.toBe("");
      }),
    );
  });

  test("hostile lengths take no time", () => {
    for (const text of ["mx: " + "a-".repeat(30_000), "a.".repeat(32_000), " ".repeat(65_000), "x:".repeat(30_000)]) {
      expect(cpuMilliseconds(() => expect(policyOf(text).ok).toBe(false))).toBeLessThan(500);
    }
  });
});

describe("which mail servers a pattern means (RFC 8461 section 4.1)", () => {
  test.each([
    ["mail.example.com", "mail.example.com", true],
    ["mail.example.com", "MAIL.example.com", true],
    ["mail.example.com", "a.mail.example.com", false],
    ["*.example.com", "mail.example.com", true],
    ["*.example.com", "example.com", false],
    ["*.example.com", "foo.bar.example.com", false],
    ["*.example.com", "mail.example.com.evil.dk", false],
    ["*.com", "com", false],
    ["com", ".", false],
  ])("%s and %s: %s", (pattern, server, means) => expect(meansMailServer(pattern, name(server))).toBe(means));
});
