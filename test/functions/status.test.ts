import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type * as statusModule from "../../functions/status.ts";
import { STATIC_ASSETS } from "../../lib/status/assets.ts";
import { requestIn } from "../../functions/http-api.ts";
import { httpEvent } from "../bundles/events.ts";
import { type Aws, contextOf, startAws } from "./aws.ts";

type Handler = typeof statusModule.handler;

let aws: Aws;
let handler: Handler;

beforeAll(async () => {
  aws = await startAws();
  ({ handler } = await import("../../functions/status.ts"));
});

afterAll(async () => aws.stop());

test("before the first round it answers, reads, and writes nothing", async () => {
  const { statusCode, body, isBase64Encoded, headers } = await handler(httpEvent("/health"), contextOf("status"));
  expect([statusCode, isBase64Encoded]).toEqual([200, false]);
  expect(JSON.parse(body ?? "")).toMatchObject({ status: "waiting", lastRun: null });
  expect(headers?.["x-content-type-options"]).toBe("nosniff");
  expect(await aws.table.query("K#service")).toEqual([]);
});

test("bytes come as base64 and are the file's", async () => {
  const [name = "", asset] = [...STATIC_ASSETS].find(([each]) => each.endsWith(".woff2")) ?? [];
  const { statusCode, body, isBase64Encoded } = await handler(httpEvent(`/assets/${name}`), contextOf("status"));
  expect([statusCode, isBase64Encoded]).toEqual([200, true]);
  expect(Buffer.from(body ?? "", "base64").equals(asset?.body ?? Buffer.alloc(0))).toBe(true);
});

test("what is not there is a problem for programs and a page for people, in the language that was asked for", async () => {
  const asked = { headers: { accept: "application/json", "accept-language": "en" } };
  const problem = await handler(httpEvent("/v1/assets/domain%3Anobody.dk", asked), contextOf("status"));
  expect([problem.statusCode, problem.headers?.["content-type"]]).toEqual([404, "application/problem+json"]);
  expect(problem.headers?.["content-language"]).toBe("en");
  const page = await handler(httpEvent("/nowhere", { headers: { accept: "text/html" } }), contextOf("status"));
  expect([page.statusCode, page.headers?.["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
});

test("a method that is not allowed is answered so", async () => {
  const { statusCode, headers } = await handler(httpEvent("/v1/status", { method: "POST" }), contextOf("status"));
  expect([statusCode, headers?.allow]).toEqual([405, "GET, HEAD"]);
});

test("the event's path is encoded again, its query is read, and its cookies are a field", () => {
  const id = encodeURIComponent("url:https://min.example.dk/a%20b/c");
  const event = httpEvent(`/v1/assets/${id}/requirements/S18/history`, {
    query: "limit=5&lang=en",
    cookies: ["one=1", "two=2"],
    headers: { accept: "application/json" },
  });
  expect(event.rawPath).toBe("/v1/assets/url:https://min.example.dk/a%20b/c/requirements/S18/history");
  const { method, path, query, headers } = requestIn(event);
  expect([method, path]).toEqual(["GET", `/v1/assets/${id}/requirements/S18/history`]);
  expect([...query]).toEqual([
    ["limit", "5"],
    ["lang", "en"],
  ]);
  expect([headers.cookie, headers.accept]).toEqual(["one=1; two=2", "application/json"]);
});
