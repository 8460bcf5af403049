import type { Cause } from "../core/cause.ts";
import type { Verdict } from "../core/verdict.ts";

/** What one requirement must say of a domain in the reading kommune-2024. */
export interface Expected {
  readonly verdict: Verdict;
  /** Further verdicts that a careful reader of the RFCs could defend. */
  readonly acceptable?: readonly Verdict[];
  /** In the reading stat-2024-10, where it differs. */
  readonly underState?: Verdict;
  /** Given exactly when the verdict is indeterminate: each of these is right. */
  readonly causes?: readonly Cause[];
  /** Tags that must be among the findings. */
  readonly tags?: readonly string[];
}

/** The DKIM selector that practice domains sign with. */
export const PRACTICE_SELECTOR = "oevelse2026";

/** One domain of the practice internet, what is wrong with it on purpose, and what S18 must say of it, written from the RFCs. */
export interface PracticeCase {
  /** A-labels, lower case, no final dot. */
  readonly domain: string;
  /** Kebab-case; unique. The zone recipe of the same name builds it. */
  readonly class: string;
  readonly what: { readonly da: string; readonly en: string };
  /** S18 in the reading kommune-2024. */
  readonly verdict: Verdict;
  /** Further verdicts that a careful reader of the RFCs could defend. */
  readonly acceptable?: readonly Verdict[];
  /** S18 in the reading stat-2024-10, where it differs. */
  readonly underState?: Verdict;
  /** Given exactly when the verdict is indeterminate: each of these is right. */
  readonly causes?: readonly Cause[];
  /** Whether a `warn` finding must (true) or must not (false) be there; absent: either. */
  readonly warning?: boolean;
  /** Tags that must be among the findings. */
  readonly tags?: readonly string[];
  readonly reason: string;
  /** What a validating resolver makes of the question in `shows`. `absent`: NXDOMAIN, proven. */
  readonly chain: "secure" | "insecure" | "bogus" | "absent" | "unreachable";
  /** The question at which the case shows; absent: the domain's SOA. */
  readonly shows?: { readonly name: string; readonly type: string };
  /** Zones below the domain that its inventory names. */
  readonly delegations?: readonly string[];
  /** What the requirements about mail must say of it; absent: not written down. */
  readonly mail?: { readonly S19?: Expected; readonly S20?: Expected; readonly S23?: Expected };
  /** What S17 must say of it, where it does not follow from the domain being under .dk. */
  readonly web?: { readonly S17?: Expected };
  /** What its inventory says of its mail. */
  readonly dkimSelectors?: readonly string[];
  readonly sendsMail?: boolean;
  /** Looking at it takes half a minute: it is in the municipality only when it is named. */
  readonly slow?: true;
  /** The case is about signatures made on the day or on the spot: it does not exist among zones signed long ago. */
  readonly fresh?: true;
}
