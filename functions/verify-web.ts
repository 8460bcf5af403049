import { k11 } from "../lib/requirements/k11/requirement.ts";
import { s17 } from "../lib/requirements/s17/requirement.ts";
import { s27 } from "../lib/requirements/s27/requirement.ts";
import { type Looked, verifyBatches } from "./verify-batches.ts";

/** All that it looks at. */
export const LOOKED: Looked = { family: "web", requirements: [s17, s27, k11] };

/** Looks at batches of hosts, web addresses and services (family `web`): many short connections to each, once a day. */
export const handler = verifyBatches(LOOKED);
