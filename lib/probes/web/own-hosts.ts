import type { Observation } from "../../core/observation.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import type { WebVisit } from "../../web/observations.ts";

/** No inventory that is kept by people leads from one host to more of its own. */
const MOST_HOSTS = 64;

/**
 * Writes into each visit which of the other hosts that it met, on the way or in a reference by plain HTTP, the inventory names: judging
 * sees names alone, and those of one municipality need have nothing in common.
 */
export function withOwnHosts<K extends "web.visit" | "web.entry">(
  looks: readonly Observation<K>[],
  isDeclared: (host: string) => boolean,
): readonly Observation<K>[] {
  return looks.map((look) => {
    const { result } = look;
    if (result.state === "unobserved" || result.value.state !== "visited") return look;
    const ownHosts = hostsMet(result.value).filter(isDeclared).slice(0, MOST_HOSTS);
    return ownHosts.length === 0 ? look : { ...look, result: { ...result, value: { ...result.value, ownHosts } } };
  });
}

function hostsMet({ host: own, origins }: Extract<WebVisit, { readonly state: "visited" }>): readonly string[] {
  const hops = origins.flatMap(({ walks }) => walks.flatMap((walk) => walk.hops));
  const urls = hops.flatMap(({ url, answer }) => [
    url,
    ...(answer.state === "observed" ? (answer.value.body.references?.plain ?? []).map((each) => each.url) : []),
  ]);
  const hosts = urls.flatMap((text) => {
    const url = parseWebUrl(text);
    return url.ok && !url.value.isAddress && url.value.host !== own ? [url.value.host] : [];
  });
  return [...new Set(hosts)].sort();
}
