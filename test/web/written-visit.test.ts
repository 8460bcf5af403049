import { describe, expect, test } from "@jest/globals";
import { WEB_VALUES } from "../../lib/verify/web-forms.ts";
import { hop, openOrigin, shutOrigin, visited, walk } from "../../lib/web/written-visit.ts";

const WHERE = { host: "kommune.com", address: "192.0.2.80", role: "own" } as const;
const A = "http://kommune.com/";
const D = "https://kommune.dk/";

describe("what is written", () => {
  test("is a value as observations are stored", () => {
    const front = walk("front", { url: A, location: D }, { url: D, certificate: "CERT_HAS_EXPIRED", references: null });
    const lost = walk("robots", { url: "http://kommune.com/robots.txt", cause: "tcp-timeout", code: "SILENT" });
    const written = visited(WHERE, [openOrigin("http", [front, lost]), shutOrigin("https", "closed")]);
    expect(written.state).toBe("observed");
    if (written.state === "observed") expect(WEB_VALUES["web.visit"].parse(written.value)).toEqual(written.value);
  });

  test("is dialled at the visit's address for its own host, elsewhere for another, and nowhere without one", () => {
    const hops = [
      { url: A, location: D },
      { url: D },
      { url: A, cause: "asset-not-found", code: "NO_ADDRESS" },
    ] as const;
    const told = visited(WHERE, [openOrigin("http", [walk("front", ...hops, hop({ url: D, address: "192.0.2.1" }))])]);
    if (told.state !== "observed" || told.value.state !== "visited") throw new Error("not visited");
    const addresses = told.value.origins.flatMap(({ walks }) =>
      walks.flatMap((each) => each.hops.map((one) => one.address)),
    );
    expect(addresses).toEqual(["192.0.2.80", "192.0.2.250", null, "192.0.2.1"]);
  });
});

describe("what is not said is ordinary", () => {
  test("a page over a trusted connection where the URL is of HTTPS", () => {
    expect(hop({ url: D }).answer).toMatchObject({
      value: { status: 200, fields: [], tls: { verification: { trusted: true } } },
    });
    expect(hop({ url: A }).answer).toMatchObject({
      value: { tls: null, body: { cut: null, references: { page: null } } },
    });
  });

  test("a Location makes it a permanent redirect, unless another status is said", () => {
    expect(hop({ url: A, location: D }).answer).toMatchObject({ value: { status: 301, fields: [["location", D]] } });
    expect(hop({ url: A, location: D, status: 302 }).answer).toMatchObject({ value: { status: 302 } });
  });

  test("a hop with a cause was not heard", () => {
    expect(hop({ url: A, cause: "tcp-timeout" })).toMatchObject({ code: null, answer: { cause: "tcp-timeout" } });
  });
});
