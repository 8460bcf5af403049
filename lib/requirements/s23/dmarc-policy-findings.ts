import type { Finding } from "../../core/finding.ts";
import type { AuthorRuling } from "../../mail/dmarc/authors.ts";
import type { Reached } from "../../mail/dmarc/discovery.ts";
import type { PublishedAt } from "../../mail/dmarc/published.ts";
import type { DmarcRfc } from "../../mail/dmarc/ruling.ts";
import type { DmarcObservation } from "../../mail/observations.ts";
import { isAtOrBelow, type Name, parseName } from "../../wire/name.ts";
import { type Make, troubleFinding } from "./dmarc-faults.ts";
import { plainAuthors, plainName, plainNames, plainRecord } from "./dmarc-wording.ts";

/** One author domain under one RFC, where the policy is not reject. */
interface Miss {
  readonly ruling: AuthorRuling;
  readonly rfc: DmarcRfc;
  readonly reached: Extract<Reached, { readonly state: "record" | "nothing" }>;
}

/** One finding for each record and tag that keeps author domains from reject, naming them; also where there is no record. */
export function groupFindings(
  rulings: readonly AuthorRuling[],
  observation: DmarcObservation,
  published: PublishedAt,
  finding: Make,
): readonly Finding[] {
  const misses = rulings.flatMap((ruling) => [
    ...missOf(ruling, ruling.current, "RFC 9989"),
    ...missOf(ruling, ruling.former, "RFC 7489"),
  ]);
  const wildcard = wildcardName(observation.domain);
  const isWildcards = ({ reached }: Miss): boolean => {
    const there = published(reached.at);
    const isMade = there.state === "one" && there.wildcard === wildcard;
    return reached.at === observation.randomName || isMade;
  };
  const groups = Map.groupBy(misses, (miss) =>
    // However many tags of another's record fall short, one of the domain's own takes its place.
    isOthers(miss.reached.at, observation) ? `others ${miss.reached.at}` : keyOf(miss, isWildcards(miss)),
  );
  return [...groups].flatMap(([key, group]) => {
    const scope = { observation, published, isWildcards: key.startsWith("wildcard ") };
    return findingOf(group, scope, finding) ?? [];
  });
}

function missOf(ruling: AuthorRuling, reached: Reached, rfc: DmarcRfc): readonly Miss[] {
  if (reached.state === "record") {
    return reached.policy === "reject" && reached.why === "asked" ? [] : [{ ruling, rfc, reached }];
  }
  return reached.state === "nothing" ? [{ ruling, rfc, reached }] : [];
}

/** Whether the record at `at` is a registry's or a hosting company's: above the domain that the public suffix list puts it under. */
export function isOthers(at: Name, { domain, organisations }: DmarcObservation): boolean {
  const known = organisations.find(({ author }) => author === domain);
  return !isAtOrBelow(at, known?.organisation ?? domain);
}

/** The wildcard directly below a domain; null where names have no room for it. */
function wildcardName(domain: Name): Name | null {
  const wildcard = parseName(`*.${domain}`);
  return wildcard.ok ? wildcard.value : null;
}

function keyOf({ ruling, reached }: Miss, isWildcards: boolean): string {
  if (reached.state === "nothing") return "nothing";
  const { why, tag, policy } = reached;
  // Names with records of their own that say the same are told of together.
  const isOwn = ruling.kind === "name" && reached.at === ruling.base && why !== "trouble";
  const at = isWildcards ? "wildcard" : isOwn ? "own" : reached.at;
  // Whatever tag was chosen, it is the whole record that is in test, or has no p, or is read differently.
  return why === "asked" || why === "tag-invalid" ? `${at} ${why} ${tag} ${policy}` : `${at} ${why}`;
}

interface Scope {
  readonly observation: DmarcObservation;
  readonly published: PublishedAt;
  readonly isWildcards: boolean;
}

function findingOf(group: readonly Miss[], scope: Scope, finding: Make): Finding | null {
  const { published } = scope;
  const [first] = group;
  if (first === undefined) return null;
  const { reached } = first;
  const names = plainAuthors(group.map(({ ruling }) => ruling));
  if (reached.state === "nothing") {
    const rfcs = [...new Set(group.map(({ rfc }) => rfc))].toSorted().join(", ");
    return finding("S23_DMARC_NO_POLICY", { names, rfcs });
  }
  const { at, tag, why } = reached;
  const { observation } = scope;
  if (isOthers(at, observation)) {
    const domain = plainName(observation.domain);
    return finding("S23_DMARC_POLICY_OTHERS", { record: plainRecord(at), names, domain });
  }
  const record = plainNames(group.flatMap(({ reached: each }) => ("tag" in each ? [plainRecord(each.at)] : [])));
  switch (why) {
    case "testing":
      return finding("S23_DMARC_TESTING", { record, names });
    case "percent":
      return finding("S23_DMARC_PERCENT", { record, names, percent: percentAt(at, published) });
    case "p-missing":
      return finding("S23_DMARC_POLICY_ABSENT", { record, names });
    case "tag-invalid":
      return finding("S23_DMARC_POLICY_INVALID", { record, names, tag });
    case "trouble":
      return troubleFinding(at, published, finding);
    default:
      return scopeFinding(group, { ...reached, record, names }, scope, finding);
  }
}

function percentAt(at: AuthorRuling["base"], published: PublishedAt): string {
  const there = published(at);
  return there.state === "one" ? String(there.record.percent) : "?";
}

/** Says whom a tag's policy reaches: the domain, all below it, those that do not exist, or certain names. */
function scopeFinding(
  group: readonly Miss[],
  reached: Extract<Reached, { readonly state: "record" }> & { readonly record: string; readonly names: string },
  { observation: { domain: name }, isWildcards }: Scope,
  finding: Make,
): Finding {
  const { tag, policy, record, names } = reached;
  const setting = `${tag}=${policy}`;
  const domain = plainName(name);
  if (isWildcards) return finding("S23_DMARC_POLICY_WILDCARD", { setting, domain, names });
  const kinds = new Set(group.filter(({ ruling }) => ruling.base === name).map(({ ruling }) => ruling.kind));
  const evidence = { setting, record, domain, names };
  const [own, existing] = [kinds.has("domain"), kinds.has("existing")];
  if (own && existing) return finding("S23_DMARC_POLICY_ALL", evidence);
  if (own) return finding("S23_DMARC_POLICY_DOMAIN", evidence);
  if (existing) return finding("S23_DMARC_POLICY_BELOW", evidence);
  if (kinds.has("missing")) return finding("S23_DMARC_POLICY_NONEXISTENT", evidence);
  return finding("S23_DMARC_POLICY_NAMES", { setting, record, names });
}
