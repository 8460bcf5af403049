import { entryMessages } from "./entry-messages.ts";
import { headerMessages } from "./header-messages.ts";
import { strengthMessages } from "./strength-messages.ts";

/** Everything K11 can say. */
export const messages = { ...headerMessages, ...entryMessages, ...strengthMessages };
