/**
 * Makes lib/practice/zones anew: every standing case of the practice internet, signed by BIND's and ldns's signers for
 * 2020 to 2080. Needs Debian's bind9-utils and ldnsutils. Keys are made for the run and thrown away, so every run
 * gives other keys and signatures and otherwise the same zones. The old zones stay until the new ones are complete.
 */
import { rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { standingCases } from "../lib/practice/municipality.ts";
import { makeInternet } from "./zones/make.ts";

const FOLDER = fileURLToPath(new URL("../lib/practice/zones", import.meta.url));
const UNFINISHED = `${FOLDER}.new`;
const INCEPTION = "2020-01-01";
const EXPIRATION = "2080-01-01";

const toSeconds = (date: string): number => Date.parse(date) / 1_000;

await rm(UNFINISHED, { recursive: true, force: true });
const zones = await makeInternet({
  out: UNFINISHED,
  cases: standingCases(),
  signed: { inception: toSeconds(INCEPTION), expiration: toSeconds(EXPIRATION) },
  now: null,
  keys: null,
});
await rm(FOLDER, { recursive: true, force: true });
await rename(UNFINISHED, FOLDER);
process.stdout.write(`${String(zones.length)} zones in ${FOLDER}\n`);
