import { complianceReport, complianceReportForm } from "../../reports/compliance-report.ts";
import { type RequirementOfDay, requirementOfDay, requirementOfNow } from "../../watch/report-of-day.ts";
import { dayParameter, wordParameter } from "../parameters.ts";
import { malformed, missing } from "../refusal.ts";
import { defineRoute } from "../route.ts";
import type { StatusReading } from "../status-reading.ts";

const DATE_LENGTH = "2026-11-23".length;

/** The compliance report of a day, or of now. */
export const reportRoute = defineRoute({
  id: "report",
  method: "GET",
  path: "/v1/report",
  summary: { da: "Rapporten for en dag", en: "The report of a day" },
  page: "report",
  answers: { kind: "json", name: "Report", form: complianceReportForm },
  pathParameters: {},
  queryParameters: { asOf: dayParameter, format: wordParameter(["json"], "The form of the report") },
  position: null,
  answer: async ({ query, language }, reading) => {
    const moment = new Date(reading.now()).toISOString();
    const date = query.asOf ?? null;
    if (date !== null && date > moment.slice(0, DATE_LENGTH)) throw toCome(date);
    const days = await daysOf(date, reading);
    const { municipality } = reading;
    return { body: complianceReport(days, { municipality, asOf: date ?? moment, language }) };
  },
});

async function daysOf(date: string | null, reading: StatusReading): Promise<readonly RequirementOfDay[]> {
  const { municipality, requirements } = reading;
  const now = reading.now();
  const days: RequirementOfDay[] = [];
  for (const requirement of requirements) {
    days.push(
      date === null
        ? await requirementOfNow(requirement, { municipality, now }, reading)
        : await requirementOfDay(requirement, { municipality, date }, reading),
    );
  }
  if (date !== null && days.every(({ closedAt }) => closedAt === null)) {
    throw missing(
      "nothing-remembered",
      `Der huskes intet om ${date} eller dagene før: overvågningen begyndte senere.`,
      `Nothing is remembered of ${date} or the days before: the watch began later.`,
    );
  }
  return days;
}

function toCome(date: string) {
  return malformed("bad-parameter", `asOf: ${date} ligger i fremtiden.`, `asOf: ${date} is in the future.`);
}
