import { connect } from "node:net";
import { mapSideBySide } from "../../scripts/zones/run-tool.ts";
import { addAddresses } from "./name-servers.ts";
import { SERVICE_CASES } from "./service-cases.ts";
import { addressOfDoor, SERVICE_DOORS } from "./service-case.ts";
import { startDaemons } from "./service-daemons.ts";
import { startMailServices } from "./service-mail.ts";
import { fileExists, runToEnd, waitUntil, type Workshop } from "./workshop.ts";

/** Who calls the services: dovecot takes a caller from its own address for somebody who is not on the network. */
const CALLER = "185.21.29.1";
const START_LIMIT_MS = 60_000;
const SIDE_BY_SIDE = 8;

/** Starts every server, and returns when each port of every case takes connections. */
export async function startServices(workshop: Workshop): Promise<void> {
  const addresses = SERVICE_DOORS.map(addressOfDoor);
  await addAddresses([CALLER, ...addresses]);
  for (const address of addresses) {
    const route = ["route", "replace", "local", address, "dev", "lo", "table", "local", "src", CALLER];
    const { status, stderr } = await runToEnd("ip", route);
    if (status !== 0) throw new Error(`ip ${route.join(" ")}: ${stderr.trim()}`);
  }
  const program = new URL("service-odd.ts", import.meta.url).pathname;
  workshop.start("service-odd", process.execPath, ["--no-warnings", program, workshop.folder]);
  await startMailServices(workshop);
  await startDaemons(workshop);
  await waitUntil("the odd services", START_LIMIT_MS, () => fileExists(workshop.path("service-odd.ready")));
  await mapSideBySide(SERVICE_CASES, SIDE_BY_SIDE, ({ door, port }) =>
    waitUntil(`${door} at port ${String(port)}`, START_LIMIT_MS, () => isOpen(addressOfDoor(door), port)),
  );
}

function isOpen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
