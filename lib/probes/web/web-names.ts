import type { Asset } from "../../core/asset.ts";
import { type Observation, type Observed, observed, unobserved } from "../../core/observation.ts";
import { webPlaceOf } from "../../web/asset-origins.ts";
import { hostText } from "../../web/host-text.ts";
import type { NameFacts } from "../../web/observations.ts";
import type { Reply } from "../../wire/message.ts";
import { parseName, ROOT } from "../../wire/name.ts";
import { RCODE, rcodeName } from "../../wire/rcode.ts";
import { parseMx } from "../../wire/rdata/mx.ts";
import { lookUpHost } from "../hosts/host-lookup.ts";
import type { ProbeContext } from "../probe-context.ts";
import { askResolver } from "../server-addresses.ts";
import { isUnderDk } from "../../web/under-dk.ts";

/** Asks DNS about the names of an asset. Of a name under .dk nothing is asked: the name alone decides (S17). */
export async function probeWebNames(
  asset: Asset,
  hostsBelow: readonly string[],
  context: ProbeContext,
): Promise<Observation<"web.names">> {
  const observedAt = new Date(context.now()).toISOString();
  const names = await Promise.all(hostsOf(asset, hostsBelow).map((host) => factsOf(host, asset, context)));
  return { kind: "web.names", asset: asset.id, target: asset.id, observedAt, result: observed({ names }) };
}

function hostsOf(asset: Asset, hostsBelow: readonly string[]): readonly string[] {
  if (asset.kind === "domain") {
    const apex = hostText(asset.domain);
    return isUnderDk(apex) ? [apex] : [...new Set([apex, ...hostsBelow])];
  }
  const place = webPlaceOf(asset);
  return place === null ? [] : [place.host];
}

const NOT_ASKED = { addresses: observed([]), hasHttpsRecord: observed(false), mail: null } as const;

async function factsOf(host: string, asset: Asset, context: ProbeContext): Promise<NameFacts> {
  const name = parseName(`${host}.`);
  if (isUnderDk(host) || !name.ok) return { host, ...NOT_ASKED };
  const isApex = asset.kind === "domain" && asset.domain === name.value;
  const [lookup, https, mx] = await Promise.all([
    lookUpHost(host, context),
    askResolver(name.value, "HTTPS", context),
    isApex ? askResolver(name.value, "MX", context) : null,
  ]);
  return {
    host,
    addresses: lookup.state === "unobserved" ? lookup : observed(lookup.value.addresses),
    hasHttpsRecord: answered(https, ({ answer }) => answer.some(({ type }) => type === "HTTPS")),
    mail: mx === null ? null : answered(mx, mailOf),
  };
}

/** RFC 7505: one MX whose exchange is the root, and nothing besides. */
function mailOf({ answer }: Reply): "none" | "null-mx" | "mx" {
  const records = answer.filter(({ type }) => type === "MX").map(({ data }) => parseMx(data));
  if (records.length === 0) return "none";
  const [only] = records;
  return records.length === 1 && only?.ok === true && only.value.exchange === ROOT ? "null-mx" : "mx";
}

function answered<T>(reply: Observed<Reply>, read: (reply: Reply) => T): Observed<T> {
  if (reply.state === "unobserved") return reply;
  const { rcode } = reply.value;
  if (rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN) return observed(read(reply.value));
  return unobserved("dns-servfail", rcodeName(rcode));
}
