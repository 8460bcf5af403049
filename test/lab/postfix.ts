import { chmod, mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd, waitUntil, type Workshop } from "./workshop.ts";

/** One address at which postfix answers on port 25. `chains`: PEM files with a key and its chain each; none: no STARTTLS. */
export interface PostfixDoor {
  readonly address: string;
  readonly chains: readonly string[];
}

const DAEMONS = "/usr/lib/postfix/sbin";
const FOLDER = "postfix";
const LOG_FILE = "maillog";
/** Postfix waits until its settings are two seconds old; these are written as if they had been there for longer. */
const SETTINGS_AGE_SECONDS = 60;
const START_LIMIT_MS = 60_000;
const MILLISECONDS = 1000;

/** Starts one postfix that has a server of its own at every door, and returns when its log says that it runs. */
export async function startPostfix(workshop: Workshop, doors: readonly PostfixDoor[]): Promise<void> {
  const folder = workshop.path(FOLDER);
  for (const name of ["conf", "queue", "data"]) await mkdir(join(folder, name), { recursive: true });
  // Its servers give up root's rights; what they must reach has to be open to them.
  await chmod(workshop.folder, 0o711);
  await runToEnd("chown", ["postfix", join(folder, "data")]);
  await writeOldFile(join(folder, "conf", "main.cf"), mainSettings(folder));
  await writeOldFile(join(folder, "conf", "master.cf"), serverLines(doors));
  const checked = await runToEnd("postfix", ["-c", join(folder, "conf"), "check"]);
  if (checked.status !== 0) throw new Error(`postfix check: ${checked.stderr.trim()}`);
  workshop.start("postfix", join(DAEMONS, "master"), ["-c", join(folder, "conf"), "-d"]);
  await waitUntil("postfix", START_LIMIT_MS, async () => (await postfixLog(workshop)).includes("daemon started"));
}

/** How often each address was called so far. */
export async function countCalls(workshop: Workshop): Promise<ReadonlyMap<string, number>> {
  const calls = new Map<string, number>();
  for (const [, address = ""] of (await postfixLog(workshop)).matchAll(/ (\S+)\/smtpd\[\d+\]: connect from /gu))
    calls.set(address, (calls.get(address) ?? 0) + 1);
  return calls;
}

function postfixLog(workshop: Workshop): Promise<string> {
  return readFile(join(workshop.path(FOLDER), LOG_FILE), "utf8").catch(() => "");
}

async function writeOldFile(file: string, lines: readonly string[]): Promise<void> {
  await writeFile(file, `${lines.join("\n")}\n`);
  const then = Date.now() / MILLISECONDS - SETTINGS_AGE_SECONDS;
  await utimes(file, then, then);
}

/** Takes no mail, asks no other server anything, and lets everybody call as often as they like. */
function mainSettings(folder: string): readonly string[] {
  return [
    "compatibility_level = 3.6",
    `queue_directory = ${join(folder, "queue")}`,
    `data_directory = ${join(folder, "data")}`,
    "command_directory = /usr/sbin",
    `daemon_directory = ${DAEMONS}`,
    "mail_owner = postfix",
    "setgid_group = postdrop",
    "myhostname = gateway.lab.example",
    "inet_protocols = all",
    `maillog_file = ${join(folder, LOG_FILE)}`,
    `maillog_file_prefixes = ${folder}`,
    "mynetworks =",
    "mydestination =",
    "local_recipient_maps =",
    "alias_maps =",
    "alias_database =",
    "smtpd_peername_lookup = no",
    "smtpd_relay_restrictions = reject",
    "smtpd_client_connection_count_limit = 0",
    "smtpd_client_connection_rate_limit = 0",
    "smtpd_tls_security_level = may",
    "smtpd_tls_loglevel = 1",
  ];
}

function serverLines(doors: readonly PostfixDoor[]): readonly string[] {
  const lines = doors.map(({ address, chains }) => {
    const place = address.includes(":") ? `[${address}]:25` : `${address}:25`;
    const security =
      chains.length === 0 ? "-o smtpd_tls_security_level=none" : `-o smtpd_tls_chain_files=${chains.join(",")}`;
    return `${place} inet n - n - - smtpd -o syslog_name=${address} ${security}`;
  });
  return [
    ...lines,
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "anvil unix - - n - 1 anvil",
    "rewrite unix - - n - - trivial-rewrite",
    "proxymap unix - - n - - proxymap",
    "postlog unix-dgram n - n - 1 postlogd",
  ];
}
