import type { Cause } from "../core/cause.ts";
import type { Verdict } from "../core/verdict.ts";
import { ALGORITHM_CASES } from "./cases/algorithms.ts";
import { ANSWER_CASES } from "./cases/answers.ts";
import { CHAIN_CASES } from "./cases/chain.ts";
import { DENIAL_CASES } from "./cases/denials.ts";
import { NAME_CASES } from "./cases/names.ts";
import { SERVER_CASES } from "./cases/servers.ts";

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
  /** The case is about signatures made on the day or on the spot: it does not exist among zones signed long ago. */
  readonly fresh?: true;
}

/** Every domain of the practice internet and of the lab. Plain data: the zone factory and the tests read the same list. */
export const PRACTICE_CASES: readonly PracticeCase[] = [
  ...CHAIN_CASES,
  ...ALGORITHM_CASES,
  ...DENIAL_CASES,
  ...ANSWER_CASES,
  ...SERVER_CASES,
  ...NAME_CASES,
];
