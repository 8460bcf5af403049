import { type Unobserved, unobserved } from "../../lib/core/observation.ts";
import type { NameServersObservation } from "../../lib/dnssec/observations.ts";
import { probeDnsServers } from "../../lib/probes/dns-servers.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import type { Question } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { readZone } from "../dnssec/support/signed-zones.ts";
import { keyOf, records, type Said, scriptDns, type ScriptedDns } from "./scripted-dns.ts";

export const TIMEOUT: Unobserved = unobserved("dns-timeout", "no answer");

export const SOA = "kommune.dk. SOA ns1.kommune.dk. x.kommune.dk. 1 2 3 4 5";
export const PARENT_SOA = "dk. SOA a.nic.dk. x.nic.dk. 1 2 3 4 5";

/** What resolvers say of kommune.dk, whose two servers have three addresses, and of its parent. */
const RESOLVED: Readonly<Record<string, string>> = {
  "kommune.dk./SOA": records(SOA),
  "kommune.dk./NS": records("kommune.dk. NS ns1.kommune.dk.", "kommune.dk. NS ns2.vaert.example."),
  "ns1.kommune.dk./A": records("ns1.kommune.dk. A 185.1.0.1"),
  "ns1.kommune.dk./AAAA": records("ns1.kommune.dk. AAAA 2a0d:1::1"),
  "ns2.vaert.example./A": records("ns2.vaert.example. A 185.2.0.1"),
  "dk./SOA": records(PARENT_SOA),
  "dk./NS": records("dk. NS a.nic.dk.", "dk. NS b.nic.dk."),
  "a.nic.dk./A": records("a.nic.dk. A 185.9.0.1"),
  "b.nic.dk./A": records("b.nic.dk. A 185.9.0.2"),
};

/** The parent's referral: the same two servers, and glue for the one below the zone. */
export const REFERRAL: Said = {
  authority: readZone(records("kommune.dk. NS ns1.kommune.dk.", "kommune.dk. NS ns2.vaert.example.")),
  additional: readZone(records("ns1.kommune.dk. A 185.1.0.1", "ns1.kommune.dk. AAAA 2a0d:1::1")),
};

export const GOOD: Said = { flags: ["aa"], answer: readZone(records(SOA)) };
export const PARENTS = ["185.9.0.1", "185.9.0.2"] as const;
export const SERVERS = ["185.1.0.1", "2a0d:1::1", "185.2.0.1"] as const;

type Authority = Said | ((question: Question) => Said);

export interface Changes {
  /** Other answers of the resolvers, by question. */
  readonly resolved?: Readonly<Record<string, Said>>;
  /** Other servers, by address; "*" for all that are not named. */
  readonly servers?: Readonly<Record<string, Authority>>;
  readonly overrides?: Partial<ProbeContext>;
}

/** A small DNS around kommune.dk where every server answers well, but for the changes. */
export function serverWorld({ resolved = {}, servers = {}, overrides = {} }: Changes = {}): ScriptedDns {
  const direct = (address: string, question: Question): Said => {
    const isParent = PARENTS.some((one) => one === address);
    const authority = servers[address] ?? servers["*"] ?? (isParent ? REFERRAL : GOOD);
    return typeof authority === "function" ? authority(question) : authority;
  };
  return scriptDns(
    { resolver: (question) => resolved[keyOf(question)] ?? RESOLVED[keyOf(question)] ?? { answer: [] }, direct },
    overrides,
  );
}

export async function probeServers({ context }: ScriptedDns, domain = "kommune.dk") {
  return probeDnsServers(`domain:${domain}`, name(domain), context);
}

export async function serversOf(dns: ScriptedDns, domain?: string): Promise<NameServersObservation> {
  const { result } = await probeServers(dns, domain);
  if (result.state === "unobserved") throw new Error(`${result.cause}: ${result.detail}`);
  return result.value;
}
