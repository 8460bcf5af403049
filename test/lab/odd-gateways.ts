import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { loadManners } from "../../lib/practice/gateway-manners.ts";
import { LOOPBACK } from "../../lib/practice/listener.ts";
import type { SmtpBehaviour } from "../../lib/practice/smtp-behaviour.ts";
import { listenSmtp } from "../../lib/practice/smtp-server.ts";
import { CERTIFICATES, type Door, ODD_GATEWAYS_CONFIG, ODD_GATEWAYS_READY, type OddManner } from "./gateways.ts";

const SMTP_PORT = 25;

const ODD_MANNERS: Readonly<Record<OddManner, SmtpBehaviour>> = {
  "greeting-450": { greeting: "450 4.3.2 Not just now\r\n" },
  "greeting-554": { greeting: "554 5.7.1 Your address is on our list\r\n" },
  "starttls-454": { startTls: "454 4.7.0 TLS is not available just now\r\n" },
  "cut-off": { tls: "hang-up" },
};

const folder = process.argv[2] ?? "";
const doors = JSON.parse(readFileSync(join(folder, ODD_GATEWAYS_CONFIG), "utf8")) as readonly Door[];
const manners: Readonly<Record<Door["manner"], SmtpBehaviour>> = {
  ...(await loadManners(CERTIFICATES)),
  ...ODD_MANNERS,
};
for (const { address, manner } of doors) await relay(address, (await listenSmtp(manners[manner])).port);
writeFileSync(join(folder, ODD_GATEWAYS_READY), "");

/** Practice servers listen on loopback ports of their own; the door is at the gateway's address and port 25. */
async function relay(address: string, port: number): Promise<void> {
  const server = createServer({ allowHalfOpen: true }, (front) => {
    const behind = connect({ host: LOOPBACK, port, allowHalfOpen: true });
    front.on("error", () => behind.destroy());
    behind.on("error", () => front.resetAndDestroy());
    front.on("close", () => behind.destroy());
    front.pipe(behind).pipe(front);
  });
  await new Promise<void>((resolve) => server.listen(SMTP_PORT, address, resolve));
}
