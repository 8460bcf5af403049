import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { createStatusHandler } from "../../lib/status/handler.ts";
import { startStatusServer } from "../../lib/status/local-server.ts";
import { pageRenderer } from "../../lib/status/pages/index.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { report } from "./measure.ts";
import { MUNICIPALITY, rememberYear } from "./remembered-year.ts";

const EXTENT = { assets: 2_000, changes: 4, runs: 24 * 7 } as const;
const NOW = Date.parse("2026-11-23T10:10:00.000Z");
const TIMES = 60;
const WARM_UP = 5;
/** Milliseconds, at the 95th percentile. */
const STATUS_TARGET = 20;
const LIST_TARGET = 200;
/** A report opens the judgement of every asset. */
const REPORT_TARGET = 3_000;
const REPORT_TIMES = 5;

/** The status API over HTTP on a data folder with 2,000 assets and a year of history. */
export async function benchStatusApi(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kravvagt-bench-"));
  try {
    await benchFolder(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchFolder(folder: string): Promise<void> {
  const data = await openDataFolder(folder, { create: true });
  const { assets, changes, runs } = EXTENT;
  console.log(
    `\nstatus API, ${String(assets)} assets, ${String(changes)} changes each in a year, over HTTP on this machine`,
  );
  try {
    const started = performance.now();
    const ids = await rememberYear({ assets, changes, runs }, NOW, {
      memory: createMemory(data.table),
      evidence: data.evidence,
    });
    report("  writing that year", (performance.now() - started) / 1000, "s");
    const context = { municipality: MUNICIPALITY.id, memory: createMemory(data.table), evidence: data.evidence };
    const settings = { now: () => NOW, secret: "bench", requirements: REQUIREMENTS, language: "da" } as const;
    const onError = (error: unknown): void => console.error(error);
    const handler = createStatusHandler({ ...context, ...settings }, pageRenderer, { onError });
    const server = await startStatusServer({ handler, port: 0, token: "bench" });
    try {
      await benchRoutes(server.url, ids);
    } finally {
      await server.close();
    }
  } finally {
    await data.close();
  }
}

async function benchRoutes(url: string, ids: readonly string[]): Promise<void> {
  const some = encodeURIComponent(ids[Math.floor(ids.length / 2)] ?? "");
  const deep = await cursorAfter(`${url}/v1/assets?limit=200`, 5);
  await bench("/v1/status", `${url}/v1/status`, STATUS_TARGET);
  await bench("/v1/status, page", `${url}/v1/status`, LIST_TARGET, { accept: "text/html" });
  await bench("/v1/requirements/S18", `${url}/v1/requirements/S18`, LIST_TARGET);
  await bench("/v1/assets", `${url}/v1/assets`, LIST_TARGET);
  await bench("/v1/assets, 200 rows, sixth page", `${url}/v1/assets?limit=200&cursor=${deep}`, LIST_TARGET);
  await bench("/v1/assets, page", `${url}/v1/assets`, LIST_TARGET, { accept: "text/html" });
  await bench("/v1/assets/{id}", `${url}/v1/assets/${some}`, LIST_TARGET);
  await bench("/v1/assets/{id}/.../history", `${url}/v1/assets/${some}/requirements/S18/history`, LIST_TARGET);
  await bench("/v1/changes, 30 days", `${url}/v1/changes`, LIST_TARGET);
  await bench("/v1/changes, a year, 200 rows", `${url}/v1/changes?since=2025-11-23&limit=200`, LIST_TARGET);
  await bench("/v1/regressions, half of all assets have one", `${url}/v1/regressions`, LIST_TARGET);
  await bench("/v1/runs", `${url}/v1/runs`, LIST_TARGET);
  await bench("/v1/report", `${url}/v1/report`, REPORT_TARGET, { times: REPORT_TIMES });
  await bench("/health", `${url}/health`, STATUS_TARGET);
  await bench("/metrics", `${url}/metrics`, STATUS_TARGET);
}

async function cursorAfter(first: string, pages: number): Promise<string> {
  let cursor = "";
  for (let page = 0; page < pages; page += 1) {
    const answer = await fetch(`${first}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    cursor = ((await answer.json()) as { readonly next: string | null }).next ?? "";
  }
  return cursor;
}

interface Manner {
  readonly accept?: string;
  readonly times?: number;
}

async function bench(
  what: string,
  target: string,
  aim: number,
  { accept = "application/json", times: count = TIMES }: Manner = {},
): Promise<void> {
  const times: number[] = [];
  let size = 0;
  for (let time = -WARM_UP; time < count; time += 1) {
    const started = performance.now();
    const answer = await fetch(target, { headers: { accept } });
    size = (await answer.arrayBuffer()).byteLength;
    if (answer.status !== 200) throw new Error(`${target}: ${String(answer.status)}`);
    if (time >= 0) times.push(performance.now() - started);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const [median = NaN, p95 = NaN] = [sorted[Math.floor(count / 2)], sorted[Math.floor(count * 0.95)]];
  const verdict = p95 <= aim ? "" : ", SHORT OF THE AIM";
  const kilobytes = (size / 1000).toFixed(0);
  report(`  ${what}`, p95, "ms", `p95 (aim ${String(aim)}); median ${median.toFixed(1)}, ${kilobytes} kB${verdict}`);
}

if (import.meta.main) await benchStatusApi();
