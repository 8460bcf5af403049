import { expect, test } from "@jest/globals";
import { addressBlock } from "../../../lib/mail/reports/address-block.ts";

test.each([
  ["192.0.2.17", "192.0.2.0/24"],
  ["255.255.255.255", "255.255.255.0/24"],
  ["2001:db8:4:1::25", "2001:db8:4::/48"],
  ["2001:0DB8:0000:ffff::1", "2001:db8::/48"],
  ["2001:0:0:1::", "2001::/48"],
  ["::1", "::/48"],
  ["::ffff:192.0.2.17", "192.0.2.0/24"],
  ["::ffff:c000:211", "192.0.2.0/24"],
  ["::fffe:192.0.2.17", "::/48"],
])("%s lies in %s", (address, block) => {
  expect(addressBlock(address)).toBe(block);
});
