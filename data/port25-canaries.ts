/**
 * Mail gateways of very large providers, on other networks each, asked whether this vantage can reach port 25 at all before a
 * gateway is called silent. Their greeting is heard and they are left with QUIT. Chosen 2026-11-23 from what the providers tell
 * their customers and what their own domains publish, not from a measurement: look them over once a year. An operator may
 * name others.
 */
import { type Name, name } from "../lib/wire/name.ts";

interface Canary {
  readonly host: Name;
  readonly why: string;
  readonly source: string;
}

const CANARIES: readonly Canary[] = [
  {
    host: name("smtp.google.com"),
    why: "the MX that Google gives domains on Workspace; IPv4 and IPv6",
    source: "knowledge.workspace.google.com: MX record values",
  },
  {
    host: name("outlook-com.olc.protection.outlook.com"),
    why: "Microsoft's MX for its own mailboxes",
    source: "MX of outlook.com",
  },
  {
    host: name("mx01.mail.icloud.com"),
    why: "the MX that Apple gives custom domains in iCloud Mail",
    source: "support.apple.com/102374: set up an existing domain with iCloud Mail",
  },
];

export const PORT25_CANARIES: readonly Name[] = CANARIES.map(({ host }) => host);
