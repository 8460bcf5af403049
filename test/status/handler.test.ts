import { beforeAll, describe, expect, test } from "@jest/globals";
import { problemOf } from "./support/problem-of.ts";
import { BROWSER, type StatusWorld, statusWorld } from "./support/status-world.ts";

let world: StatusWorld;

beforeAll(async () => {
  world = await statusWorld();
});

describe("who asks", () => {
  test("as a browser gets the page of the same body, with its own place", async () => {
    const answer = await world.ask("/v1/changes?limit=1&lang=en", { headers: { accept: BROWSER } });
    expect(answer.headers).toMatchObject({ "content-type": "text/html; charset=utf-8", "content-language": "en" });
    expect(answer.body).toContain("<title>changes</title>");
    expect(answer.body).toContain(JSON.stringify("/v1/changes?limit=1&lang=en"));
    const json = await world.ask("/v1/changes?limit=1&lang=en");
    const made = JSON.parse(String(answer.body).split("</title>")[1] ?? "") as { readonly body: unknown };
    expect(made.body).toEqual(JSON.parse(String(json.body)));
  });

  test("as a browser for what has no page gets JSON, and for what is not there a page", async () => {
    const headers = { accept: BROWSER };
    expect((await world.ask("/health", { headers })).headers["content-type"]).toContain("application/json");
    const missing = await world.ask("/nowhere", { headers });
    expect(missing.status).toBe(404);
    expect(missing.headers["content-type"]).toContain("text/html");
    expect(missing.body).toContain("<title>problem</title>");
  });

  test.each([
    [{}, "da"],
    [{ "accept-language": "en-GB,en;q=0.9,da;q=0.1" }, "en"],
    [{ "accept-language": "da-DK" }, "da"],
    [{ "accept-language": "de, fr" }, "da"],
    [{ "accept-language": "*" }, "da"],
  ])("with %j is answered in the language liked best", async (headers, language) => {
    const answer = await world.ask("/v1/status", { headers });
    expect(answer.headers).toMatchObject({ "content-language": language, vary: "Accept, Accept-Language" });
  });

  test("?lang= wins over the header, and is refused when it is no language", async () => {
    const headers = { "accept-language": "da" };
    expect((await world.ask("/v1/status?lang=en", { headers })).headers["content-language"]).toBe("en");
    expect(problemOf(await world.ask("/v1/status?lang=de")).detail).toContain("lang");
  });
});

describe("an answer", () => {
  test("of every kind has the headers that keep browsers safe", async () => {
    const targets = [
      "/",
      "/v1/status",
      "/v1/status/",
      "/nowhere",
      "/metrics",
      "/openapi.json",
      "/assets/style.0123.css",
    ];
    for (const target of targets) {
      const { headers } = await world.ask(target);
      expect(headers).toMatchObject({
        "content-security-policy": expect.stringContaining("default-src 'none'; style-src 'self'"),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
      });
    }
  });

  test("is not sent again to who has it", async () => {
    const first = await world.ask("/v1/status");
    const etag = first.headers.etag ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/u);
    expect(first.headers["cache-control"]).toBe("no-cache");
    for (const field of [etag, `W/${etag}`, `"other", W/${etag}`, "*"]) {
      const again = await world.ask("/v1/status", { headers: { "if-none-match": field } });
      expect([again.status, again.body, again.headers.etag]).toEqual([304, "", etag]);
      expect(again.headers).toMatchObject({ vary: first.headers.vary, "cache-control": "no-cache" });
      expect(again.headers["content-type"]).toBeUndefined();
    }
    for (const field of ['"other"', etag.slice(1, -1), ""]) {
      expect((await world.ask("/v1/status", { headers: { "if-none-match": field } })).status).toBe(200);
    }
    const english = await world.ask("/v1/status?lang=en");
    const page = await world.ask("/v1/status", { headers: { accept: BROWSER } });
    expect(new Set([etag, english.headers.etag, page.headers.etag]).size).toBe(3);
  });

  test("to HEAD is that to GET without its body", async () => {
    for (const target of ["/", "/v1/status", "/v1/assets", "/metrics", "/nowhere", "/assets/style.0123.css"]) {
      const [get, head] = [await world.ask(target), await world.ask(target, { method: "HEAD" })];
      expect(head).toEqual({ ...get, body: "" });
      expect(head.headers["content-length"]).toBe(String(Buffer.byteLength(get.body)));
    }
  });

  test("to any other method is 405 and names those that are allowed, or 404 where nothing is", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"]) {
      for (const target of ["/v1/status", "/v1/assets/domain%3Ax.dk", "/v1/status/"]) {
        const answer = await world.ask(target, { method });
        expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, "GET, HEAD"]);
        expect(problemOf(answer).type).toBe("urn:kravvagt:problem:method-not-allowed");
      }
      expect((await world.ask("/nowhere", { method })).status).toBe(404);
    }
  });

  test("at the front door leads to the status", async () => {
    expect(await world.ask("/")).toMatchObject({ status: 307, headers: { location: "/v1/status" } });
    expect(await world.ask("/?lang=en")).toMatchObject({ status: 307, headers: { location: "/v1/status?lang=en" } });
  });

  test("to a slash too many leads to the address without it, and never to another host", async () => {
    expect(await world.ask("/v1/changes/?since=2026-11-01")).toMatchObject({
      ...{ status: 308, headers: { location: "/v1/changes?since=2026-11-01" } },
    });
    expect(await world.ask("/v1/assets/")).toMatchObject({ status: 308, headers: { location: "/v1/assets" } });
    for (const target of [
      "//",
      "//evil.example/",
      "//evil.example",
      "/v1/status//",
      "/v1//status",
      "/\\evil.example/",
    ]) {
      expect([target, (await world.ask(target)).status]).toEqual([target, 404]);
    }
  });
});

describe("static files", () => {
  test("are kept for ever, by exactly their names", async () => {
    const answer = await world.ask("/assets/style.0123.css");
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "text/css; charset=utf-8" } });
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    for (const name of [
      "",
      "other.css",
      "../package.json",
      "..%2fpackage.json",
      "style.0123.css/",
      "%73tyle.0123.css",
      "__proto__",
    ]) {
      expect([name, (await world.ask(`/assets/${name}`)).status]).toEqual([name, 404]);
    }
    expect((await world.ask("/assets/style.0123.css", { method: "POST" })).status).toBe(404);
  });
});
