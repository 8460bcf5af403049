/** The DNS Tree Walk (RFC 9989 section 4.10). */
import type { DmarcRecord } from "../../parsers/dmarc.ts";
import { labelCount, type Name, parentOf, ROOT } from "../../wire/name.ts";

/** RFC 9989 section 4.10 step 4: from names of eight labels or more, the walk goes on at seven; so eight queries at most. */
const LABELS_AFTER_START = 7;

/**
 * The domains asked after the author domain itself, longest first: its parent, or its last seven labels where it has more than
 * eight, then every name above, the top-level domain last.
 */
export function treeWalkTargets(author: Name): readonly Name[] {
  const targets: Name[] = [];
  for (let at = parentOf(author); at !== null && at !== ROOT; at = parentOf(at)) {
    if (labelCount(at) <= LABELS_AFTER_START) targets.push(at);
  }
  return targets;
}

/** A record that the walk found. */
export interface Found {
  readonly domain: Name;
  readonly record: DmarcRecord;
}

/**
 * The record that applies to an author domain without one of its own, of those the walk found, longest name first: that of the
 * organisational domain (section 4.10.2), or else of the public suffix domain above it (section 4.10.1). Null for none.
 */
export function recordFor(author: Name, found: readonly Found[]): Found | null {
  // The walk stops at the first record with psd=n or psd=y, so only the last one found can have either.
  const last = found.at(-1);
  if (last?.record.psd !== "y") return last ?? null;
  const organisation = [author, ...ancestors(author)].find((name) => parentOf(name) === last.domain);
  return found.find(({ domain }) => domain === organisation) ?? last;
}

function ancestors(name: Name): readonly Name[] {
  const parent = parentOf(name);
  return parent === null ? [] : [parent, ...ancestors(parent)];
}
