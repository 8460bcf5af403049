import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import { PRACTICE_CASES, type PracticeCase } from "../../lib/practice/cases.ts";
import { ZONE_FOLDER } from "./internet.ts";
import { CA_FILE, RESOLVERS } from "./resolvers.ts";
import type { Workshop } from "./workshop.ts";

/** The gateway that tells whether port 25 can be reached. */
export const CANARY = "mail.oevelse.dk";

export type Path = "dns" | "doh";

/** Writes an inventory of the given cases that reaches the lab's resolvers by plain DNS or by DoH; returns its path. `network`: further settings. */
export async function writeInventory(
  workshop: Workshop,
  name: string,
  path: Path,
  cases: readonly PracticeCase[] = PRACTICE_CASES,
  network: object = {},
): Promise<string> {
  const resolvers =
    path === "dns"
      ? { dns: RESOLVERS }
      : { doh: RESOLVERS.map((address) => `https://${address}/dns-query`), ca: CA_FILE };
  const inventory = {
    version: 1,
    municipality: { id: "0999", name: "Kommunen Øvelse" },
    assets: cases.map(({ domain, delegations, dkimSelectors, sendsMail }) => ({
      ...{ domain, delegations, dkimSelectors, sendsMail },
    })),
    network: {
      ...resolvers,
      authoritative: "direct",
      trustAnchors: `${ZONE_FOLDER}/root.ds`,
      families: ["ipv4", "ipv6"],
      smtpCanaries: [CANARY],
      ...network,
    },
  };
  const file = workshop.path(`${name}.yaml`);
  await writeFile(file, stringify(inventory));
  return file;
}
