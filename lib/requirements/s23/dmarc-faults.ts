import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import type { Reached } from "../../mail/dmarc/discovery.ts";
import type { PublishedAt } from "../../mail/dmarc/published.ts";
import type { Name } from "../../wire/name.ts";
import type { dmarcMessages } from "./dmarc-messages.ts";
import { plainName, plainRecord } from "./dmarc-wording.ts";

export type Make = FindingMaker<typeof dmarcMessages>;

/** There is nothing to protect, and nothing that could: as with every requirement, the name is to be looked at first. */
const NOT_THERE = { cause: "asset-not-found", detail: "the domain does not exist" } as const;

/** For a domain that does not exist. */
export function notThere(domain: Name): Finding {
  return undecided("S23", plainName(domain), NOT_THERE);
}

/** What could not be found out, or does not validate; null where a receiver comes to an end. */
export function openFinding(reached: Reached, finding: Make): Finding | null {
  const { at } = reached;
  if (reached.state === "unknown") return undecided("S23", plainPlace(reached), reached);
  if (reached.state !== "bogus") return null;
  const { zone, reason } = reached;
  return finding("S23_DMARC_BOGUS", { record: plainRecord(at), zone: plainName(zone), reason });
}

/** What an answer was sought about. */
export function plainPlace({ at, what }: Extract<Reached, { readonly state: "unknown" }>): string {
  return what === "record" ? plainRecord(at) : plainName(at);
}

/** Why receivers do not agree on what the record of a domain says; null where they do. */
export function troubleFinding(at: Name, published: PublishedAt, finding: Make): Finding | null {
  const there = published(at);
  if (there.state !== "one") return null;
  const record = plainRecord(at);
  switch (there.record.trouble) {
    case "tag-repeated":
      return finding("S23_DMARC_TAG_REPEATED", { record });
    case "too-long":
      return finding("S23_DMARC_TOO_LONG", { record });
    case "tag-case":
    case "space-before":
      return finding("S23_DMARC_SPELLING", { record, text: there.text });
    default:
      return null;
  }
}

/** Why what a domain publishes is not one DMARC record; null where it is, or where it publishes nothing that was meant as one. */
export function unusableFinding(at: Name, published: PublishedAt, finding: Make): Finding | null {
  const there = published(at);
  const record = plainRecord(at);
  if (there.state === "many") return finding("S23_DMARC_SEVERAL", { record, count: there.count });
  if (there.state !== "none") return null;
  if (there.meant !== null) return finding("S23_DMARC_VERSION", { record, text: there.meant });
  if (there.lost === null) return null;
  const target = plainName(there.lost.target);
  return finding(there.lost.why === "gone" ? "S23_DMARC_ALIAS_GONE" : "S23_DMARC_ALIAS_LOOP", { record, target });
}
