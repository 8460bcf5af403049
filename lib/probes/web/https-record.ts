import type { Asset } from "../../core/asset.ts";
import { type Observation, observed } from "../../core/observation.ts";
import { hostText } from "../../web/host-text.ts";
import { type Name, parseName, ROOT } from "../../wire/name.ts";
import type { ProbeContext } from "../probe-context.ts";
import { readDns } from "../read-dns.ts";

const WWW = "www.";

/**
 * Fetches the HTTPS records (RFC 9460) of a host and of the apex or `www` beside it, with what validating them takes. An IP literal
 * has none: its book is empty. Always observed.
 */
export async function probeHttpsRecord(asset: Asset, context: ProbeContext): Promise<Observation<"dns.https">> {
  const observedAt = new Date(context.now()).toISOString();
  const frame = { kind: "dns.https", asset: asset.id, target: asset.id, observedAt } as const;
  const host = hostOf(asset);
  if (host === null) {
    const nothing = { domain: ROOT, anchors: context.anchors, book: [], source: "none", discarded: [], host: "" };
    return { ...frame, result: observed(nothing) };
  }
  const questions = [host, ...beside(host)].map((name) => ({ name, type: "HTTPS" }));
  const result = await readDns(host, () => ({ zones: [], wanted: questions }), context);
  // Hardly anything rests on it: where nothing was heard, the book says so, and the checks that need nothing of it go on.
  const reading =
    result.state === "observed"
      ? result.value
      : {
          ...{ domain: host, anchors: context.anchors, source: "resolvers", discarded: [] },
          book: questions.map((question) => ({ question, reply: result })),
        };
  return { ...frame, result: observed({ ...reading, host: hostText(host) }) };
}

function beside(host: Name): readonly Name[] {
  const other = parseName(host.startsWith(WWW) ? host.slice(WWW.length) : WWW + host);
  return other.ok ? [other.value] : [];
}

function hostOf(asset: Asset): Name | null {
  return asset.kind === "host" || asset.kind === "url" ? asset.host : null;
}
