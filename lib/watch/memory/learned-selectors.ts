import * as z from "zod";
import { keptWeeks } from "../../mail/reports/days.ts";
import type { Lesson } from "../../mail/reports/lessons.ts";
import { type ReportWeek, selectorsOfWeeks, withLesson } from "../../mail/reports/report-week.ts";
import type { ReportedSelector } from "../../mail/observations.ts";
import type { Item, Table } from "../../ports.ts";
import { type Name, parseName } from "../../wire/name.ts";
import { reportWeekKey, reportWeeksKey } from "../keys.ts";
import type { Learned, Memory, ReportMemory } from "../memory.ts";
import { readBody, requireKey } from "./stored-item.ts";
import { countForm } from "./value-forms.ts";

const MILLISECONDS = 1000;

const dayForm = z.iso.date();
const nameForm = z.string().transform((text, context): Name => {
  const name = parseName(text);
  if (name.ok && name.value === text) return name.value;
  context.addIssue("expected an absolute name");
  return z.NEVER;
});
const weekForm = z.strictObject({
  domain: nameForm,
  week: dayForm,
  reports: z.array(z.string()),
  selectors: z.array(
    z.strictObject({
      selector: z.string(),
      passed: countForm,
      firstDay: dayForm,
      lastDay: dayForm,
      reporters: z.array(z.string()),
    }),
  ),
  senders: z.array(
    z.strictObject({
      block: z.string(),
      spf: z.enum(["pass", "fail"]),
      dkim: z.enum(["pass", "fail"]),
      count: countForm,
    }),
  ),
}) satisfies z.ZodType<ReportWeek>;

/**
 * What aggregate reports taught, an item for each domain and week. The item holds which reports are in it, so that counting a
 * report and knowing that it was counted is one write.
 */
export function createReportMemory(table: Table): ReportMemory {
  return {
    learn: async (municipality, lessons) => {
      const outcomes = new Map<Lesson, Learned>();
      for (const group of groupsOf(lessons)) await learnWeek(municipality, group, outcomes, table);
      return lessons.map((lesson) => outcomes.get(lesson) ?? "known");
    },
    weeksOf: async (municipality, domain, now) => {
      const weeks = keptWeeks(now / MILLISECONDS).map((week) => weekAt(municipality, week, domain, table));
      return (await Promise.all(weeks)).flatMap((week) => (week === null ? [] : [week.value]));
    },
    weeks: async (municipality, now) => {
      const [from = ""] = keptWeeks(now / MILLISECONDS);
      return (await table.query(reportWeeksKey(municipality), { from })).map((item) => weekIn(item, municipality));
    },
    forget: async (municipality, now) => {
      const pk = reportWeeksKey(municipality);
      const [to = ""] = keptWeeks(now / MILLISECONDS);
      // A key goes on after its week, so that no kept one sorts before it.
      const old = await table.query(pk, { to });
      for (const { sk } of old) await table.remove(pk, sk);
      return old.length;
    },
  };
}

/** Selectors that reports have shown to sign for one domain, of the weeks that are kept at `now` (epoch milliseconds). */
export async function learnedSelectors(
  { reports }: Pick<Memory, "reports">,
  municipality: string,
  domain: Name,
  now: number,
): Promise<readonly ReportedSelector[]> {
  return selectorsOfWeeks(await reports.weeksOf(municipality, domain, now));
}

/** Whose reports are that were taken in before the folder was used for any municipality: theirs who uses it then. */
export const NOBODY_YET = "";

/** The selectors of every domain, read once, in the form that probes ask for them. */
export async function reportedSelectorsOf(
  { reports }: Pick<Memory, "reports">,
  municipality: string,
  now: number,
): Promise<(domain: Name) => readonly ReportedSelector[]> {
  const owners = [...new Set([NOBODY_YET, municipality])];
  const weeks = await Promise.all(owners.map((owner) => reports.weeks(owner, now)));
  const byDomain = Map.groupBy(weeks.flat(), ({ domain }) => domain);
  return (domain) => selectorsOfWeeks(byDomain.get(domain) ?? []);
}

function groupsOf(lessons: readonly Lesson[]): Iterable<readonly [Lesson, ...Lesson[]]> {
  const groups = Map.groupBy(lessons, ({ domain, week }) => `${week}#${domain}`);
  return groups.values() as Iterable<readonly [Lesson, ...Lesson[]]>;
}

/** Adds lessons of one domain and week; from the beginning when somebody else wrote meanwhile. */
async function learnWeek(
  municipality: string,
  lessons: readonly [Lesson, ...Lesson[]],
  outcomes: Map<Lesson, Learned>,
  table: Table,
): Promise<void> {
  const [{ week, domain }] = lessons;
  const key = reportWeekKey(municipality, week, domain);
  for (;;) {
    const standing = await weekAt(municipality, week, domain, table);
    let value = standing?.value ?? null;
    for (const lesson of lessons) {
      const next = withLesson(value, lesson);
      outcomes.set(lesson, typeof next === "string" ? next : "learned");
      if (typeof next !== "string") value = next;
    }
    if (value === null || value === standing?.value) return;
    const revision = (standing?.revision ?? 0) + 1;
    const condition = standing === null ? "absent" : { revision: standing.revision };
    if (await table.put({ ...key, revision, body: value }, condition)) return;
  }
}

async function weekAt(municipality: string, week: string, domain: Name, table: Table) {
  const { pk, sk } = reportWeekKey(municipality, week, domain);
  const item = await table.get(pk, sk);
  return item === null ? null : { value: weekIn(item, municipality), revision: item.revision };
}

function weekIn(item: Item, municipality: string): ReportWeek {
  const week = readBody(item, weekForm);
  requireKey(item, reportWeekKey(municipality, week.week, week.domain));
  return week;
}
