import { isIP } from "node:net";
import { type Cause, firstCause } from "../../core/cause.ts";
import { type Observed, observed, unobserved } from "../../core/observation.ts";
import { canonicalAddress } from "../../dial/address-policy.ts";
import type { Reply } from "../../wire/message.ts";
import { parseName } from "../../wire/name.ts";
import { RCODE, rcodeName } from "../../wire/rcode.ts";
import type { ProbeContext } from "../probe-context.ts";
import { addressesIn, askResolver } from "../server-addresses.ts";

/** What DNS says of where a host is. */
export interface HostLookup {
  /** Canonical text, IPv4 first, each once; empty: DNS says that there is none. */
  readonly addresses: readonly string[];
  /** False: DNS says that there is no such name (NXDOMAIN). */
  readonly exists: boolean;
  /** A family whose addresses nobody told us, beside one that was told. */
  readonly gap: { readonly family: "ipv4" | "ipv6"; readonly cause: Cause; readonly detail: string } | null;
}

/**
 * The addresses of a host by A and AAAA, as the resolvers hand them out, not validated: where a browser would go. Unobserved when
 * neither was answered, or one was not and the other says none.
 */
export async function lookUpHost(host: string, context: ProbeContext): Promise<Observed<HostLookup>> {
  if (isIP(host) !== 0) return observed({ addresses: [canonicalAddress(host)], exists: true, gap: null });
  const name = parseName(`${host}.`);
  if (!name.ok) return unobserved("internal", `not a name that DNS could hold: ${name.problem}`);
  const [a, aaaa] = await Promise.all([
    askResolver(name.value, "A", context),
    askResolver(name.value, "AAAA", context),
  ]);
  const addresses = [...new Set([...told(a, false), ...told(aaaa, true)])];
  const gaps = [missing(a, "ipv4"), missing(aaaa, "ipv6")].filter((gap) => gap !== null);
  const cause = firstCause(gaps.map((gap) => gap.cause));
  if (cause !== null && addresses.length === 0) return unobserved(cause, gaps.map(({ detail }) => detail).join("; "));
  const exists = [a, aaaa].every((reply) => reply.state === "unobserved" || reply.value.rcode !== RCODE.NXDOMAIN);
  return observed({ addresses, exists: exists || addresses.length > 0, gap: gaps[0] ?? null });
}

function told(reply: Observed<Reply>, isIpv6: boolean): readonly string[] {
  if (reply.state === "unobserved" || reply.value.rcode !== RCODE.NOERROR) return [];
  return addressesIn(reply.value.answer)
    .filter((address) => address.includes(":") === isIpv6)
    .sort();
}

function missing(reply: Observed<Reply>, family: "ipv4" | "ipv6"): HostLookup["gap"] {
  const type = family === "ipv4" ? "A" : "AAAA";
  if (reply.state === "unobserved") return { family, cause: reply.cause, detail: `${type}: ${reply.detail}` };
  const { rcode } = reply.value;
  if (rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN) return null;
  return { family, cause: "dns-servfail", detail: `${type}: ${rcodeName(rcode)}` };
}
