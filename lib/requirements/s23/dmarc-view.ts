import { type AuthorRuling, existenceOf, judgeAuthors } from "../../mail/dmarc/authors.ts";
import { type PublishedAt, publishedIn } from "../../mail/dmarc/published.ts";
import type { DmarcObservation } from "../../mail/observations.ts";
import { type Classify, classifierOf } from "../../mail/reading.ts";

/** A DMARC observation, validated as of the moment it was made. */
export interface DmarcView {
  readonly classify: Classify;
  readonly published: PublishedAt;
  /** False where the domain is shown not to exist, and has no record all the same. */
  readonly exists: boolean;
  readonly rulings: readonly AuthorRuling[];
}

/** Both checks read the same observation: it is validated once. */
const VIEWS = new WeakMap<DmarcObservation, { readonly at: number; readonly view: DmarcView }>();

/** Validates what was heard of a domain's DMARC records. `at` in epoch milliseconds. */
export function viewDmarc(observation: DmarcObservation, at: number): DmarcView {
  const known = VIEWS.get(observation);
  if (known?.at === at) return known.view;
  const classify = classifierOf(observation, at);
  const published = publishedIn(classify);
  const { domain } = observation;
  const exists = existenceOf(domain, classify) !== false || published(domain).state === "one";
  const view = { classify, published, exists, rulings: judgeAuthors(observation, classify) };
  VIEWS.set(observation, { at, view });
  return view;
}
