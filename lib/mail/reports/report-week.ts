import type { Name } from "../../wire/name.ts";
import type { ReportedSelector } from "../observations.ts";
import type { Fared, Lesson, SenderTotal } from "./lessons.ts";

/** Bounds of one domain and week: with them a week fits an item whatever the reports say. */
const MOST_REPORTS = 1_400;
const MOST_SELECTORS = 50;
const MOST_SENDERS = 50;
const MOST_REPORTERS = 5;
const OTHER = "other";
const FARED: readonly Fared[] = ["pass", "fail"];

/** What reports taught about one domain in one week. */
export interface ReportWeek {
  readonly domain: Name;
  /** The week's Monday. */
  readonly week: string;
  /** Fingerprints of the reports that are in it. */
  readonly reports: readonly string[];
  readonly selectors: readonly ReportedSelector[];
  readonly senders: readonly SenderTotal[];
}

/** The week with the lesson in it; "known" when it was in it before, "full" when it holds no further report. */
export function withLesson(week: ReportWeek | null, lesson: Lesson): ReportWeek | "known" | "full" {
  const { domain, fingerprint, reporter, firstDay, lastDay } = lesson;
  const before = week ?? { domain, week: lesson.week, reports: [], selectors: [], senders: [] };
  if (before.reports.includes(fingerprint)) return "known";
  if (before.reports.length >= MOST_REPORTS) return "full";
  const learned = lesson.selectors.map((each) => ({ ...each, firstDay, lastDay, reporters: [reporter] }));
  return {
    ...before,
    reports: [...before.reports, fingerprint],
    selectors: mergedSelectors([...before.selectors, ...learned]),
    senders: fewSenders(mergedSenders([...before.senders, ...lesson.senders])),
  };
}

/** What several weeks say of one domain together: the selectors that most reporters have seen first. */
export function selectorsOfWeeks(weeks: readonly ReportWeek[]): readonly ReportedSelector[] {
  return mergedSelectors(weeks.flatMap(({ selectors }) => selectors));
}

/** Senders of several weeks together, the largest first. */
export function sendersOfWeeks(weeks: readonly ReportWeek[]): readonly SenderTotal[] {
  return mergedSenders(weeks.flatMap(({ senders }) => senders));
}

/**
 * One entry a selector. Of too many, those stay that several have reported, then those of most messages: whoever forges reports
 * drives out what is real only by forging several organisations.
 */
function mergedSelectors(selectors: readonly ReportedSelector[]): readonly ReportedSelector[] {
  const merged = new Map<string, ReportedSelector>();
  for (const each of selectors) {
    const known = merged.get(each.selector);
    merged.set(each.selector, known === undefined ? each : together(known, each));
  }
  return [...merged.values()].sort(byWeight).slice(0, MOST_SELECTORS);
}

function together(a: ReportedSelector, b: ReportedSelector): ReportedSelector {
  return {
    selector: a.selector,
    passed: sum(a.passed, b.passed),
    firstDay: a.firstDay < b.firstDay ? a.firstDay : b.firstDay,
    lastDay: a.lastDay > b.lastDay ? a.lastDay : b.lastDay,
    reporters: [...new Set([...a.reporters, ...b.reporters])].slice(0, MOST_REPORTERS),
  };
}

function byWeight(a: ReportedSelector, b: ReportedSelector): number {
  return b.reporters.length - a.reporters.length || b.passed - a.passed || (a.selector < b.selector ? -1 : 1);
}

function mergedSenders(senders: readonly SenderTotal[]): readonly SenderTotal[] {
  const merged = new Map<string, SenderTotal>();
  for (const each of senders) {
    const key = `${each.block} ${each.spf} ${each.dkim}`;
    merged.set(key, { ...each, count: sum(merged.get(key)?.count ?? 0, each.count) });
  }
  return [...merged.values()].sort((a, b) => b.count - a.count || (a.block < b.block ? -1 : 1));
}

/** Those beyond the bound are counted together, by how they fared: totals stay right. */
function fewSenders(senders: readonly SenderTotal[]): readonly SenderTotal[] {
  const told = senders.filter(({ block }) => block !== OTHER);
  if (told.length <= MOST_SENDERS) return senders;
  const rest = [...told.slice(MOST_SENDERS), ...senders.filter(({ block }) => block === OTHER)];
  const others = FARED.flatMap((spf) => FARED.map((dkim) => ({ block: OTHER, spf, dkim })));
  const counted = others.map((other) => ({
    ...other,
    count: rest
      .filter(({ spf, dkim }) => spf === other.spf && dkim === other.dkim)
      .reduce((n, r) => sum(n, r.count), 0),
  }));
  return [...told.slice(0, MOST_SENDERS), ...counted.filter(({ count }) => count > 0)];
}

function sum(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}
