import { dkimMessages } from "./dkim-messages.ts";
import { dmarcMessages } from "./dmarc-messages.ts";
import { spfMessages } from "./spf-messages.ts";

/** What S23 can say: of DMARC, of SPF and of DKIM. */
export const messages = { ...dmarcMessages, ...spfMessages, ...dkimMessages };
