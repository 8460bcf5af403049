import { s20 } from "../lib/requirements/s20/requirement.ts";
import { type Looked, verifyBatches } from "./verify-batches.ts";

/** All that it looks at. */
export const LOOKED: Looked = { family: "mail", requirements: [s20] };

/** Looks at batches of domains whose gateways are called on port 25 (family `mail`): a function, and a network, of its own. */
export const handler = verifyBatches(LOOKED);
