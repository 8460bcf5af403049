import { COMMON_SELECTORS } from "../../../data/dkim-selectors.ts";
import type { MailProvider } from "../../../data/mail-providers.ts";
import type { Lookup } from "../../dnssec/lookup.ts";
import { parseDkimKey } from "../../parsers/dkim-key.ts";
import type { Question } from "../../wire/message.ts";
import { type Name, parseName } from "../../wire/name.ts";
import { parseMx } from "../../wire/rdata/mx.ts";
import type { ReportedSelector, SelectorSought } from "../observations.ts";
import { providerOfMx, providerOfSpf } from "../providers.ts";
import { heard } from "../reading.ts";
import { selectorName } from "./names.ts";
import { isSpf, termsOf } from "./sending.ts";
import { textsOf } from "./txt-text.ts";

/** Questions about selectors of one domain: guesses must stay few. */
export const MAX_SELECTORS = 24;

/** The `provider` of a selector that is tried because it is common. */
export const ANY_PROVIDER = "any";

/** What is known of a domain's selectors before anything is asked. `reported`: only those that count as recent. */
export interface KnownSelectors {
  readonly domain: Name;
  readonly declared: readonly string[];
  readonly reported: readonly ReportedSelector[];
}

/**
 * The selectors to look for, given what was heard: those that the inventory or reports name; when none of them has a key, those
 * of the providers that MX and SPF show; and when they have none either, common ones. One that is both declared and reported
 * stands twice. Never fewer when more is heard.
 */
export function selectorsToTry(known: KnownSelectors, lookup: Lookup): readonly SelectorSought[] {
  return search(known, lookup).sought;
}

/** Whether all that is named has no key, so that common selectors are tried. Once so, it stays so when more is heard. */
export function isGuessing(known: KnownSelectors, lookup: Lookup): boolean {
  return search(known, lookup).isGuessing;
}

interface Search {
  readonly sought: readonly SelectorSought[];
  readonly isGuessing: boolean;
}

function search({ domain, declared, reported }: KnownSelectors, lookup: Lookup): Search {
  const stages: readonly (() => readonly SelectorSought[] | null)[] = [
    () => [
      ...declared.map((selector) => ({ selector, origin: "declared" as const })),
      ...reported.map(({ selector }) => ({ selector, origin: "reported" as const })),
    ],
    () => selectorsOfProviders(domain, lookup),
    () => COMMON_SELECTORS.map((selector) => ({ selector, origin: "provider" as const, provider: ANY_PROVIDER })),
  ];
  let sought: readonly SelectorSought[] = [];
  for (const stage of stages) {
    const more = stage();
    if (more === null) return { sought, isGuessing: false };
    sought = withinBounds([...sought, ...more], domain);
    if (stage === stages.at(-1)) break;
    if (!sought.every((one) => isWithoutKey(one, domain, lookup))) return { sought, isGuessing: false };
  }
  return { sought, isGuessing: true };
}

/** Questions about the selectors, each once. */
export function selectorQuestions(sought: readonly SelectorSought[], domain: Name): readonly Question[] {
  const names = sought.flatMap(({ selector }) => selectorName(selector, domain) ?? []);
  return [...new Set(names)].map((name) => ({ name, type: "TXT" }));
}

/** Without what is no selector, and without a guess at what was named before; no more names than are asked for. */
function withinBounds(sought: readonly SelectorSought[], domain: Name): readonly SelectorSought[] {
  const names = new Map<Name, readonly SelectorSought[]>();
  for (const one of sought) {
    const name = selectorName(one.selector, domain);
    if (name === null) continue;
    const before = names.get(name) ?? [];
    const isNews =
      one.origin === "provider" ? before.length === 0 : before.every(({ origin }) => origin !== one.origin);
    if (isNews && (before.length > 0 || names.size < MAX_SELECTORS)) names.set(name, [...before, one]);
  }
  return [...names.values()].flat();
}

/** Whether everything about the selector was asked and no key was heard of. */
function isWithoutKey({ selector }: SelectorSought, domain: Name, lookup: Lookup): boolean {
  return selectorQuestions([{ selector, origin: "declared" }], domain).every((question) => {
    const { records, questions } = heard(question, lookup);
    if (questions.some((each) => lookup(each) === undefined)) return false;
    return !textsOf(records).some((text) => isKey(text));
  });
}

function isKey(text: string): boolean {
  const key = parseDkimKey(text);
  return key.ok && key.value.key !== null;
}

/** Selectors of whoever receives mail for the domain, then of whoever SPF lets send; null while that is not known. */
function selectorsOfProviders(domain: Name, lookup: Lookup): readonly SelectorSought[] | null {
  const mx = heard({ name: domain, type: "MX" }, lookup);
  const txt = heard({ name: domain, type: "TXT" }, lookup);
  if ([...mx.questions, ...txt.questions].some((question) => lookup(question) === undefined)) return null;
  const exchanges = mx.records.flatMap(({ data }) => {
    const parsed = parseMx(data);
    return parsed.ok ? [parsed.value] : [];
  });
  const receiving = exchanges
    .toSorted((a, b) => a.preference - b.preference)
    .map(({ exchange }) => providerOfMx(exchange));
  const sending = includesOf(textsOf(txt.records)).map((name) => providerOfSpf(name));
  return [...new Set([...receiving, ...sending])]
    .filter((provider): provider is MailProvider => provider !== null)
    .flatMap(({ name, selectors }) =>
      selectors.map((selector) => ({ selector, origin: "provider" as const, provider: name })),
    );
}

/** The domains that SPF records include or hand over to; those with macros name nobody. */
function includesOf(texts: readonly string[]): readonly Name[] {
  return texts
    .filter(isSpf)
    .flatMap(termsOf)
    .flatMap((term) => {
      const target = /^\+?(?:include:|redirect=)([^%]+)$/i.exec(term)?.[1];
      const parsed = target === undefined ? null : parseName(target);
      return parsed?.ok === true ? [parsed.value] : [];
    });
}
