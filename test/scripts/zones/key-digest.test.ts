import { describe, expect, test } from "@jest/globals";
import { dsDigest, keyTag, parseDnskey } from "../../../scripts/zones/key-digest.ts";

/** RFC 4034 section 5.4 (SHA-1) and RFC 4509 section 2.3 (SHA-256) show the same key. */
const KEY =
  "256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";

describe("key digests", () => {
  test("the key tag of RFC 4034 section 5.4", () => {
    expect(keyTag(parseDnskey(KEY))).toBe(60_485);
  });

  test("the SHA-1 digest of RFC 4034 section 5.4", () => {
    expect(dsDigest("dskey.example.com", parseDnskey(KEY), 1)).toBe("2BB183AF5F22588179A53B0A98631FAD1A292118");
  });

  test("the SHA-256 digest of RFC 4509 section 2.3, in any case of the name", () => {
    const digest = "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A";
    expect(dsDigest("DSKEY.example.com", parseDnskey(KEY), 2)).toBe(digest);
  });

  test("an unknown digest type and broken key data are errors", () => {
    expect(() => dsDigest("a.dk", parseDnskey(KEY), 3)).toThrow("digest of type 3");
    expect(() => parseDnskey("256 3 5")).toThrow("not DNSKEY data");
    expect(() => parseDnskey("256 3 5 AQ== AQ==")).toThrow("not DNSKEY data");
  });
});
