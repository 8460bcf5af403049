import { readFile } from "node:fs/promises";
import { type PracticeCase, PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { makeInternet } from "../../scripts/zones/make.ts";
import type { Manifest } from "../../scripts/zones/manifest.ts";
import {
  addAddresses,
  BEHIND_HTTPS_PORT,
  BEHIND_PORT,
  KEY_FOLDER,
  type Placement,
  startNameServers,
} from "./name-servers.ts";
import { dig } from "./peers.ts";
import { READY_FILE } from "./ready-file.ts";
import { makeCertificates, RESOLVERS, startResolver, writeDelvAnchors } from "./resolvers.ts";
import { fileExists, type Service, waitUntil, type Workshop } from "./workshop.ts";

/** A running internet of real servers, in this network namespace. */
export interface Internet {
  readonly manifest: Manifest;
  readonly zoneFolder: string;
  readonly resolvers: readonly Service[];
}

export const ZONE_FOLDER = "zones";

const SECOND_MS = 1000;
const DAY_SECONDS = 86_400;
const START_LIMIT_MS = 60_000;
const SIGNED_DAYS_AGO = 10;
const SIGNED_FOR_DAYS = 300;

/** Signs every zone on this very day, starts all servers, and returns when a resolver gives a validated answer. */
export async function startInternet(
  workshop: Workshop,
  placement: Placement,
  cases: readonly PracticeCase[] = PRACTICE_CASES,
): Promise<Internet> {
  const zoneFolder = workshop.path(ZONE_FOLDER);
  const now = Math.floor(Date.now() / SECOND_MS);
  const signed = { inception: now - SIGNED_DAYS_AGO * DAY_SECONDS, expiration: now + SIGNED_FOR_DAYS * DAY_SECONDS };
  await makeInternet({ out: zoneFolder, cases, signed, now, keys: workshop.path(KEY_FOLDER) });
  const manifest = JSON.parse(await readFile(`${zoneFolder}/manifest.json`, "utf8")) as Manifest;
  await addAddresses([...manifest.servers.flatMap(({ addresses }) => addresses), ...RESOLVERS]);
  await makeCertificates(workshop);
  await startNameServers(workshop, manifest, zoneFolder, placement, RESOLVERS);
  await waitUntil("the odd servers", START_LIMIT_MS, () => fileExists(workshop.path(READY_FILE)));
  const resolvers = await startResolvers(workshop, manifest, zoneFolder, placement);
  await writeDelvAnchors(workshop, await readFile(`${zoneFolder}/${manifest.trustAnchors}`, "utf8"));
  const dead = workshop.firstDead();
  if (dead !== null) throw new Error(dead);
  return { manifest, zoneFolder, resolvers };
}

/** Starts every resolver with an empty cache, and returns when each gives a validated answer. */
export async function startResolvers(
  workshop: Workshop,
  manifest: Manifest,
  zoneFolder: string,
  placement: Placement,
): Promise<readonly Service[]> {
  const files = { hints: manifest.rootHints, anchors: manifest.trustAnchors };
  const isBehind = placement.relayed === "all";
  const ports = isBehind ? { dns: BEHIND_PORT, https: BEHIND_HTTPS_PORT } : undefined;
  const resolvers: Service[] = [];
  for (const address of RESOLVERS) resolvers.push(await startResolver(workshop, address, zoneFolder, files, ports));
  for (const address of RESOLVERS) await waitUntil(`an answer of ${address}`, START_LIMIT_MS, () => validates(address));
  return resolvers;
}

async function validates(resolver: string): Promise<boolean> {
  const healthy = PRACTICE_CASES.find((each) => each.class === "signed");
  const { status, authentic } = await dig(healthy?.domain ?? "", "SOA", { resolver, patienceSeconds: 1 }, "+adflag");
  return status === "NOERROR" && authentic;
}
