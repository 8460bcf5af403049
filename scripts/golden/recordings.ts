import { fileURLToPath } from "node:url";
import type { Asset } from "../../lib/core/asset.ts";
import type { Observation } from "../../lib/core/observation.ts";
import { type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { saveObservations } from "../../lib/verify/observation-files.ts";
import { frame } from "../../lib/verify/verify-assets.ts";
import { NO_COST } from "../../lib/verify/verification.ts";
import { openRehearsal } from "../../test/support/rehearsal.ts";

/** Where the recorded observations lie, in the form of `verify --save-observations`. */
export const RECORDINGS = fileURLToPath(new URL("../../test/golden/observations", import.meta.url));

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

/**
 * Makes the recordings anew from the practice internet. The point of a recording is that it stays: do this only to add an
 * asset, or when the form of observations has changed.
 */
export async function record(folder: string): Promise<void> {
  const rehearsal = await openRehearsal();
  const classes = [...RECORDED, EXEMPTED];
  const assets = classes.map((practiceClass) => rehearsal.asset(practiceClass));
  const observations: Observation[] = [];
  for (const practiceClass of classes) {
    observations.push(...(await rehearsal.observe(practiceClass, { at: RECORDED_AT })));
  }
  const inventory = inventoryWith(assets, rehearsal.asset(EXEMPTED));
  const request = {
    ...{ inventory, requirements: REQUIREMENTS, requested: REQUIREMENTS.map(({ id }) => id) },
    ...{ reading: inventory.reading, onProgress: () => undefined },
  };
  const verification = {
    ...frame(request, Date.parse(RECORDED_AT)),
    ...{ finishedAt: RECORDED_AT, notSeen: [], interrupted: false, judged: [], cost: NO_COST },
  };
  await saveObservations(folder, inventory, verification, observations);
}

function inventoryWith(assets: readonly Asset[], exempted: Asset): Inventory {
  return {
    ...inventoryOfAssets(assets),
    municipality: { id: "0000", name: "Kommunen Øvelse" },
    exemptions: [
      {
        requirement: "S18",
        asset: exempted.id,
        reason: "Posten flyttes til en anden udbyder",
        by: { name: "Anna And" },
        validUntil: Date.parse(EXEMPTED_UNTIL),
      },
    ],
  };
}
