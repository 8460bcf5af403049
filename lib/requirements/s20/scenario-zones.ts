import type { Observation } from "../../core/observation.ts";
import type { Scenario, WorldZone } from "../../core/scenario.ts";
import { IPV4, ONE_GATEWAY, presents, tlsa } from "./scenario-world.ts";

/** The gateway presents the certificate that RECORD is about. */
export const WELL = { [IPV4]: presents({ ecdsa: ["ecdsa", "intermediate"] }) };
/** What makes the one gateway all right. */
export const RECORD = tlsa("3 1 1", "ecdsa");
/** The asset's own zone. */
export const zone = (records: readonly string[], changes: Partial<WorldZone> = {}): WorldZone => ({
  name: "kommune.dk",
  records,
  ...changes,
});
/** A world in which everything is well, but for the changes. */
export const oneZone = (changes: Partial<WorldZone>) => ({
  zones: [zone([...ONE_GATEWAY, RECORD], changes)],
  gateways: WELL,
});

/** The customer's MX that leads to a provider with one gateway. */
export const PROVIDED = ["@ MX 10 gw.udbyder.dk."];
/** The provider's zone. */
export const provider = (changes: Partial<WorldZone> = {}): WorldZone => ({
  name: "udbyder.dk",
  records: [`gw A ${IPV4}`, tlsa("3 1 1", "ecdsa", "_25._tcp.gw")],
  ...changes,
});

/** The same with observations changed afterwards: what no zone can make. */
export function changed(scenario: Scenario, change: (observation: Observation) => Observation): Scenario {
  return { ...scenario, observe: async (rehearsal) => (await scenario.observe(rehearsal)).map(change) };
}
