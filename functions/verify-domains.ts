import { s18 } from "../lib/requirements/s18/requirement.ts";
import { s19 } from "../lib/requirements/s19/requirement.ts";
import { s23 } from "../lib/requirements/s23/requirement.ts";
import { type Looked, verifyBatches } from "./verify-batches.ts";

/** All that it looks at. */
export const LOOKED: Looked = { family: "domains", requirements: [s18, s19, s23] };

/** Looks at batches of domains over DNS alone (family `domains`). */
export const handler = verifyBatches(LOOKED);
