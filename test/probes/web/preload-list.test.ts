import { describe, expect, test } from "@jest/globals";
import { observed, unobserved } from "../../../lib/core/observation.ts";
import { createPreloadList, type PreloadListOptions } from "../../../lib/probes/web/preload-list.ts";
import type { Reply } from "../../../lib/wire/message.ts";
import { HOST, type Respond, ROOT, VALID, EXPIRED, ADDRESS, WebLoopback } from "../http/loopback.ts";

const web = new WebLoopback();
const { signal } = new AbortController();
const NOON = Date.parse("2026-11-23T12:00:00.000Z");

const A_RECORD = Buffer.from(ADDRESS.split(".").map(Number)).toString("base64");
const resolver: PreloadListOptions["resolver"] = {
  ask: async ({ name, type }) => {
    const answer = type === "A" ? [{ name, type, class: 1, ttl: 60, data: A_RECORD }] : [];
    return observed({ rcode: 0, flags: [], answer, authority: [], additional: [] } as unknown as Reply);
  },
};

function list(changes: Partial<PreloadListOptions> = {}) {
  const { dialer } = web;
  const usual = { resolver, dialer, userAgent: "test", extraAuthorities: [ROOT], now: () => NOON };
  return createPreloadList({ ...usual, origin: `https://${HOST}`, ...changes });
}

const UNKNOWN = { state: "unknown", entry: null, source: HOST, asOf: "2026-11-23" };

/** Serves the JSON, and keeps the paths asked for. */
function serving(answer: object | string, asked: (string | undefined)[] = []): Respond {
  return ({ url }, response) => {
    asked.push(url);
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  };
}

describe("the list", () => {
  test("tells that a name above covers the host", async () => {
    const asked: (string | undefined)[] = [];
    const answer = { name: "www.kommune.dk", status: "preloaded", bulk: true, preloadedDomain: "kommune.dk" };
    await web.secureSite(serving(answer, asked));
    expect(await list().statusOf("www.kommune.dk", { signal })).toEqual({
      ...{ state: "preloaded", entry: "kommune.dk", source: HOST, asOf: "2026-11-23", detail: "" },
    });
    expect(asked).toEqual(["/api/v2/status?domain=www.kommune.dk"]);
  });

  test("is asked once about each name", async () => {
    const asked: (string | undefined)[] = [];
    await web.secureSite(serving({ name: "kommune.dk", status: "unknown", bulk: false, preloadedDomain: "" }, asked));
    const one = list();
    const answers = await Promise.all([one.statusOf("kommune.dk", { signal }), one.statusOf("kommune.dk", { signal })]);
    expect(answers.map(({ state }) => state)).toEqual(["absent", "absent"]);
    expect(asked).toHaveLength(1);
  });
});

describe("what cannot be known is unknown", () => {
  test.each([
    ["no JSON", "<html>"],
    ["another name", { name: "example.dk", status: "preloaded", preloadedDomain: "example.dk" }],
    ["a redirect's page", ""],
  ])("%s", async (_, answer) => {
    await web.secureSite(serving(answer));
    expect(await list().statusOf("kommune.dk", { signal })).toMatchObject(UNKNOWN);
  });

  test("an error, though its content says preloaded", async () => {
    await web.secureSite((_, response) => {
      response.statusCode = 500;
      response.end(JSON.stringify({ name: "kommune.dk", status: "preloaded", preloadedDomain: "kommune.dk" }));
    });
    const status = await list().statusOf("kommune.dk", { signal });
    expect(status).toMatchObject(UNKNOWN);
    expect(status.detail).toContain("500");
  });

  test("a redirect, which is not followed", async () => {
    await web.secureSite((_, response) => void response.writeHead(302, { location: "/elsewhere" }).end());
    expect(await list().statusOf("kommune.dk", { signal })).toMatchObject(UNKNOWN);
  });

  test.each([
    ["expired", EXPIRED, [ROOT]],
    ["of an authority that nobody knows", VALID, []],
  ])("a certificate %s, whatever is said behind it", async (_, certificate, extraAuthorities) => {
    const asked: (string | undefined)[] = [];
    const answer = { name: "kommune.dk", status: "preloaded", preloadedDomain: "kommune.dk" };
    await web.secureSite(serving(answer, asked), certificate);
    expect(await list({ extraAuthorities }).statusOf("kommune.dk", { signal })).toMatchObject(UNKNOWN);
    expect(asked).toEqual([]);
  });

  test("an answer beyond all bounds", async () => {
    await web.secureSite(serving(" ".repeat(100_000) + "{}"));
    expect(await list().statusOf("kommune.dk", { signal })).toMatchObject(UNKNOWN);
  });

  test("no name to be found, and nothing is dialled", async () => {
    const noNames = { ask: async () => unobserved("dns-timeout", "no answer") };
    const dialer = { connectTcp: () => Promise.reject(new Error("dialled")) };
    const status = await list({ resolver: noNames, dialer }).statusOf("kommune.dk", { signal });
    expect(status).toMatchObject(UNKNOWN);
    expect(status.detail).toContain("no answer");
  });

  test("a resolver that never answers, when patience is over", async () => {
    const silent = { ask: () => new Promise<never>(() => undefined) };
    const status = await list({ resolver: silent, patienceMs: 50 }).statusOf("kommune.dk", { signal });
    expect(status).toMatchObject(UNKNOWN);
  });

  test("a server that never answers, when patience is over", async () => {
    await web.secureSite(() => undefined);
    expect(await list({ patienceMs: 300 }).statusOf("kommune.dk", { signal })).toMatchObject(UNKNOWN);
  });

  test("a signal that was aborted", async () => {
    expect(await list().statusOf("kommune.dk", { signal: AbortSignal.abort() })).toMatchObject(UNKNOWN);
  });

  test("after three failures nobody is asked any more", async () => {
    let dialled = 0;
    const refusing = {
      connectTcp: () => {
        dialled += 1;
        return Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
      },
    };
    const one = list({ dialer: refusing });
    for (const host of ["a.dk", "b.dk", "c.dk", "d.dk", "e.dk"]) {
      expect(await one.statusOf(host, { signal })).toMatchObject(UNKNOWN);
    }
    expect(dialled).toBe(3);
  });

  test("switched off", async () => {
    expect(await createPreloadList().statusOf("kommune.dk", { signal })).toMatchObject({
      state: "unknown",
      source: "none",
    });
  });
});
