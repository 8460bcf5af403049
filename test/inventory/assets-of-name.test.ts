import { describe, expect, test } from "@jest/globals";
import { assetsNamed, assetsOfName } from "../../lib/inventory/assets-of-name.ts";
import { parseInventory } from "../../lib/inventory/parse-inventory.ts";

function idsOf(name: string): readonly string[] {
  const named = assetsOfName(name);
  if (!named.ok) return [named.expected.en];
  return named.value.map(
    ({ asset, onlyWithAddress }) => `${asset.id}${onlyWithAddress ? " if it has an address" : ""}`,
  );
}

describe("a name on the command line", () => {
  test.each([
    ["example.dk", ["domain:example.dk", "host:example.dk if it has an address"]],
    ["Kommune-Ø.dk.", ["domain:xn--kommune--d5a.dk", "host:xn--kommune--d5a.dk if it has an address"]],
    ["example.co.uk", ["domain:example.co.uk", "host:example.co.uk if it has an address"]],
    ["www.example.dk", ["host:www.example.dk"]],
    ["x.github.io", ["host:x.github.io"]],
    ["domain:sub.example.dk", ["domain:sub.example.dk"]],
    ["https://Min.example.dk:443/x", ["url:https://min.example.dk/x"]],
    ["imap://mail.example.dk", ["service:imap://mail.example.dk"]],
    ["192.0.2.1", ["address:192.0.2.1"]],
    ["192.0.2.0/28", ["address:192.0.2.0/28"]],
    ["2001:DB8::1", ["address:2001:db8::1"]],
    ["resolver:10.0.0.1@rådhus", ["resolver:10.0.0.1@rådhus"]],
  ])("%s", (name, ids) => {
    expect(idsOf(name)).toEqual(ids);
  });

  test.each([
    ["dk", /public suffix/u],
    ["co.uk", /public suffix/u],
    ["a..dk", /empty label/u],
    ["", /a name/u],
    ["192.0.2.1/28", /zero/u],
    ["https://", /web address/u],
    ["-x", /letters, digits/u],
    ["\u001b[31mexample.dk", /letters, digits/u],
  ])("%j is refused", (name, wanted) => {
    expect(idsOf(name)).toEqual([expect.stringMatching(wanted)]);
  });
});

describe("a name beside an inventory", () => {
  const text = "version: 1\nassets: [{ domain: sub.example.dk, tags: [x] }, { host: example.dk }]";
  const parsed = parseInventory(text, "x");
  const assets = parsed.ok ? parsed.inventory.assets : [];

  test("is the asset that the inventory has by that name", () => {
    const named = assetsNamed("SUB.example.dk", assets);
    expect(named.ok && named.value).toMatchObject([{ asset: { id: "domain:sub.example.dk", tags: ["x"] } }]);
  });

  test("is a new asset when the inventory has none", () => {
    const named = assetsNamed("other.dk", assets);
    expect(named.ok && named.value.map(({ asset }) => asset.id)).toEqual(["domain:other.dk", "host:other.dk"]);
  });
});
