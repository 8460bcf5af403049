import { dnsMessages } from "./dns-messages.ts";
import { forecastMessages } from "./forecast-messages.ts";
import { visitMessages } from "./visit-messages.ts";

/** Everything S20 can say: of records, of what gateways present, and of what lies ahead. */
export const messages = { ...dnsMessages, ...visitMessages, ...forecastMessages } as const;
