import type { Wants } from "../../dnssec/domain-validator.ts";
import type { Question } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { auditQuestions } from "./audit.ts";
import { heardView } from "./dns-view.ts";
import { gatewaysBelow } from "./gateways-below.ts";

/** Names below a domain that are looked at; what an inventory lists beyond is said to be unseen. */
export const MAX_NAMES_BELOW = 250;

/** What tells whether a name below is there and receives mail. */
export const EXISTENCE_TYPES = ["MX", "A", "AAAA"] as const;

/**
 * Everything that judging SPF of a domain, of the names below it and of its mail servers below it takes: their records and all
 * that these lead to.
 */
export function spfWants(domain: Name, namesBelow: readonly Name[]): Wants {
  return (lookup) => {
    const gateways = gatewaysBelow(domain, namesBelow, heardView(lookup));
    const below = [...namesBelow.slice(0, MAX_NAMES_BELOW), ...gateways];
    const wanted: readonly Question[] = [
      ...auditQuestions(domain, lookup),
      { name: domain, type: "MX" },
      ...below.flatMap((name) => [...auditQuestions(name, lookup), ...EXISTENCE_TYPES.map((type) => ({ name, type }))]),
    ];
    return { zones: [], wanted };
  };
}
