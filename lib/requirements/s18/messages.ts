import { chainMessages } from "./chain-messages.ts";
import { strengthMessages } from "./strength-messages.ts";
import { zoneMessages } from "./zone-messages.ts";

/** Everything S18 can say. Texts name what is so in the asset's own terms; remedies name the one change that flips the verdict. */
export const messages = { ...chainMessages, ...strengthMessages, ...zoneMessages };
