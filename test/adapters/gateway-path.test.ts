import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { gatewayPath } from "../../lib/adapters/gateway-path.ts";

describe("the path that was asked for, from the decoded one", () => {
  test.each([
    ["/", "/"],
    ["/v1/status", "/v1/status"],
    ["/v1/assets", "/v1/assets"],
    ["/assets/style-3f2a91c0.css", "/assets/style-3f2a91c0.css"],
    ["/v1/assets/domain:example.dk", "/v1/assets/domain%3Aexample.dk"],
    ["/v1/evidence/sha256:00ff", "/v1/evidence/sha256%3A00ff"],
    ["/v1/assets/address:192.0.2.0/28", "/v1/assets/address%3A192.0.2.0%2F28"],
    [
      "/v1/assets/domain:example.dk/requirements/S18/history",
      "/v1/assets/domain%3Aexample.dk/requirements/S18/history",
    ],
    ["/v1/assets/resolver:10.1.1.53@rådhus øst", "/v1/assets/resolver%3A10.1.1.53%40r%C3%A5dhus%20%C3%B8st"],
    ["/a b/\ud800", "/a%20b/%EF%BF%BD"],
  ])("%j", (raw, path) => {
    expect(gatewayPath(raw)).toBe(path);
  });

  test("whatever an asset is called, its id and the route come out of it again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.boolean(), (id, isHistory) => {
        const rest = isHistory ? "/requirements/S18/history" : "";
        const path = gatewayPath(`/v1/assets/${id}${rest}`);
        const segments = path.split("/").map(decodeURIComponent);
        expect(segments).toEqual(["", "v1", "assets", id, ...rest.split("/").slice(1)]);
      }),
    );
  });
});
