import { type BelowDomainkey, belowDomainkey, type CutOff, cutOffKeys } from "../../mail/dkim/below-domainkey.ts";
import { type KeyState, keyStateAt } from "../../mail/dkim/key-state.ts";
import { selectorName } from "../../mail/dkim/names.ts";
import { ANY_PROVIDER } from "../../mail/dkim/selectors-to-try.ts";
import {
  type DeclaredSending,
  type Sending,
  sendingOf,
  type SendingSource,
  sourceOfSending,
} from "../../mail/dkim/sending.ts";
import type { DkimObservation, SelectorSought } from "../../mail/observations.ts";
import { type Classify, classifierOf } from "../../mail/reading.ts";
import type { Name } from "../../wire/name.ts";

/** One selector that was looked for, once however many reasons there were, and what is there. */
export interface SelectorSeen {
  readonly selector: string;
  readonly name: Name;
  /** The strongest reason: reports before the inventory before a provider's habit. */
  readonly origin: SelectorSought["origin"];
  readonly isDeclared: boolean;
  /** The provider whose habit it is; null for any's, and for what is declared or reported. */
  readonly provider: string | null;
  readonly state: KeyState;
}

/** An observation of DKIM, validated as of when it was made. */
export interface DkimView {
  readonly domain: Name;
  readonly classify: Classify;
  /** The strongest evidence first. */
  readonly selectors: readonly SelectorSeen[];
  readonly sending: Sending;
  /** Who says so, where `sending` is that it does. */
  readonly source: SendingSource;
  readonly below: BelowDomainkey;
  readonly cutOff: CutOff | null;
}

const RANK = { reported: 0, declared: 1, provider: 2 } as const;

/** Validates what was seen. `at`: epoch milliseconds. `declared`: what the inventory says of sending. */
export function viewDkim(seen: DkimObservation, at: number, declared: DeclaredSending): DkimView {
  const classify = classifierOf(seen, at);
  const selectors = selectorsSeen(seen, classify);
  return {
    domain: seen.domain,
    classify,
    selectors,
    sending: sendingOf(seen, declared, classify),
    source: sourceOfSending(seen, declared),
    below: belowDomainkey(seen, classify),
    cutOff: cutOffKeys(
      seen,
      selectors.filter(({ state }) => state.kind === "usable" || state.kind === "faulty").map(({ name }) => name),
    ),
  };
}

function selectorsSeen({ domain, sought, randomSelector }: DkimObservation, classify: Classify) {
  const named = sought.flatMap((one) => {
    const name = selectorName(one.selector, domain);
    return name === null ? [] : [{ one, name }];
  });
  return [...Map.groupBy(named, ({ name }) => name)]
    .flatMap(([name, group]): readonly SelectorSeen[] => {
      const reasons = group.map(({ one }) => one).toSorted((a, b) => RANK[a.origin] - RANK[b.origin]);
      const [first] = reasons;
      if (first === undefined) return [];
      const isDeclared = reasons.some(({ origin }) => origin === "declared");
      return [
        {
          selector: first.selector,
          name,
          origin: first.origin,
          isDeclared,
          provider: first.origin === "provider" && first.provider !== ANY_PROVIDER ? first.provider : null,
          state: keyStateAt({ name, isDeclared, randomSelector }, classify),
        },
      ];
    })
    .toSorted((a, b) => RANK[a.origin] - RANK[b.origin]);
}
