import { connect } from "node:net";
import { join } from "node:path";
import { WEB_FOLDER } from "./web-certificates.ts";
import type { PlacedCase } from "./web-servers.ts";
import { waitUntil, type Workshop } from "./workshop.ts";

const HTTPS_PORT = 443;
const START_LIMIT_MS = 60_000;

/** Starts `openssl s_server` at every place that asks for it. It serves one connection after the other. */
export function startOpenssl(workshop: Workshop, { webCase, addresses }: PlacedCase): void {
  for (const [at, { openssl, certificates = ["good"] }] of webCase.places.entries()) {
    if (openssl === undefined) continue;
    const [name = ""] = certificates;
    const file = (suffix: string): string => join(WEB_FOLDER, `${name}.${suffix}`);
    const certificate = ["-cert", file("pem"), "-cert_chain", file("pem"), "-key", file("key")];
    const door = ["-accept", `${addresses[at] ?? ""}:${String(HTTPS_PORT)}`, "-www", "-quiet"];
    workshop.start(`openssl-${webCase.name}`, "openssl", ["s_server", ...door, ...certificate, ...openssl]);
  }
}

/** Returns when somebody takes connections there; throws if a server has ended by itself. */
export async function waitForDoor(workshop: Workshop, what: string, address: string, port: number): Promise<void> {
  await waitUntil(`${what} at ${address}`, START_LIMIT_MS, () => {
    const dead = workshop.firstDead();
    if (dead !== null) throw new Error(dead);
    return takesConnections(address, port);
  });
}

function takesConnections(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
