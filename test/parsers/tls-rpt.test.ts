import { describe, expect, test } from "@jest/globals";
import { parseTlsReporting } from "../../lib/parsers/tls-rpt.ts";

function destinations(text: string): unknown {
  const read = parseTlsReporting(text);
  return read.ok ? read.value.rua.map(({ text: uri, valid, host }) => [uri, valid, host]) : read.problem;
}

describe("records (RFC 8460 section 3)", () => {
  test.each([
    ["v=TLSRPTv1; rua=mailto:reports@example.com", [["mailto:reports@example.com", true, "example.com."]]],
    ["v=TLSRPTv1;rua=https://example.com/v1/tlsrpt?a=b", [["https://example.com/v1/tlsrpt?a=b", true, "example.com."]]],
    [
      "v=TLSRPTv1; rua=mailto:a@example.com , https://example.net/; ",
      [
        ["mailto:a@example.com", true, "example.com."],
        ["https://example.net/", true, "example.net."],
      ],
    ],
    [
      "v=TLSRPTv1; x=1; rua=mailto:a@example.com,ftp://example.com/; rua=mailto:b@example.com",
      [
        ["mailto:a@example.com", true, "example.com."],
        ["ftp://example.com/", false, null],
      ],
    ],
    ["v=TLSRPTv1; rua=MAILTO:a@example.com", [["MAILTO:a@example.com", true, "example.com."]]],
  ])("%j", (text, expected) => expect(destinations(text)).toEqual(expected));

  test.each([
    ["v=DMARC1; rua=mailto:a@example.com", "unrelated"],
    ["v=TLSRPTv1", "version"],
    ["v=TLSRPTv1 ; rua=mailto:a@example.com", "version"],
    ["v=tlsrptv1; rua=mailto:a@example.com", "version"],
    ["v=TLSRPTv1;", "fields"],
    ["v=TLSRPTv1; rua=mailto:a@example.com; x", "fields"],
    ["v=TLSRPTv1; rua =mailto:a@example.com", "fields"],
    ["v=TLSRPTv1; ruf=mailto:a@example.com", "no-destination"],
    ["v=TLSRPTv1; rua=", "destination"],
    ["v=TLSRPTv1; rua=a@example.com", "destination"],
    ["v=TLSRPTv1; rua=http://example.com/", "destination"],
    ["v=TLSRPTv1; rua=https:///path", "destination"],
    ["v=TLSRPTv1; rua=https://[::1]/", "destination"],
    ["v=TLSRPTv1; rua=mailto:a@example.com!10m", "destination"],
    [`v=TLSRPTv1; rua=https://example.com/${"a".repeat(60)}!10m`, "destination"],
    ["v=TLSRPTv1; rua=mailto:@example.com", "destination"],
  ])("%j is none: %s", (text, problem) => expect(destinations(text)).toBe(problem));

  test("no more than 32 destinations are read", () => {
    const many = Array.from({ length: 40 }, (_, at) => `mailto:r${at}@example.com`).join(",");
    expect(destinations(`v=TLSRPTv1; rua=${many}`)).toHaveLength(32);
  });
});
