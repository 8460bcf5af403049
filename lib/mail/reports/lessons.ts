import { createHash } from "node:crypto";
import type { AggregateReport, ReportedSignature, ReportRecord } from "../../parsers/aggregate-report.ts";
import { type Name, parseName } from "../../wire/name.ts";
import { addressBlock } from "./address-block.ts";
import { dayOf, keptWeeks, weekOf } from "./days.ts";

/** Domains that one report teaches about; senders of further ones are counted with the policy's own. */
const MOST_DOMAINS = 50;
/** Characters of a selector and of a reporter's name: that what is learned of a week fits its item. */
const LONGEST_SELECTOR = 128;
const LONGEST_REPORTER = 32;
/** 72 bits: no two reports that somebody receives have the same by chance. */
const FINGERPRINT_CHARACTERS = 12;
const PLAIN_NAME = /^[a-z0-9._-]+$/;
/** What can be shown: letters, numbers, punctuation, symbols and the space; not what reorders or hides. */
const NOT_SHOWN = /[^\p{L}\p{N}\p{P}\p{S} ]/gu;

/** Whether a check passed after alignment, as a sender's totals tell it. */
export type Fared = "pass" | "fail";

/** Messages of one block of addresses that fared alike. */
export interface SenderTotal {
  /** See `addressBlock`; "other" for those that are no longer told apart. */
  readonly block: string;
  readonly spf: Fared;
  readonly dkim: Fared;
  readonly count: number;
}

/** What one report teaches about one domain in the week that its period begins in. */
export interface Lesson {
  readonly domain: Name;
  /** The week's Monday. */
  readonly week: string;
  /** Tells the report: the same for the same organisation, id, period and policy domain. */
  readonly fingerprint: string;
  readonly reporter: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Selectors whose signatures with d= of exactly this domain passed, and how many messages had one. */
  readonly selectors: readonly { readonly selector: string; readonly passed: number }[];
  readonly senders: readonly SenderTotal[];
}

/** Why a report teaches nothing: its period is not begun, or longer past than anything is kept; or its domain is no name. */
export type NoLesson = "future" | "old" | "no-name";

/**
 * What a report teaches, by domain, the policy's own first. Only a signature that passed with a d= that is aligned with the
 * message's author (equal, above or below) or `isOurs` counts. Anyone can write a report: what it teaches is a hint where to
 * look for a key. `now`: seconds since 1970.
 */
export function lessonsOf(
  report: AggregateReport,
  { now, isOurs }: { readonly now: number; readonly isOurs: (domain: Name) => boolean },
): readonly Lesson[] | NoLesson {
  const { policy, begin, end } = report;
  const domain = nameIn(policy.domain);
  if (domain === null) return "no-name";
  if (begin > now) return "future";
  const [oldest = ""] = keptWeeks(now);
  if (weekOf(begin) < oldest) return "old";
  const drafts = new Drafts(domain, isOurs);
  for (const record of report.records) drafts.add(record);
  const lesson = {
    week: weekOf(begin),
    fingerprint: fingerprintOf(report),
    reporter: shownReporter(report.reporter),
    firstDay: dayOf(begin),
    // A period that ends at midnight belongs to the day before; one that goes on beyond today is not believed.
    lastDay: dayOf(Math.min(Math.max(begin, end - 1), now)),
  };
  return drafts.all().map((draft) => ({ ...draft, ...lesson }));
}

interface Draft {
  readonly domain: Name;
  readonly passed: Map<string, number>;
  readonly senders: Map<string, SenderTotal>;
}

class Drafts {
  readonly #policyDomain: Name;
  readonly #isOurs: (domain: Name) => boolean;
  readonly #drafts = new Map<Name, Draft>();

  constructor(policyDomain: Name, isOurs: (domain: Name) => boolean) {
    this.#policyDomain = policyDomain;
    this.#isOurs = isOurs;
    this.#draft(policyDomain);
  }

  all(): readonly Pick<Lesson, "domain" | "selectors" | "senders">[] {
    return [...this.#drafts.values()].map(({ domain, passed, senders }) => ({
      domain,
      selectors: [...passed].map(([selector, count]) => ({ selector, passed: count })),
      senders: [...senders.values()],
    }));
  }

  add(record: ReportRecord): void {
    const author = nameIn(record.headerFrom) ?? this.#policyDomain;
    this.#addSender(record, isAtOrBelow(author, this.#policyDomain) ? author : this.#policyDomain);
    // A message with two signatures of one selector is still one message.
    const signers = new Map(
      record.dkim.flatMap((signature) => {
        const signer = this.#signerOf(signature, author);
        return signer === null ? [] : [[`${signer.domain} ${signer.selector}`, signer] as const];
      }),
    );
    for (const { domain, selector } of signers.values()) {
      const passed = this.#draft(domain)?.passed;
      passed?.set(selector, (passed.get(selector) ?? 0) + record.count);
    }
  }

  #signerOf({ domain: d, selector: s, result }: ReportedSignature, author: Name) {
    if (result !== "pass" || d === null || s === null) return null;
    const domain = nameIn(d);
    if (domain === null) return null;
    const isAligned = [author, this.#policyDomain].some(
      (name) => isAtOrBelow(domain, name) || isAtOrBelow(name, domain),
    );
    if (!isAligned && !this.#isOurs(domain)) return null;
    const selector = selectorIn(s, domain);
    return selector === null ? null : { domain, selector };
  }

  #addSender({ source, count, evaluated }: ReportRecord, domain: Name): void {
    const senders = (this.#draft(domain) ?? this.#draft(this.#policyDomain))?.senders;
    const sender = { block: addressBlock(source), spf: fared(evaluated.spf), dkim: fared(evaluated.dkim) };
    const key = `${sender.block} ${sender.spf} ${sender.dkim}`;
    senders?.set(key, { ...sender, count: (senders.get(key)?.count ?? 0) + count });
  }

  /** Null when the report speaks of too many. */
  #draft(domain: Name): Draft | null {
    const known = this.#drafts.get(domain);
    if (known !== undefined) return known;
    if (this.#drafts.size >= MOST_DOMAINS) return null;
    const draft: Draft = { domain, passed: new Map(), senders: new Map() };
    this.#drafts.set(domain, draft);
    return draft;
  }
}

function fared(result: string | null): Fared {
  return result === "pass" ? "pass" : "fail";
}

/** A name of the letters that mail domains have, of two labels at least; null for anything else. */
function nameIn(text: string): Name | null {
  const lower = text.toLowerCase();
  if (!PLAIN_NAME.test(lower) || !/[^.]\.[^.]/.test(lower)) return null;
  const name = parseName(lower);
  return name.ok ? name.value : null;
}

function selectorIn(text: string, domain: Name): string | null {
  const selector = text.toLowerCase();
  if (selector.length > LONGEST_SELECTOR || !PLAIN_NAME.test(selector) || selector.endsWith(".")) return null;
  return parseName(`${selector}._domainkey.${domain}`).ok ? selector : null;
}

function isAtOrBelow(name: Name, domain: Name): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

function fingerprintOf({ reporter, id, begin, end, policy }: AggregateReport): string {
  const text = JSON.stringify([reporter, id, begin, end, policy.domain.toLowerCase()]);
  return createHash("sha256").update(text).digest("base64url").slice(0, FINGERPRINT_CHARACTERS);
}

function shownReporter(text: string): string {
  const shown = text.normalize("NFC").replace(NOT_SHOWN, "").trim();
  return shown === "" ? "?" : shown.slice(0, LONGEST_REPORTER).toWellFormed();
}
