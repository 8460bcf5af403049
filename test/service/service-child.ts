import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { alertSinks } from "../../lib/adapters/alert-sinks.ts";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { openReports } from "../../lib/adapters/report-files.ts";
import { main } from "../../lib/cli/main.ts";
import { openNetwork } from "../../lib/verify/network.ts";
import { mappedSockets } from "../../lib/dial/sockets.ts";
import { startPracticeInternet } from "../../lib/practice/internet.ts";
import { QUICK_DOMAINS } from "../../lib/practice/municipality.ts";

/**
 * The service as `kravvagt start --inventory FILE --data DIR` runs it, on a practice internet of its own whose faults are
 * read from `<folder>/broken.json`, so that whoever kills it can change the world meanwhile. More arguments are handed on.
 */
const [folder = "", ...more] = process.argv.slice(2);
const POLL_MS = 50;
/** A few that answer at once, the one that breaks among them. */
const DOMAINS = ["havn-oevelse.dk", ...QUICK_DOMAINS];
/** A web site that nothing befalls, so that every requirement is asked of somebody. */
const SITE = "www.oevelse.dk";
/** A round takes a second, on a busy machine three; one that takes longer than two cadences is told of as too old. */
const PACE = { confirmAfter: "300ms", cadence: "3s" } as const;
const inventory = path.join(folder, "inventory.json");

const internet = await startPracticeInternet();
await writeFile(inventory, internet.inventoryOf([...DOMAINS, SITE], { pace: PACE }));
const sockets = mappedSockets(internet.sockets, internet.families);

async function playFaults(): Promise<void> {
  const broken = JSON.parse(await readFile(path.join(folder, "broken.json"), "utf8")) as readonly string[];
  for (const domain of DOMAINS.filter((each) => each.split(".").length === 2)) {
    internet.serve(domain, broken.includes(domain) ? "signatures-stripped" : null);
  }
}

await playFaults();
setInterval(() => void playFaults().catch(() => undefined), POLL_MS);

/** A port that nobody listens on: other tests run a service too. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

const options = ["--inventory", inventory, "--data", path.join(folder, "data"), "--port", await freePort()];
const code = await main(["start", ...options, ...more], {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  interrupts: { signals: process, exitNow: (status) => process.exit(status) },
  openData: openDataFolder,
  openReports,
  pushInventory: () => Promise.reject(new Error("no inventory is pushed here")),
  openSinks: (request) => alertSinks(request, {}),
  services: { openNetwork: (files, options) => openNetwork(files, { ...options, sockets }) },
});
process.exit(code);
