import { accessCheck } from "./plain-access-check.ts";
import { plainCheck } from "./plain-check.ts";

/** What is judged of web hosts without looking into TLS: clause (a), and the head clause. */
export const plainChecks = [plainCheck, accessCheck];
