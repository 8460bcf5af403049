import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import {
  addressesToVisit,
  type DaneGateway,
  gatewaysToVisit,
  MAX_GATEWAY_ADDRESSES,
  targetOf,
  viewDane,
} from "../../mail/dane/view.ts";
import type { GatewaysObservation, GatewayVisit, SmtpReply } from "../../mail/observations.ts";
import { handshakeFindings } from "./handshake-findings.ts";
import { messages } from "./messages.ts";
import { plainName } from "./wording.ts";

type Make = FindingMaker<typeof messages>;
type Visited = Extract<GatewayVisit, { readonly state: "visited" }>;

/** What DNS asks for and what was visited are not the same: one of the two observations is not of this asset's visit. */
const FOREIGN = { cause: "internal", detail: "the visit is of an address that the records do not lead to" } as const;
const LOST = { cause: "internal", detail: "the observation of this address is missing" } as const;
const UNVISITED = { cause: "internal", detail: "gateways were to be visited, and none was" } as const;

/** RFC 5321 section 4.2.1, RFC 3207 section 4: ready, and EHLO accepted. */
const READY = 220;
const ACCEPTED = 250;
/** Syntax error and not implemented (RFC 5321 section 4.2.2): a server that does not know EHLO has no extensions. */
const UNKNOWN_COMMAND: ReadonlySet<number> = new Set([500, 502, 504]);

/** Facts 20.4 to 20.7 at one address of one gateway. It passes only where every kind of certificate offered there matches. */
export const gatewayCheck = defineCheck(messages, {
  id: "s20.gateway",
  clause: "1",
  needs: ["dns.dane", "smtp.gateway"],
  judge: ({ "dns.dane": observation, "smtp.gateway": visit }, { at, targets }, finding) => {
    if (visit.state === "nothing-to-visit") {
      // s20.dane says why; it cannot have passed.
      const isContradicted = "targets" in gatewaysToVisit(observation, at);
      return isContradicted ? [undecided("S20", plainName(observation.domain), UNVISITED)] : [];
    }
    const gateway = viewDane(observation, at).gateways.find((one) => isOf(visit, one));
    const target = targetOf(visit);
    // Told once, at whichever target comes first.
    const lost = targets[0] === target ? lostVisits(observation, at, targets) : [];
    return [...lost, ...judgeVisit(visit, gateway, target, at, finding)];
  },
});

/** Addresses that are to be visited and of which there is no observation at all: without them nothing passes. */
function lostVisits(observation: GatewaysObservation, at: number, targets: readonly string[]): readonly Finding[] {
  const wanted = gatewaysToVisit(observation, at);
  // Beyond the limit one target stands for all that were left out, and is unobserved.
  if (!("targets" in wanted) || wanted.targets.length > MAX_GATEWAY_ADDRESSES) return [];
  const lost = wanted.targets.map(targetOf).filter((each) => !targets.includes(each));
  return lost.map((each) => undecided("S20", each, LOST));
}

function judgeVisit(
  visit: Exclude<GatewayVisit, { readonly state: "nothing-to-visit" }>,
  gateway: DaneGateway | undefined,
  target: string,
  at: number,
  finding: Make,
): readonly Finding[] {
  if (gateway === undefined) return [undecided("S20", target, FOREIGN)];
  const where = { gateway: plainName(visit.host), address: visit.address };
  if (visit.state === "not-here") return [finding("S20_ADDRESS_NOT_SEEN", { ...where, family: visit.family })];
  const early = dialogueFinding(visit, target, finding);
  if (early !== null) return [early];
  const injected = visit.injected ? [finding("S20_INJECTED", where)] : [];
  return [...injected, ...handshakeFindings(visit, gateway, at, finding)];
}

/** Whether the records lead to this address, by this name. */
function isOf(
  { host, address, serverName }: Exclude<GatewayVisit, { state: "nothing-to-visit" }>,
  gateway: DaneGateway,
) {
  return addressesToVisit(gateway).some(
    (wanted) => wanted.host === host && wanted.address === address && wanted.serverName === serverName,
  );
}

/** Fact 20.4 up to STARTTLS: what ends the dialogue early; null where TLS could begin. */
function dialogueFinding(visit: Visited, target: string, finding: Make): Finding | null {
  const { greeting, ehlo, startTls, keywords } = visit;
  const where = { gateway: plainName(visit.host), address: visit.address };
  const early = turnedAway(greeting, READY, "greeting");
  if (early !== null) return early;
  if (ehlo !== null && UNKNOWN_COMMAND.has(ehlo.code)) return finding("S20_STARTTLS_MISSING", where);
  const refused = turnedAway(ehlo, ACCEPTED, "EHLO");
  if (refused !== null) return refused;
  if (!keywords.includes("STARTTLS")) return finding("S20_STARTTLS_MISSING", where);
  if (startTls === null || kindOf(startTls) === "odd") return odd("STARTTLS", startTls);
  if (startTls.code === READY) return null;
  const evidence = { ...where, code: startTls.code };
  const isTemporary = kindOf(startTls) === "temporary";
  return finding(isTemporary ? "S20_STARTTLS_TEMPORARY" : "S20_STARTTLS_REFUSED", evidence);

  function turnedAway(reply: SmtpReply | null, expected: number, to: string): Finding | null {
    if (reply?.code === expected) return null;
    if (reply === null || kindOf(reply) === "odd") return odd(to, reply);
    const isTemporary = kindOf(reply) === "temporary";
    return finding(isTemporary ? "S20_GREETING_TEMPORARY" : "S20_GREETING_REFUSED", { ...where, code: reply.code });
  }

  function odd(to: string, reply: SmtpReply | null): Finding {
    const detail = reply === null ? `the dialogue ended before ${to} was answered` : `reply ${reply.code} to ${to}`;
    return undecided("S20", target, { cause: "protocol-error", detail });
  }
}

/** RFC 5321 section 4.2.1: 4yz come again, 5yz never. Anything else was not to be expected. */
function kindOf({ code }: SmtpReply): "ready" | "temporary" | "permanent" | "odd" {
  if (code === READY) return "ready";
  if (code >= 400 && code <= 499) return "temporary";
  return code >= 500 && code <= 599 ? "permanent" : "odd";
}
