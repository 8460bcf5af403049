/** Looks at batches of domains over DNS alone (family `domains`). */
export { verifyBatches as handler } from "./verify-batches.ts";
