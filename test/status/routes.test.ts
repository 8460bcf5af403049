import { beforeAll, describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { openApiText } from "../../lib/status/openapi.ts";
import type {
  AssetBody,
  AssetsBody,
  ChangesBody,
  HealthBody,
  HistoryBody,
  RegressionsBody,
  RequirementBody,
  RunsBody,
  Status,
} from "../../lib/status/forms.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { ROUTES } from "../../lib/status/routes.ts";
import { addressOf } from "../support/looks.ts";
import { pageRenderer } from "../../lib/status/pages/index.ts";
import { BROWSER, type StatusWorld, statusWorld, worldOf } from "./support/status-world.ts";

let world: StatusWorld;
let signed: string;
let evidence: string;

beforeAll(async () => {
  world = await statusWorld();
  signed = world.remembered.assetId("signed");
  const { verdicts } = await world.read<AssetBody>(`/v1/assets/${encodeURIComponent(signed)}`);
  evidence = verdicts[0]?.evidence ?? "";
});

/** A request for each route of the table, by its id. */
function targets(): Readonly<Record<string, string>> {
  const asset = encodeURIComponent(signed);
  return {
    ...{ root: "/", status: "/v1/status", requirements: "/v1/requirements", requirement: "/v1/requirements/S18" },
    ...{ assets: "/v1/assets", asset: `/v1/assets/${asset}`, history: `/v1/assets/${asset}/requirements/S18/history` },
    ...{ changes: "/v1/changes", regressions: "/v1/regressions", runs: "/v1/runs", report: "/v1/report" },
    ...{ evidence: `/v1/evidence/${evidence}`, openapi: "/openapi.json", health: "/health", metrics: "/metrics" },
  };
}

describe("every route", () => {
  test("has a request here, and an id and a path of its own", () => {
    expect(Object.keys(targets()).sort()).toEqual(ROUTES.map(({ id }) => id).sort());
    expect(new Set(ROUTES.map(({ path }) => path)).size).toBe(ROUTES.length);
  });

  test.each(["da", "en"] as const)("answers in its form, in %s", async (lang) => {
    const bodies = ROUTES.flatMap((route) => (route.answers.kind === "json" ? [{ ...route, ...route.answers }] : []));
    expect(bodies.length).toBeGreaterThan(10);
    const { components } = JSON.parse(openApiText()) as { readonly components: { readonly schemas: object } };
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "openapi", components });
    for (const { id, name, form } of bodies) {
      const answer = await world.ask(`${targets()[id] ?? ""}?lang=${lang}`);
      const body: unknown = JSON.parse(String(answer.body));
      expect([id, answer.status, answer.headers["content-language"]]).toEqual([id, 200, lang]);
      expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
      expect([id, form.safeParse(body).error?.issues]).toEqual([id, undefined]);
      const isOfDocument = ajv.validate({ $ref: `openapi#/components/schemas/${name}` }, body);
      expect([id, isOfDocument, ajv.errors]).toEqual([id, true, null]);
    }
  });
});

describe("every page", () => {
  test.each(["da", "en"] as const)("is made of what is remembered, in %s", async (lang) => {
    const people = worldOf(world.remembered, {}, pageRenderer);
    const shown = ROUTES.filter(({ page }) => page !== null);
    expect(shown.length).toBe(10);
    for (const { id } of shown) {
      const answer = await people.ask(`${targets()[id] ?? ""}?lang=${lang}`, { headers: { accept: BROWSER } });
      expect([id, answer.status]).toEqual([id, 200]);
      expect(answer.body).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${lang}"`, "iu"));
    }
    expect(people.errors).toEqual([]);
  });
});

describe("the page of the report", () => {
  test("leads to the history of whatever was judged, and to none of what never was", async () => {
    const people = worldOf(world.remembered, {}, pageRenderer);
    const accept = { headers: { accept: BROWSER } };
    const { body } = await people.ask("/v1/report?lang=da", accept);
    const links = [...String(body).matchAll(/href="(\/v1\/assets\/[^"]*\/history[^"]*)"/gu)].map(
      ([, link = ""]) => link,
    );
    // Of the requirements that are shown one has been judged, of three assets.
    expect(links).toHaveLength(3);
    for (const link of links)
      expect([link, (await people.ask(link.replaceAll("&amp;", "&"), accept)).status]).toEqual([link, 200]);
    expect(String(body)).toContain("Aktivet er endnu ikke undersøgt.");
  });
});

describe("what is answered", () => {
  test("the status is that of the last close", async () => {
    const status = await world.read<Status>("/v1/status");
    expect(status).toMatchObject({
      municipality: { id: "0101", name: "Eksempelkommune" },
      ...{ reading: "kommune-2024", overall: { verdict: "fail", cause: null }, suspect: false },
      closedAt: "2026-11-22T10:10:00.000Z",
    });
    const told = (id: string) => status.requirements.find(({ requirement }) => requirement === id);
    expect(told("S18")).toMatchObject({
      ...{ verdict: "fail", openRegressions: 1, nextRound: "2026-11-22T11:00:00.000Z" },
      assets: { fail: 2, indeterminate: 1, pass: 0 },
    });
    // Of the same round without an answer, of families that no round has closed for: none of them is good.
    expect(status.requirements.map((each) => [each.requirement, each.verdict, each.openRegressions])).toEqual([
      ["S17", "indeterminate", 0],
      ["S18", "fail", 1],
      ["S19", "indeterminate", 0],
      ["S20", "indeterminate", 0],
      ["S23", "indeterminate", 0],
      ["S27", "indeterminate", 0],
      ["K11", "indeterminate", 0],
    ]);
    expect(told("S19")).toMatchObject({ cause: "probe-stale", assets: { indeterminate: 3, pass: 0 } });
    expect(told("S20")).toMatchObject({ since: null, nextRound: "2026-11-22T12:00:00.000Z" });
    expect(told("S17")).toMatchObject({ since: null, nextRound: "2026-11-23T00:00:00.000Z" });
  });

  test("a requirement has its source's words and each asset's verdict", async () => {
    const body = await world.read<RequirementBody>("/v1/requirements/s18");
    expect(body.wording).toContain("DNSSEC");
    expect(Object.fromEntries(body.verdicts.map(({ asset, cause, verdict }) => [asset.id, cause ?? verdict]))).toEqual({
      [signed]: "fail",
      [world.remembered.assetId("unsigned")]: "fail",
      [world.remembered.assetId("all-silent")]: "dns-timeout",
    });
  });

  test("an asset has its findings with the remedy, in the language asked for", async () => {
    const target = `/v1/assets/${encodeURIComponent(signed)}`;
    const [da, en] = [await world.read<AssetBody>(target), await world.read<AssetBody>(`${target}?lang=en`)];
    const [inDanish, inEnglish] = [da, en].map(({ verdicts }) =>
      verdicts[0]?.findings?.find(({ outcome }) => outcome === "fail"),
    );
    expect(inDanish?.tag).toBe("S18_SIGNATURE_EXPIRED");
    expect(inDanish?.remedy).toMatch(/\S/u);
    expect(inEnglish?.remedy).toMatch(/\S/u);
    expect(inDanish?.remedy).not.toBe(inEnglish?.remedy);
    expect(da.verdicts[0]?.openRegression).toBe(2);
  });

  test("findings that were lost are said to be, and the verdict stays", async () => {
    const lost = worldOf(world.remembered, { evidence: { ...world.remembered.evidence, get: async () => null } });
    const { verdicts } = await lost.read<AssetBody>(`/v1/assets/${encodeURIComponent(signed)}?lang=en`);
    expect(verdicts).toMatchObject([{ verdict: "fail", findings: null, problem: expect.stringContaining("missing") }]);
  });

  test("findings of another asset are not shown as this one's", async () => {
    const foreign = (
      await world.read<AssetBody>(`/v1/assets/${encodeURIComponent(world.remembered.assetId("unsigned"))}`)
    ).verdicts[0]?.judgement;
    const { states } = world.context.memory;
    const of: typeof states.of = async (subject) => {
      const state = await states.of(subject);
      return state === null ? null : { ...state, judgement: foreign ?? "" };
    };
    const swapped = worldOf(world.remembered, { memory: { ...world.context.memory, states: { ...states, of } } });
    const { verdicts } = await swapped.read<AssetBody>(`/v1/assets/${encodeURIComponent(signed)}?lang=en`);
    expect(verdicts).toMatchObject([{ findings: null, problem: "The findings belong to another asset." }]);
  });

  test("a history is told newest first, with findings, and its chain is checked", async () => {
    const history = await world.read<HistoryBody>(targets().history ?? "");
    expect(history.transitions.map(({ number, kind }) => [number, kind])).toEqual([
      [2, "regression"],
      [1, "baseline"],
    ]);
    expect(history.transitions.every(({ findings }) => (findings ?? []).length > 0)).toBe(true);
    expect(history.chain).toEqual({ holds: true, problem: null });
  });

  test.each([
    ["altered", (all: readonly object[]) => all.map((each) => ({ ...each, rules: "S18@9 kommune-2024" }))],
    ["cut short at its end", (all: readonly object[]) => all.slice(0, 1)],
    ["cut short at its beginning", (all: readonly object[]) => all.slice(1)],
  ])("a history that was %s is said not to hold", async (_, alter) => {
    const { memory } = world.context;
    const history: typeof memory.transitions.history = async (subject) =>
      alter(await memory.transitions.history(subject)) as never;
    const altered = worldOf(world.remembered, {
      memory: { ...memory, transitions: { ...memory.transitions, history } },
    });
    const { chain } = await altered.read<HistoryBody>(targets().history ?? "");
    expect(chain).toEqual({ holds: false, problem: expect.stringMatching(/\S/u) });
  });

  test("changes are those of the last 30 days, or since a moment", async () => {
    const all = await world.read<ChangesBody>("/v1/changes");
    expect(all.since).toBe("2026-10-23T10:30:00.000Z");
    expect(all.changes.map(({ kind }) => kind)).toEqual(["regression", "baseline", "baseline", "baseline"]);
    expect(all.changes[0]?.id).toBe(`S18#${signed}#2`);
    const later = await world.read<ChangesBody>("/v1/changes?since=2026-11-22T00:00:00Z");
    expect(later.changes.map(({ id }) => id)).toEqual([`S18#${signed}#2`]);
    const danish = await world.read<ChangesBody>("/v1/changes?since=2026-11-22");
    expect(danish.since).toBe("2026-11-21T23:00:00.000Z");
  });

  test("open regressions are those of declared assets", async () => {
    const { regressions } = await world.read<RegressionsBody>("/v1/regressions");
    expect(regressions.map(({ id, kind }) => [id, kind])).toEqual([[`S18#${signed}#2`, "regression"]]);
  });

  test("runs are told newest first, as many as are asked for", async () => {
    const { runs } = await world.read<RunsBody>("/v1/runs?limit=3");
    expect(runs.map(({ id }) => id)).toEqual([
      "domains/2026-11-22T10:00:00.000Z/confirm",
      "domains/2026-11-22T10:00:00.000Z",
      "domains/2026-11-20T10:00:00.000Z/confirm",
    ]);
  });

  test("a past day's report is that day's", async () => {
    const verdictOf = async (target: string) => {
      const report = await world.read<{ readonly verdicts: readonly { asset: { id: string }; verdict: string }[] }>(
        target,
      );
      return report.verdicts.find(({ asset }) => asset.id === signed)?.verdict;
    };
    expect(await verdictOf("/v1/report?asOf=2026-11-21&format=json")).toBe("pass");
    expect(await verdictOf("/v1/report?asOf=2026-11-22")).toBe("fail");
    expect(await verdictOf("/v1/report")).toBe("fail");
    expect((await world.ask("/v1/report?asOf=2026-11-19")).status).toBe(404);
    expect((await world.ask("/v1/report?asOf=2026-11-23")).status).toBe(400);
    expect((await world.ask("/v1/report?asOf=2026-02-30")).status).toBe(400);
    expect((await world.ask("/v1/report?format=xlsx")).status).toBe(400);
  });

  test("the service tells how old its last run is, and when that is too old", async () => {
    expect(await world.read<HealthBody>("/health")).toMatchObject({
      ...{ status: "ok", lastRun: "2026-11-22T10:10:00.000Z", ageSeconds: 1200 },
    });
    const late = worldOf(world.remembered, { now: () => Date.parse("2026-11-22T12:10:01.000Z") });
    expect(await late.read<HealthBody>("/health")).toMatchObject({ status: "late", ageSeconds: 7201 });
    const none = worldOf(world.remembered, { municipality: "9999" });
    expect(await none.read<HealthBody>("/health")).toMatchObject({
      status: "waiting",
      lastRun: null,
      ageSeconds: null,
    });
  });

  test("a municipality of which nothing is remembered has no verdict, rather than a good one", async () => {
    const none = worldOf(world.remembered, { municipality: "9999" });
    const status = await none.read<Status>("/v1/status");
    expect(status).toMatchObject({ overall: { verdict: "indeterminate" }, closedAt: null, reading: null });
    expect(status.requirements.map(({ requirement }) => requirement)).toEqual(REQUIREMENTS.map(({ id }) => id));
    for (const told of status.requirements) {
      expect(told).toMatchObject({ verdict: "indeterminate", cause: "no-inventory", since: null });
    }
    expect((await none.read<AssetsBody>("/v1/assets")).assets).toEqual([]);
  });
});

describe("evidence", () => {
  test("is answered as it is kept, under either writing of its address, and is not kept by anybody", async () => {
    const kept = await world.remembered.evidence.get(evidence);
    for (const text of [evidence, evidence.slice("sha256:".length), encodeURIComponent(evidence)]) {
      const answer = await world.ask(`/v1/evidence/${text}`);
      expect(answer.status).toBe(200);
      expect(answer.body).toBe(kept);
      expect(answer.headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
      expect(answer.headers.etag).toBeUndefined();
    }
  });

  test("judgements are evidence too", async () => {
    const { verdicts } = await world.read<AssetBody>(`/v1/assets/${encodeURIComponent(signed)}`);
    const answer = await world.ask(`/v1/evidence/${verdicts[0]?.judgement ?? ""}`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(String(answer.body))).toMatchObject({ kind: "judgement", asset: signed });
  });

  test("that does not fit its address is not shown", async () => {
    const kept = (await world.remembered.evidence.get(evidence)) ?? "";
    for (const text of [kept.replace("domain:", "domain:x"), "not JSON", ""]) {
      const spoilt = worldOf(world.remembered, { evidence: { ...world.remembered.evidence, get: async () => text } });
      const answer = await spoilt.ask(`/v1/evidence/${evidence}`);
      expect(answer.status).toBe(503);
      expect(JSON.parse(String(answer.body))).toMatchObject({ type: "urn:kravvagt:problem:evidence-unfit" });
    }
  });

  test("that is not kept is 404; what is no address is 400", async () => {
    expect((await world.ask(`/v1/evidence/${addressOf("nothing")}`)).status).toBe(404);
    for (const text of [
      "x",
      "sha256:",
      "a".repeat(63),
      "a".repeat(65),
      "sha512:" + "a".repeat(64),
      "..%2f..%2fpasswd",
    ]) {
      expect([text, (await world.ask(`/v1/evidence/${text}`)).status]).toEqual([text, 400]);
    }
  });
});
