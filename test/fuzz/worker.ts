import { parentPort, workerData } from "node:worker_threads";
import { problemWith } from "./problem-with.ts";
import { Random } from "./random.ts";
import { CURRENT_HEAD_OCTETS, numbersOf, type Report, type Share } from "./share.ts";
import { targetNamed } from "./targets.ts";

const REPORT_EVERY = 1_000;

async function runShare(share: Share): Promise<void> {
  const { seed, current } = share;
  const make = await targetNamed(share.target).prepare();
  const head = new Uint32Array(current, 0, 2);
  const body = new Uint8Array(current, CURRENT_HEAD_OCTETS);
  const endings: Record<string, number> = {};
  let done = 0;
  for (const number of numbersOf(share)) {
    const input = make(new Random(seed, number), number);
    const shown = input.message.subarray(0, body.length);
    body.set(shown);
    head[1] = shown.length;
    Atomics.store(head, 0, number);
    const problem = await problemWith(input, (ending) => {
      endings[ending] = (endings[ending] ?? 0) + 1;
    });
    done += 1;
    if (problem !== null) {
      report({ done, endings, violation: { input: number, problem, message: input.message }, finished: true });
      return;
    }
    if (done % REPORT_EVERY === 0) report({ done, endings, violation: null, finished: false });
  }
  report({ done, endings, violation: null, finished: true });
}

function report(news: Report): void {
  parentPort?.postMessage(news);
}

await runShare(workerData as Share);
