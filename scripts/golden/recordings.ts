import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Asset } from "../../lib/core/asset.ts";
import type { Observation } from "../../lib/core/observation.ts";
import type { RequirementId } from "../../lib/core/requirement-id.ts";
import { type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { saveObservations } from "../../lib/verify/observation-files.ts";
import type { Exemption } from "../../lib/core/statements.ts";
import { frame } from "../../lib/verify/verify-assets.ts";
import { NO_COST } from "../../lib/verify/verification.ts";
import { openRehearsal } from "../../test/support/rehearsal.ts";
import { EXEMPTED_HOST, WEB_KINDS, WEB_WORLDS } from "./web-worlds.ts";
import { EXEMPTED_MAIL, MAIL_KINDS, MAIL_WORLDS } from "./mail-worlds.ts";

/** One run that was recorded: where its observations lie, in the form of `verify --save-observations`, and what makes them. */
export interface Recording {
  readonly folder: string;
  /** Makes the recording anew. The point of one is that it stays: do it only to add an asset, or for another form of observations. */
  readonly record: () => Promise<void>;
}

const [DOMAINS, MAIL, WEB] = ["observations", "mail", "web"].map((each) =>
  fileURLToPath(new URL(`../../test/golden/${each}`, import.meta.url)),
) as [string, string, string];

/** By the word that has them made anew. S18 was recorded in the practice internet, the others in worlds of their own. */
export const RECORDINGS = {
  domains: { folder: DOMAINS, record: recordDomains },
  mail: { folder: MAIL, record: recordMail },
  web: { folder: WEB, record: recordWeb },
} as const satisfies Record<string, Recording>;

const RECORDED_AT = "2026-11-23T10:00:00.000Z";
/** Long after the recording, so that the exemption counts in it. */
const EXEMPTED_UNTIL = "2027-11-01T00:00:00.000Z";

/** Practice classes: right, wrong for several reasons, unknown for several causes, worth a warning, with zones below. */
const RECORDED = [
  "signed",
  "unsigned",
  "ds-without-signatures",
  "expired",
  "denial-stripped",
  "rsasha1",
  "one-server-unsigned",
  "rsa-1024",
  "one-lame",
  "all-silent",
  "all-lame",
  "not-registered",
  "child-insecure",
  "child-bogus",
] as const;
/** Wrong, and accepted in writing. */
const EXEMPTED = "expired-mx";

async function recordDomains(): Promise<void> {
  const rehearsal = await openRehearsal();
  const classes = [...RECORDED, EXEMPTED];
  const assets = classes.map((practiceClass) => rehearsal.asset(practiceClass));
  const observations: Observation[] = [];
  for (const practiceClass of classes) {
    observations.push(...(await rehearsal.observe(practiceClass, { at: RECORDED_AT })));
  }
  const exemption = exempting("S18", rehearsal.asset(EXEMPTED).id, "Posten flyttes til en anden udbyder");
  await save(DOMAINS, { assets, observations, requested: ["S18"], exemption });
}

async function recordMail(): Promise<void> {
  const rehearsal = await openRehearsal();
  const observations: Observation[] = [];
  for (const { asset, world } of MAIL_WORLDS) {
    observations.push(...(await rehearsal.observeIn({ ...world, at: RECORDED_AT }, asset, MAIL_KINDS)));
  }
  const assets = MAIL_WORLDS.map(({ asset }) => asset);
  const exemption = exempting("S23", `domain:${EXEMPTED_MAIL}`, "Afsenderne kortlægges");
  await save(MAIL, { assets, observations, requested: ["S19", "S20", "S23"], exemption });
}

async function recordWeb(): Promise<void> {
  const rehearsal = await openRehearsal();
  const observations: Observation[] = [];
  for (const { asset, world } of WEB_WORLDS) {
    observations.push(...(await rehearsal.observeIn({ ...world, at: RECORDED_AT }, asset, WEB_KINDS)));
  }
  const assets = WEB_WORLDS.map(({ asset }) => asset);
  const exemption = exempting("S27", `host:${EXEMPTED_HOST}`, "Serveren skiftes i foråret");
  await save(WEB, { assets, observations, requested: ["S17", "S27", "K11"], exemption });
}

interface Recorded {
  readonly assets: readonly Asset[];
  readonly observations: readonly Observation[];
  readonly requested: readonly RequirementId[];
  readonly exemption: Exemption;
}

async function save(folder: string, { assets, observations, requested, exemption }: Recorded): Promise<void> {
  const inventory: Inventory = {
    ...inventoryOfAssets(assets),
    municipality: { id: "0000", name: "Kommunen Øvelse" },
    exemptions: [exemption],
  };
  const requirements = REQUIREMENTS.filter(({ id }) => requested.includes(id));
  const request = {
    ...{ inventory, requirements, requested },
    ...{ reading: inventory.reading, onProgress: () => undefined },
  };
  const verification = {
    ...frame(request, Date.parse(RECORDED_AT)),
    ...{ finishedAt: RECORDED_AT, notSeen: [], interrupted: false, judged: [], cost: NO_COST },
  };
  await rm(folder, { recursive: true, force: true });
  await saveObservations(folder, inventory, verification, observations);
}

function exempting(requirement: RequirementId, asset: string, reason: string): Exemption {
  return { requirement, asset, reason, by: { name: "Anna And" }, validUntil: Date.parse(EXEMPTED_UNTIL) };
}
