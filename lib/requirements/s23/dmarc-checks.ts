import { dmarcPolicyCheck } from "./dmarc-policy-check.ts";
import { dmarcRecordCheck } from "./dmarc-record-check.ts";

/** Clause 1: one valid record applies. Clause 2: the policy is reject everywhere. */
export const dmarcChecks = [dmarcRecordCheck, dmarcPolicyCheck] as const;
