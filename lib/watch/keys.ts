import type { Subject } from "../core/transition.ts";

/** Where an item lies. The keys answer the questions that are asked, so that no secondary index is needed. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const NUMBER_DIGITS = 8;
const MONTH_LENGTH = "2026-11".length;

/** History numbers as text that sorts like the numbers. */
export function numberText(number: number): string {
  return String(number).padStart(NUMBER_DIGITS, "0");
}

/** All states of one requirement are one partition: a list of assets is one query. */
export function statesKey(municipality: string, requirement: string): string {
  return `M#${municipality}#${requirement}`;
}

export function stateKey({ municipality, requirement, asset }: Subject): Key {
  return { pk: statesKey(municipality, requirement), sk: asset };
}

export function historyKey({ municipality, requirement, asset }: Subject): string {
  return `H#${municipality}#${requirement}#${asset}`;
}

/** Transitions of a municipality by the month and moment they were confirmed. `confirmedAt` is ISO 8601. */
export function changeKey(subject: Subject & { readonly confirmedAt: string; readonly number: number }): Key {
  const { municipality, requirement, asset, confirmedAt, number } = subject;
  return {
    pk: changesKey(municipality, confirmedAt),
    sk: `${confirmedAt}#${requirement}#${asset}#${numberText(number)}`,
  };
}

export function changesKey(municipality: string, moment: string): string {
  return `C#${municipality}#${moment.slice(0, MONTH_LENGTH)}`;
}

/** Open regressions; `sk` is put there with the regression and removed with its recovery. */
export function regressionKey({ municipality, requirement, asset }: Subject): Key {
  return { pk: regressionsKey(municipality), sk: `${requirement}#${asset}` };
}

export function regressionsKey(municipality: string): string {
  return `O#${municipality}`;
}

/** Transitions that somebody is still to be told of. */
export function noticesKey(municipality: string): string {
  return `N#${municipality}`;
}

export function alertsKey(municipality: string): string {
  return `A#${municipality}`;
}

export function runsKey(municipality: string): string {
  return `R#${municipality}`;
}

/** Gaps in the watch that have been told, by requirement and asset. */
export function gapsKey(municipality: string): string {
  return `G#${municipality}`;
}

export function snapshotsKey(municipality: string): string {
  return `D#${municipality}`;
}

/** The one item that `/v1/status` reads. */
export function summaryKey(municipality: string): Key {
  return { pk: `S#${municipality}`, sk: "summary" };
}

/** What aggregate reports taught about a domain in one week; weeks sort first, so that old ones are found without the rest. */
export function reportWeekKey(municipality: string, week: string, domain: string): Key {
  return { pk: reportWeeksKey(municipality), sk: `${week}#${domain}` };
}

export function reportWeeksKey(municipality: string): string {
  return `P#${municipality}`;
}
