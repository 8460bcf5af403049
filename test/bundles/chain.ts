/**
 * The service as it is deployed, from schedule to text message, with everything of AWS on this machine: every function from
 * its bundle in a process of its own. Tells the practice story and exits 0 only if all of it happened. Takes four minutes.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { s3Client } from "../../lib/adapters/aws-clients.ts";
import { putInventory } from "../../lib/adapters/s3-inventory.ts";
import { packInventory } from "../../lib/inventory/inventory-version.ts";
import { startPracticeInternet } from "../../lib/practice/internet.ts";
import { bundleAll } from "../../scripts/bundle.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { baselinePoints, type ChainPoint, storyPoints } from "./chain-points.ts";

const MUNICIPALITY = "0000";
/** The domain that the accident befalls, as in `npm start`. */
const STAR = "havn-oevelse.dk";
/** Between rounds: longer than a round takes, since some name servers never answer. */
const CADENCE_SECONDS = 60;

const folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-bundles-"));
const bundles = path.join(folder, "functions");
await bundleAll(bundles);
const internet = await startPracticeInternet();
const cloud = await startCloud(bundles, internet.sockets, MUNICIPALITY);
try {
  await pushInventory(cloud);
  const points: ChainPoint[] = [];
  await nextRound("1. The first round: the baseline.");
  points.push(...(await baselinePoints(cloud, internet.expected, STAR)));
  internet.serve(STAR, "signatures-stripped");
  await nextRound(`2. An accident: ${STAR} loses its signatures.`);
  internet.serve(STAR, null);
  await nextRound(`3. ${STAR} is signed again.`);
  points.push(...(await storyPoints(cloud, MUNICIPALITY, STAR)));
  tellPublished(cloud);
  for (const { what, problem } of points) say(problem === null ? `ok      ${what}` : `FAILED  ${what}: ${problem}`);
  process.exitCode = points.length > 0 && points.every(({ problem }) => problem === null) ? 0 : 1;
} finally {
  await cloud.stop();
  await internet.stop();
  await rm(folder, { recursive: true, force: true });
}

/** As `kravvagt inventory push` does. */
async function pushInventory({ environment }: Cloud): Promise<void> {
  Object.assign(process.env, environment);
  const file = path.join(folder, "inventory.json");
  await writeFile(
    file,
    internet.inventoryOf(undefined, { pace: { confirmAfter: "1s", cadence: `${CADENCE_SECONDS}s` } }),
  );
  const { version } = await packInventory(file);
  if (version === null) throw new Error("the practice inventory cannot be used");
  await putInventory(s3Client(), { bucket: "inventory", key: "inventory/current.json" }, version);
}

/** Waits for the next slot, as the schedule does, and works the round. */
async function nextRound(chapter: string): Promise<void> {
  say(chapter);
  const cadence = CADENCE_SECONDS * 1000;
  await sleep(cadence - (Date.now() % cadence) + 10);
  const from = performance.now();
  await cloud.round();
  say(`   ${((performance.now() - from) / 1000).toFixed(1)} s`);
}

function tellPublished({ sns }: Cloud): void {
  for (const { subject, attributes, messages } of sns.published) {
    say(`\n--- Subject: ${subject}\n--- MessageAttributes: ${JSON.stringify(attributes)}`);
    say(`--- SMS: ${messages.sms ?? "none"}\n--- E-mail:\n${messages.email ?? "none"}`);
  }
}

function say(words: string): void {
  console.log(words);
}
