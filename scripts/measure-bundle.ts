import { execFile } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { pathToFileURL } from "node:url";

export interface Measured {
  readonly name: string;
  readonly bytes: number;
  /** The least time that loading the module took in a process of its own: what else the machine did can only add to it. */
  readonly milliseconds: number;
  readonly unbundled: number;
}

const TIMES = 7;
const run = promisify(execFile);

/** Enough for a module to load: nothing is asked of these places. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  ...{ AWS_REGION: "eu-north-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" },
  ...{ TABLE_NAME: "kravvagt", EVIDENCE_BUCKET: "evidence", INVENTORY_BUCKET: "inventory", MUNICIPALITY: "0000" },
  JOBS_QUEUE_URL: "http://127.0.0.1:9/000000000000/jobs",
  MAIL_JOBS_QUEUE_URL: "http://127.0.0.1:9/000000000000/mail-jobs",
  WEB_JOBS_QUEUE_URL: "http://127.0.0.1:9/000000000000/web-jobs",
  CLOSE_QUEUE_URL: "http://127.0.0.1:9/000000000000/close.fifo",
  ALERT_TOPIC_ARN: "arn:aws:sns:eu-north-1:000000000000:alerts",
  LANGUAGE: "da",
};

/** Loads both forms of a function in turn, each time in a new process, and takes the least times. */
export async function measureBundle(
  name: string,
  files: { readonly bundle: string; readonly unbundled: string },
): Promise<Measured> {
  const times: { readonly bundle: number[]; readonly unbundled: number[] } = { bundle: [], unbundled: [] };
  for (let time = 0; time < TIMES; time += 1) {
    times.bundle.push(await loadTime(files.bundle));
    times.unbundled.push(await loadTime(files.unbundled));
  }
  return {
    name,
    bytes: bytesIn(path.dirname(files.bundle)),
    milliseconds: Math.min(...times.bundle),
    unbundled: Math.min(...times.unbundled),
  };
}

/** Of all files of a bundle. */
function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}

/** Rejects when the module does not load, or exports no handler. */
async function loadTime(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", LOAD, pathToFileURL(file).href], {
    env: { ...ENVIRONMENT, PATH: process.env.PATH },
  });
  return Number(stdout);
}

/** The measuring process is given a script, the module that it measures is loaded from its file. */
const LOAD = `
  const from = performance.now();
  const { handler } = await import(process.argv[1]);
  const milliseconds = performance.now() - from;
  if (typeof handler !== "function") throw new Error("the module exports no handler");
  process.stdout.write(String(milliseconds));
`;
