/** Looks at batches of domains whose gateways are called on port 25 (family `mail`): a function, and a network, of its own. */
export { verifyBatches as handler } from "./verify-batches.ts";
