import { Buffer } from "node:buffer";
import type { Asset, DomainAsset } from "../../core/asset.ts";
import { observed, type Observed, unobserved } from "../../core/observation.ts";
import type { Rehearsal, Scenario, World } from "../../core/scenario.ts";
import { associationOf } from "../../mail/dane/match.ts";
import { SELECTOR } from "../../mail/dane/usability.ts";
import type { CertificateType, GatewayAddress, GatewayVisit, Handshake, SmtpReply } from "../../mail/observations.ts";
import { parseCertificate } from "../../tls/certificate.ts";
import { name } from "../../wire/name.ts";
import { CERTIFICATES } from "./scenario-certificates.ts";

export type CertificateName = keyof typeof CERTIFICATES;

/** Where the gateway of most scenarios is. */
export const IPV4 = "192.0.2.25";
export const IPV6 = "2001:db8::25";

/** The asset of every scenario. */
export const kommune: DomainAsset = {
  kind: "domain",
  id: "domain:kommune.dk",
  name: "kommune.dk",
  domain: name("kommune.dk"),
};

/** The presentation of a TLSA record, as "3 1 1" and the certificate that it is about. */
export function tlsaData(form: string, certificate: CertificateName): string {
  const [usage, selector, matchingType] = form.split(" ").map(Number);
  const octets = new Uint8Array(Buffer.from(CERTIFICATES[certificate], "base64"));
  const parsed = parseCertificate(octets);
  if (!parsed.ok) throw new Error(`${certificate}: ${parsed.problem}`);
  const matched = selector === SELECTOR.publicKey ? parsed.value.spki : octets;
  return `${usage} ${selector} ${matchingType} ${Buffer.from(associationOf(matchingType ?? 0, matched)).toString("hex")}`;
}

/** A line of the zone kommune.dk: a TLSA record of the gateway mx. */
export function tlsa(form: string, certificate: CertificateName, owner = "_25._tcp.mx"): string {
  return `${owner} TLSA ${tlsaData(form, certificate)}`;
}

/** MX and the gateway's IPv4 address. */
export const ONE_GATEWAY = ["@ MX 10 mx", `mx A ${IPV4}`] as const;

type Chains = Readonly<Partial<Record<CertificateType, readonly CertificateName[]>>>;
type Visited = Extract<GatewayVisit, { readonly state: "visited" }>;

export const reply = (code: number): SmtpReply => ({ code, lines: ["mx.kommune.dk"] });

/** A handshake of one kind; without certificates none is offered. */
export function handshake(type: CertificateType, certificates?: readonly CertificateName[]): Handshake {
  if (certificates === undefined)
    return {
      type,
      outcome: "not-offered",
      cause: null,
      detail: "no such certificate",
      protocol: null,
      suite: null,
      chain: [],
    };
  return {
    type,
    outcome: "completed",
    cause: null,
    detail: "",
    protocol: "TLSv1.3",
    suite: "TLS_AES_256_GCM_SHA384",
    chain: certificates.map((certificate) => CERTIFICATES[certificate]),
  };
}

/** A gateway that presents these chains, with changes to how the visit goes. */
export function presents(chains: Chains, changes: Partial<Omit<Visited, keyof GatewayAddress | "state">> = {}) {
  return (gateway: GatewayAddress): Observed<GatewayVisit> =>
    observed({
      ...gateway,
      state: "visited",
      greeting: reply(220),
      ehlo: reply(250),
      keywords: ["PIPELINING", "STARTTLS"],
      startTls: reply(220),
      handshakes: [handshake("rsa", chains.rsa), handshake("ecdsa", chains.ecdsa)],
      injected: false,
      ...changes,
    });
}

/** A gateway that is silent, or out of reach for another cause. */
export function unseen(cause: "tcp-timeout" | "port25-egress-blocked" | "connection-refused") {
  return (): Observed<GatewayVisit> => unobserved(cause, "no visit");
}

type Said = Pick<Scenario, "name" | "tags" | "verdict" | "cause" | "reading">;

/** A scenario in a world of its own, whatever else it is. */
export function inWorld(world: World, said: Said, asset: Asset = kommune): Scenario {
  return {
    asset: () => asset,
    observe: (rehearsal: Rehearsal) => rehearsal.observeIn(world, asset, ["dns.dane", "smtp.gateway"]),
    ...said,
  };
}

/** A scenario with the zone kommune.dk alone; its gateway presents an ECDSA certificate unless another visit is given. */
export function inZone(
  records: readonly string[],
  said: Said,
  gateways: World["gateways"] = { [IPV4]: presents({ ecdsa: ["ecdsa", "intermediate"] }) },
): Scenario {
  return inWorld({ zones: [{ name: "kommune.dk", records }], gateways }, said);
}

export const passes = (name: string, ...more: string[]): Said => ({
  name,
  tags: ["S20_GATEWAY_MATCHES", ...more],
  verdict: "pass",
});
export const fails = (name: string, ...tags: string[]): Said => ({ name, tags, verdict: "fail" });
export const leavesOpen = (name: string, cause: NonNullable<Scenario["cause"]>, ...tags: string[]): Said => ({
  name,
  tags,
  verdict: "indeterminate",
  cause,
});
