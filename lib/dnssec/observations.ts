import type { Cause } from "../core/cause.ts";
import type { Name } from "../wire/name.ts";
import type { AnswerBook } from "./answer-book.ts";
import type { TrustAnchor } from "./trust-anchor.ts";

/** What resolvers handed out about one domain: the chain from the root, its apex data and denials. */
export interface ChainObservation {
  readonly domain: Name;
  readonly anchors: readonly TrustAnchor[];
  readonly book: AnswerBook;
  /** Who handed out the book: "resolvers" together, one of them by its name, or "name servers" asked directly. */
  readonly source: string;
  /** Sources that were asked before and handed out data that does not validate. */
  readonly discarded: readonly string[];
  /** A label below the domain that was drawn at random for this visit, to provoke a denial or a wildcard. */
  readonly randomName: Name;
  /** Names in or below the domain that the inventory or its records point at: zone cuts and aliases are looked for there. */
  readonly namesBelow: readonly Name[];
  /** What validating resolvers made of the domain when asked with CD=0; empty when fewer than two are configured. */
  readonly crossCheck: readonly CrossCheck[];
}

/** `secure`: AD was set. `bogus`: SERVFAIL with CD=0 but an answer with CD=1. `unknown`: anything else. */
export interface CrossCheck {
  readonly resolver: string;
  readonly opinion: "secure" | "bogus" | "unknown";
}

/** Every address of every name server of the domain's zone. */
export interface NameServersObservation {
  readonly domain: Name;
  /** The zone the servers serve: the domain itself, or the zone it lies in. */
  readonly zone: Name;
  readonly randomName: Name;
  /** Address families that the inventory demands to be looked at; empty when it leaves that to the vantage. */
  readonly demandedFamilies: readonly ("ipv4" | "ipv6")[];
  /** Name server names by who names them: the parent's referral and the zone's own NS RRset. Null: not heard. */
  readonly named: { readonly byParent: readonly Name[] | null; readonly byZone: readonly Name[] | null };
  /** Name servers for which no address was heard, and why. */
  readonly withoutAddress: readonly { readonly server: Name; readonly why: string }[];
  readonly servers: readonly ServerView[];
  /** What a limit of ours left unasked; null when nothing was. */
  readonly leftOut: string | null;
}

/**
 * One address of one name server. `answered`: it answered authoritatively. `lame`: it answered, but not as an authority
 * (REFUSED, SERVFAIL, no AA). `silent`: nothing usable came, for `cause`. `unreachable`: this vantage has no route to its family.
 */
export interface ServerView {
  readonly server: Name;
  readonly address: string;
  readonly state: "answered" | "lame" | "silent" | "unreachable";
  readonly cause: Cause | null;
  readonly detail: string;
  readonly book: AnswerBook;
}
