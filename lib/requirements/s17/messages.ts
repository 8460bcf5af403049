import { failureMessages } from "./failure-messages.ts";
import { nameMessages } from "./name-messages.ts";
import { visitMessages } from "./visit-messages.ts";

/** Everything S17 can say: of names and mail, of visits, and of visitors who do not end up under .dk. */
export const messages = { ...nameMessages, ...visitMessages, ...failureMessages } as const;
