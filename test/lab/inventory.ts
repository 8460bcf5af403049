import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { PRACTICE_CASES, type PracticeCase } from "../../lib/practice/cases.ts";
import { ZONE_FOLDER } from "./internet.ts";
import { CA_FILE, RESOLVERS } from "./resolvers.ts";
import type { Workshop } from "./workshop.ts";

export type Path = "dns" | "doh";

/** Writes an inventory of the given cases that reaches the lab's resolvers by plain DNS or by DoH; returns its path. */
export async function writeInventory(
  workshop: Workshop,
  name: string,
  path: Path,
  cases: readonly PracticeCase[] = PRACTICE_CASES,
): Promise<string> {
  const resolvers =
    path === "dns"
      ? { dns: RESOLVERS }
      : { doh: RESOLVERS.map((address) => `https://${address}/dns-query`), ca: CA_FILE };
  const inventory = {
    version: 1,
    municipality: { id: "0999", name: "Kommunen Øvelse" },
    assets: cases.map(({ domain, delegations }) => ({ domain, ...(delegations === undefined ? {} : { delegations }) })),
    network: {
      ...resolvers,
      authoritative: "direct",
      trustAnchors: `${ZONE_FOLDER}/root.ds`,
      families: ["ipv4", "ipv6"],
    },
  };
  const file = workshop.path(`${name}.yaml`);
  await writeFile(file, stringify(inventory));
  return file;
}
