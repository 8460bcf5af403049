import { expect, test } from "@jest/globals";
import { type Observation, observed, unobserved } from "../../../lib/core/observation.ts";
import { withOwnHosts } from "../../../lib/probes/web/own-hosts.ts";
import type { WebVisit } from "../../../lib/web/observations.ts";
import { openOrigin, visited, walk } from "../../../lib/web/written-visit.ts";

const HOST = "www.kommune.dk";
const plain = (...urls: readonly string[]) => ({
  references: { plain: urls.map((url) => ({ kind: "link" as const, url })) },
});
const where = { host: HOST, address: "192.0.2.80", role: "own" } as const;

function look(result: Observation<"web.visit">["result"]): Observation<"web.visit"> {
  return { kind: "web.visit", asset: `host:${HOST}`, target: HOST, observedAt: "2026-01-01T00:00:00.000Z", result };
}

const seen = look(
  visited(where, [
    openOrigin("http", [
      walk(
        "front",
        { url: `http://${HOST}/`, location: "http://ny.dk/" },
        { url: "http://ny.dk/", cause: "tcp-timeout" },
      ),
    ]),
    openOrigin("https", [
      walk("front", {
        url: `https://${HOST}/`,
        ...plain("http://skole.dk/a", "http://ny.dk/b", "http://fremmed.dk/", "http://192.0.2.1/", `http://${HOST}/`),
      }),
    ]),
  ]),
);

function ownHostsOf(found: Observation<"web.visit"> | undefined): WebVisit | readonly string[] | undefined {
  const value = found?.result.state === "observed" ? found.result.value : undefined;
  return value?.state === "visited" ? value.ownHosts : value;
}

test("the other hosts of a visit that are declared are written into it, each once", () => {
  const isDeclared = (host: string): boolean => host !== "fremmed.dk";
  expect(withOwnHosts([seen], isDeclared).map(ownHostsOf)).toEqual([["ny.dk", "skole.dk"]]);
});

test("what has none, and what is no visit, stays what it was", () => {
  const others = [
    seen,
    look(unobserved("tcp-timeout", "silent")),
    look(observed({ state: "nothing-to-visit", why: "no-address" })),
  ];
  expect(withOwnHosts(others, () => false)).toEqual(others);
  expect(withOwnHosts(others.slice(1), () => true)).toEqual(others.slice(1));
});
