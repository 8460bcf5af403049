import type { DomainAsset } from "../../core/asset.ts";
import type { Observation } from "../../core/observation.ts";
import type { Rehearsal, Scenario, World, WorldZone } from "../../core/scenario.ts";
import type { GatewaysObservation } from "../../mail/observations.ts";
import type { Reply } from "../../wire/message.ts";
import { name } from "../../wire/name.ts";

/** The domain whose mail is looked at. */
export const kommune: DomainAsset = {
  kind: "domain",
  id: "domain:kommune.dk",
  name: "kommune.dk",
  domain: name("kommune.dk"),
};

/** The same domain with gateways that the inventory names. */
export function declaring(...gateways: readonly string[]): DomainAsset {
  return { ...kommune, mailGateways: gateways.map((gateway) => name(gateway)) };
}

/** A gateway with an address of each family. */
export const GATEWAY: readonly string[] = ["mx A 192.0.2.25", "mx AAAA 2001:db8::25"];

/** The domain's own zone. */
export function own(records: readonly string[], rest: Partial<WorldZone> = {}): WorldZone {
  return { name: "kommune.dk", records, ...rest };
}

/** A gateway operator's zone with one gateway in it. */
export function operator(rest: Partial<WorldZone> = {}, records: readonly string[] = GATEWAY): WorldZone {
  return { name: "gateway.dk", records, ...rest };
}

export type Said = Pick<Scenario, "tags" | "verdict" | "reading" | "cause">;

/** What becomes of these zones. */
export function seen(
  scenario: string,
  zones: readonly WorldZone[],
  said: Said,
  asset: DomainAsset = kommune,
): Scenario {
  return {
    name: scenario,
    asset: () => asset,
    observe: (rehearsal) => observeIn(rehearsal, { zones }, asset),
    ...said,
  };
}

/** The same with the observation changed afterwards: what no zone can make. */
export function changed(
  scenario: string,
  zones: readonly WorldZone[],
  change: (value: GatewaysObservation) => GatewaysObservation,
  said: Said,
): Scenario {
  return {
    name: scenario,
    asset: () => kommune,
    observe: async (rehearsal) => {
      const observations = await observeIn(rehearsal, { zones }, kommune);
      return observations.map((observation) => changeValue(observation, change));
    },
    ...said,
  };
}

/** The book with another reply to one question. */
export function withReply(
  value: GatewaysObservation,
  [owner, type]: readonly [owner: string, type: string],
  change: (reply: Reply) => Reply,
): GatewaysObservation {
  const book = value.book.map((entry) => {
    const { question, reply } = entry;
    const isIt = question.name === name(owner) && question.type === type && reply.state === "observed";
    return isIt ? { question, reply: { ...reply, value: change(reply.value) } } : entry;
  });
  return { ...value, book };
}

function observeIn(rehearsal: Rehearsal, world: World, asset: DomainAsset): Promise<readonly Observation[]> {
  return rehearsal.observeIn(world, asset, ["dns.gateways"]);
}

function changeValue(
  observation: Observation,
  change: (value: GatewaysObservation) => GatewaysObservation,
): Observation {
  const { result } = observation;
  if (result.state === "unobserved") return observation;
  return { ...observation, result: { ...result, value: change(result.value as GatewaysObservation) } };
}
