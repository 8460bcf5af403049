import { plainMessages } from "./plain-messages.ts";
import { serviceMessages } from "./service-messages.ts";
import { tlsMessages } from "./tls-messages.ts";

/** Everything S27 can say: of HTTP and access, of other services, and of TLS. */
export const messages = { ...plainMessages, ...serviceMessages, ...tlsMessages } as const;
