import { dmarcPolicyMessages } from "./dmarc-policy-messages.ts";
import { dmarcRecordMessages } from "./dmarc-record-messages.ts";

/** Everything S23 can say of DMARC. */
export const dmarcMessages = { ...dmarcRecordMessages, ...dmarcPolicyMessages };
