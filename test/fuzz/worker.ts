import { Buffer } from "node:buffer";
import { parentPort, workerData } from "node:worker_threads";
import { inputsOf, problemWith } from "./inputs.ts";
import { CURRENT_HEAD_OCTETS, numbersOf, type Report, type Share } from "./share.ts";
import { gatherAnswers } from "./signed-answers.ts";

const REPORT_EVERY = 1_000;

async function runShare(share: Share): Promise<void> {
  const { seed, current } = share;
  const inputOf = inputsOf(seed, await gatherAnswers());
  const head = new Uint32Array(current, 0, 2);
  const body = new Uint8Array(current, CURRENT_HEAD_OCTETS);
  const endings: Record<string, number> = {};
  let done = 0;
  for (const number of numbersOf(share)) {
    const input = inputOf(number);
    const shown = input.message.subarray(0, body.length);
    body.set(shown);
    head[1] = shown.length;
    Atomics.store(head, 0, number);
    const problem = problemWith(input, (ending) => {
      endings[ending] = (endings[ending] ?? 0) + 1;
    });
    done += 1;
    if (problem !== null) {
      const hex = Buffer.from(input.message).toString("hex");
      report({ done, endings, violation: { seed, input: number, problem, hex }, finished: true });
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
