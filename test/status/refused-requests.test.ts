import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { StoreError } from "../../lib/ports.ts";
import { ROUTES } from "../../lib/status/routes.ts";
import { problemOf } from "./support/problem-of.ts";
import { BROWSER, type StatusWorld, statusWorld, worldOf } from "./support/status-world.ts";

let world: StatusWorld;

beforeAll(async () => {
  world = await statusWorld();
});

describe("what is asked amiss", () => {
  test.each([
    ["/v1/assets?limit=0", "limit"],
    ["/v1/assets?limit=201", "limit"],
    ["/v1/assets?limit=1e2", "limit"],
    ["/v1/assets?limit=", "limit"],
    ["/v1/assets?limit=10&limit=10", "limit"],
    ["/v1/assets?color=red", "color"],
    ["/v1/status?limit=10", "limit"],
    ["/v1/assets?__proto__=1", "__proto__"],
    ["/v1/changes?since=yesterday", "since"],
    ["/v1/changes?since=1999-01-01", "since"],
    ["/v1/changes?since=%zz", "since"],
    ["/v1/changes?since=2026-02-30", "since"],
  ])("%s is refused naming %s, in either language", async (target, name) => {
    for (const [language, word] of [
      ["da", "Forventet"],
      ["en", "Expected"],
    ] as const) {
      const answer = await world.ask(target, { headers: { "accept-language": language } });
      expect(answer.status).toBe(400);
      const { detail } = problemOf(answer);
      expect(detail).toContain(name);
      // A repeated parameter, too, says what was expected.
      expect(detail).toContain(word);
    }
  });

  test("a percent-encoding that is none is refused", async () => {
    for (const path of [
      "/v1/assets/%",
      "/v1/assets/%zz",
      "/v1/assets/%ff",
      "/v1/assets/%C0%AF",
      "/v1/assets/%ED%A0%80",
    ]) {
      expect([path, (await world.ask(path)).status]).toEqual([path, 400]);
    }
  });

  test("a requirement that is none or is not built is 404 and names those that are", async () => {
    for (const id of ["S99", "S21", "%20", "S18%00", "constructor"]) {
      const answer = await world.ask(`/v1/requirements/${id}`);
      expect([id, answer.status]).toEqual([id, 404]);
      expect(problemOf(answer).detail).toContain("S18");
    }
  });

  test("hostile ids find nothing and break nothing", async () => {
    const ids = [
      "x",
      "domain:",
      ":x",
      "domain:\u0000",
      "domain:\u202e",
      "domain:" + "x".repeat(1_200),
      "domain:<script>",
    ];
    const more = [
      "url:https://eksempel.dk/a%20b",
      "domain:../../etc/passwd",
      "domain:\ud7ff\uffff",
      "domain:😀",
      "__proto__:x",
    ];
    for (const id of [...ids, ...more]) {
      for (const rest of ["", "/requirements/S18/history"]) {
        const answer = await world.ask(`/v1/assets/${encodeURIComponent(id)}${rest}`);
        expect([id, answer.status]).toEqual([id, 404]);
        // eslint-disable-next-line no-control-regex -- what a terminal would act on
        expect(problemOf(answer).detail).not.toMatch(/[\u0000-\u001f\u202e]/u);
      }
    }
    expect((await world.ask(`/v1/assets/${"x".repeat(5_000)}`)).status).toBe(414);
    expect(world.errors).toEqual([]);
  });
});

describe("an id", () => {
  test("with slashes, colons and percent signs is one segment, decoded once", async () => {
    const asked: string[] = [];
    const { memory } = world.context;
    const of: typeof memory.states.of = async ({ asset }) => {
      asked.push(asset);
      return null;
    };
    const listening = worldOf(world.remembered, { memory: { ...memory, states: { ...memory.states, of } } });
    const id = "url:https://min.eksempel.dk:8443/a%2fb/c?d";
    await listening.ask(`/v1/assets/${encodeURIComponent(id)}`);
    await listening.ask(`/v1/assets/${encodeURIComponent(id)}/requirements/S18/history`);
    // The asset is looked up under every requirement, its history under one.
    expect(asked).toEqual([...listening.context.requirements.map(() => id), id]);
  });
});

describe("what goes wrong", () => {
  const failing = (error: Error): StatusWorld => {
    const summary = () => Promise.reject(error);
    return worldOf(world.remembered, {
      memory: { ...world.context.memory, days: { ...world.context.memory.days, summary } },
    });
  };

  test("with the store is 503 in words, without where it is, and is told to us", async () => {
    const error = new StoreError("corrupt", "/srv/secret-folder", "inner detail");
    const failed = failing(error);
    const answer = await failed.ask("/v1/status?lang=en");
    expect(answer.status).toBe(503);
    expect(problemOf(answer)).toMatchObject({ type: "urn:kravvagt:problem:store-unavailable" });
    expect(answer.body).not.toMatch(/secret|inner/u);
    expect(answer.headers.etag).toBeUndefined();
    expect(failed.errors).toEqual([error]);
  });

  test("with us is 500 without details, as a page for a browser, and is told to us", async () => {
    const error = new TypeError("cannot read secrets of undefined");
    const failed = failing(error);
    expect(problemOf(await failed.ask("/v1/status")).status).toBe(500);
    const page = await failed.ask("/v1/status", { headers: { accept: BROWSER } });
    expect([page.status, page.headers["content-type"]]).toEqual([500, "text/html; charset=utf-8"]);
    expect(page.body).not.toContain("secrets");
    expect(failed.errors).toEqual([error, error]);
  });

  test("while the page of it is made is still answered", async () => {
    const broken = (): never => {
      throw new Error("the renderer is broken");
    };
    const failed = worldOf(world.remembered, {}, { page: broken, problem: broken });
    const answer = await failed.ask("/v1/status", { headers: { accept: BROWSER } });
    expect(problemOf(answer).status).toBe(500);
    expect(failed.errors).toHaveLength(2);
  });
});

describe("whatever is asked", () => {
  const literal = ROUTES.flatMap(({ path }) => path.split("/").filter((segment) => /^[a-z]/u.test(segment)));
  const segment = fc.oneof(
    fc.constantFrom(...literal, "", "..", "S18", "domain%3Ax.dk"),
    fc.string().map((text) => encodeURIComponent(text.toWellFormed())),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const path = fc.array(segment, { maxLength: 7 }).map((segments) => `/${segments.join("/")}`);
  const query = fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom("limit", "cursor", "since", "asOf", "format", "lang"), fc.string()),
      fc.oneof(fc.constantFrom("1", "json", "da", "2026-11-22"), fc.string({ unit: "binary" })),
    ),
    { maxLength: 3 },
  );
  const headers = fc.record(
    { accept: fc.string(), "accept-language": fc.string(), "if-none-match": fc.string() },
    { requiredKeys: [] },
  );
  const method = fc.constantFrom("GET", "GET", "HEAD", "POST", "");

  test("is answered, and never with a fault of ours", async () => {
    await fc.assert(
      fc.asyncProperty(path, query, headers, method, async (asked, pairs, fields, verb) => {
        const answer = await world.handler({
          ...{ method: verb, path: asked, query: new URLSearchParams(pairs), headers: fields },
        });
        expect(answer.status).toBeLessThan(500);
        expect(answer.headers["x-content-type-options"]).toBe("nosniff");
        for (const value of Object.values(answer.headers)) expect(value).toMatch(/^[\x20-\x7e]*$/u);
      }),
      { numRuns: 1_500 },
    );
  });
});
