import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { NameServersObservation } from "../../dnssec/observations.ts";
import { parentOf, ROOT } from "../../wire/name.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName } from "../wording.ts";

type Make = FindingMaker<typeof messages>;

/** What is to be said of servers that gave no authoritative answer: warnings beside one that did, else nothing is known. */
export function stateFindings(
  { zone: apex, servers, withoutAddress, demandedFamilies, leftOut }: NameServersObservation,
  finding: Make,
): readonly Finding[] {
  const zone = plainName(apex);
  const found = servers.flatMap(({ server: name, address, state, detail }): readonly Finding[] => {
    const server = plainName(name);
    switch (state) {
      case "answered":
        return [];
      case "lame":
        return [finding("S18_SERVER_LAME", { server, address, zone, reply: detail })];
      case "silent":
        return [finding("S18_SERVER_SILENT", { server, address, zone, detail })];
      case "unreachable": {
        const isDemanded = demandedFamilies.includes(address.includes(":") ? "ipv6" : "ipv4");
        return isDemanded
          ? [undecided("S18", `${server} (${address})`, { cause: "vantage-blocked", detail })]
          : [finding("S18_SERVER_UNREACHABLE", { server, address })];
      }
    }
  });
  const nameless = withoutAddress.map(({ server, why }) =>
    finding("S18_SERVER_WITHOUT_ADDRESS", { zone, server: plainName(server), why }),
  );
  const limit = leftOut === null ? [] : [undecided("S18", zone, { cause: "tool-limit", detail: leftOut })];
  const all = [...found, ...nameless, ...limit];
  if (all.length === 0 || servers.some(({ state }) => state === "answered")) return all;
  const replies = plainList([
    ...servers.map(({ server, detail }) => `${plainName(server)}: ${detail}`),
    ...withoutAddress.map(({ server, why }) => `${plainName(server)}: ${why}`),
  ]);
  return [...all, finding("S18_SERVERS_LAME", { zone, replies })];
}

/** Name servers that only the parent or only the zone itself names. */
export function delegationFindings({ zone: apex, named }: NameServersObservation, finding: Make): readonly Finding[] {
  const { byParent, byZone } = named;
  if (byParent === null || byZone === null) return [];
  const oneSide = [...new Set(byParent).symmetricDifference(new Set(byZone))].sort();
  if (oneSide.length === 0) return [];
  const parent = plainName(parentOf(apex) ?? ROOT);
  return [
    finding("S18_NS_MISMATCH", { parent, zone: plainName(apex), onlyOneSide: plainList(oneSide.map(plainName)) }),
  ];
}
