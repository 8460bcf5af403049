import type { FindingMaker } from "../../core/finding.ts";
import type { GatewayHost } from "../../mail/gateway-host.ts";
import type { Name } from "../../wire/name.ts";
import { plainList, plainName } from "../wording.ts";
import type { messages } from "./messages.ts";

/** Makes findings of S19's messages. */
export type Make = FindingMaker<typeof messages>;

/** Names that stand in a sentence; the rest are counted. */
const NAMES_IN_A_SENTENCE = 2;

/** The names as a sentence has them, "a, b (+2)", and all of them for the evidence. */
export function namedHosts(names: readonly Name[]): { readonly hosts: string; readonly all: readonly string[] } {
  const all = [...new Set(names)].sort().map(plainName);
  const more = all.length - NAMES_IN_A_SENTENCE;
  const first = plainList(all.slice(0, NAMES_IN_A_SENTENCE));
  return { hosts: more > 0 ? `${first} (+${more})` : first, all };
}

/** The same for hosts. */
export function hostsNamed(hosts: readonly GatewayHost[]): ReturnType<typeof namedHosts> {
  return namedHosts(hosts.map(({ host }) => host));
}
