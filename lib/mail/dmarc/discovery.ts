import type { Cause } from "../../core/cause.ts";
import type { Name } from "../../wire/name.ts";
import type { Published, PublishedAt } from "./published.ts";
import { type Ruling, rulingOf, type Standing } from "./ruling.ts";
import { type Found, recordFor, treeWalkTargets } from "./tree-walk.ts";

/** What a receiver comes to for one author domain. `at`: the domain whose `_dmarc` record decides. */
export type Reached =
  | (Ruling & { readonly state: "record"; readonly at: Name })
  /** No policy applies; `at`: where there were several records, or the author domain. */
  | { readonly state: "nothing"; readonly at: Name }
  | { readonly state: "bogus"; readonly at: Name; readonly zone: Name; readonly reason: string }
  /** `what` could not be found out: the record of `at`, or whether the name `at` exists. */
  | ({ readonly state: "unknown"; readonly at: Name; readonly what: "record" | "name" } & Doubt);

/** Why something is not known. */
export interface Doubt {
  readonly cause: Cause;
  readonly detail: string;
}

/** An author domain; `own` is false for one that stands for all those without a record of their own. */
export interface Author {
  readonly name: Name;
  readonly exists: boolean | Doubt;
  readonly own: boolean;
  /** The organisational domain by the public suffix list (RFC 7489 section 3.2); the name itself where it is a suffix. */
  readonly organisation: Name;
}

/** The policy that receivers find by the tree walk (RFC 9989 sections 4.10 and 4.10.1). */
export function discover9989(author: Author, published: PublishedAt): Reached {
  const { name } = author;
  const own = author.own ? published(name) : null;
  if (own?.state === "one") return reach({ domain: name, record: own.record }, author, "RFC 9989");
  if (own !== null && isOpen(own)) return openAt(name, own);
  const found: Found[] = [];
  for (const domain of treeWalkTargets(name)) {
    const there = published(domain);
    if (isOpen(there)) return openAt(domain, there);
    if (there.state !== "one") continue;
    found.push({ domain, record: there.record });
    if (there.record.psd !== "u") break;
  }
  const applied = recordFor(name, found);
  if (applied === null) return { state: "nothing", at: name };
  return reach(applied, author, "RFC 9989");
}

/**
 * The policy that receivers find by the public suffix list (RFC 7489 section 6.6.3). Several records at the author domain end
 * the search there, unlike in RFC 9989.
 */
export function discover7489(author: Author, published: PublishedAt): Reached {
  const { name, organisation } = author;
  const places = organisation === name ? [name] : [name, organisation];
  for (const domain of author.own ? places : places.slice(1)) {
    const there = published(domain);
    if (isOpen(there)) return openAt(domain, there);
    if (there.state === "one") return reach({ domain, record: there.record }, author, "RFC 7489");
    if (there.state === "many") return { state: "nothing", at: domain };
  }
  return { state: "nothing", at: name };
}

type Open = Extract<Published, { readonly state: "bogus" | "unknown" }>;

function openAt(at: Name, open: Open): Reached {
  return open.state === "bogus" ? { ...open, at } : { ...open, at, what: "record" };
}

function isOpen(published: Published): published is Open {
  return published.state === "bogus" || published.state === "unknown";
}

function reach({ domain, record }: Found, { name, exists }: Author, rfc: "RFC 9989" | "RFC 7489"): Reached {
  const ruling = (standing: Standing): Reached => ({ state: "record", at: domain, ...rulingOf(record, standing, rfc) });
  if (domain === name) return ruling("own");
  if (typeof exists === "boolean") return ruling(exists ? "existing" : "missing");
  // Not known whether the author domain exists: that matters only where it would change whether the policy is reject.
  const [existing, missing] = [rulingOf(record, "existing", rfc), rulingOf(record, "missing", rfc)];
  if ((existing.policy === "reject") === (missing.policy === "reject")) return ruling("existing");
  return { state: "unknown", at: name, what: "name", ...exists };
}
