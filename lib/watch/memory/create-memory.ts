import type { Table } from "../../ports.ts";
import type { Memory } from "../memory.ts";
import { createAlertMemory } from "./alerts.ts";
import { createDayMemory } from "./days.ts";
import { createGapMemory } from "./gaps.ts";
import { createReportMemory } from "./learned-selectors.ts";
import { createNoticeMemory } from "./notices.ts";
import { createRunMemory } from "./runs.ts";
import { createStateMemory } from "./states.ts";
import { createTransitionMemory } from "./transitions.ts";

/** What is remembered, over one table. */
export function createMemory(table: Table): Memory {
  return {
    states: createStateMemory(table),
    transitions: createTransitionMemory(table),
    runs: createRunMemory(table),
    notices: createNoticeMemory(table),
    alerts: createAlertMemory(table),
    gaps: createGapMemory(table),
    days: createDayMemory(table),
    reports: createReportMemory(table),
  };
}
