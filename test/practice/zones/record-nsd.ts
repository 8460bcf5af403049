/**
 * Records what NSD answers from the signed zones in this folder, as the yardstick of nsd-answers.test.ts. Run by hand after
 * make.sh (Debian: nsd): node test/practice/zones/record-nsd.ts. Keys do not show in what is recorded.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { frameMessage, MessageFramer } from "../../../lib/practice/tcp-framing.ts";
import { decodeMessage, encodeQuery } from "../../../lib/wire/codec.ts";
import type { Question, Reply } from "../../../lib/wire/message.ts";
import { outline, questionsToRecord, ZONE_KINDS } from "./outline.ts";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const PORT = 5_399;

async function ask(question: Question): Promise<Reply> {
  const options = { id: 1, question, recursionDesired: false, checkingDisabled: false, dnssecOk: true };
  const query = encodeQuery({ ...options, udpPayloadSize: 1_232 });
  const socket = net.connect({ host: "127.0.0.1", port: PORT });
  socket.write(frameMessage(query));
  const framer = new MessageFramer();
  for await (const octets of socket as AsyncIterable<Uint8Array>) {
    const [message] = framer.push(octets);
    if (message === undefined) continue;
    const decoded = decodeMessage(message);
    if (!decoded.ok) throw new Error(decoded.problem);
    return decoded.value.reply;
  }
  throw new Error("NSD hung up");
}

async function record(kind: string): Promise<readonly string[]> {
  const work = await mkdtemp(join(tmpdir(), "nsd-"));
  const settings = [
    `server:\n ip-address: 127.0.0.1@${String(PORT)}\n username: ""\n chroot: ""\n zonesdir: "${FOLDER}"`,
    ` pidfile: "${work}/pid"\n zonelistfile: "${work}/list"\n xfrdfile: "${work}/xfrd"\n database: ""\n rrl-ratelimit: 0`,
    ` minimal-responses: yes\nremote-control:\n control-enable: no`,
    `zone:\n name: prove.dk\n zonefile: prove.dk.${kind}\n`,
  ];
  await writeFile(join(work, "nsd.conf"), settings.join("\n"));
  const nsd = spawn("nsd", ["-d", "-c", join(work, "nsd.conf")], { stdio: "inherit" });
  const stopped = new Promise((resolve) => nsd.once("exit", resolve));
  await pause(1_500);
  const lines: string[] = [];
  for (const question of questionsToRecord()) lines.push(outline(kind, question, await ask(question)));
  nsd.kill();
  await stopped;
  await rm(work, { recursive: true });
  return lines;
}

const lines: string[] = [];
for (const kind of ZONE_KINDS) lines.push(...(await record(kind)));
await writeFile(join(FOLDER, "nsd-answers.txt"), `${lines.join("\n")}\n`);
