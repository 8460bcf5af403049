import type { AssetState } from "../core/state.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import type { Subject, Transition } from "../core/transition.ts";
import type { Lesson } from "../mail/reports/lessons.ts";
import type { ReportWeek } from "../mail/reports/report-week.ts";
import type { Name } from "../wire/name.ts";
import type { Alert, FiledAlert } from "./alert.ts";
import type { Notice } from "./notice.ts";
import type { Run } from "./run.ts";
import type { SnapshotRow, Summary } from "./summary.ts";

/** A value with the revision it was read at, to be handed back when it is replaced. */
export interface Stored<T> {
  readonly value: T;
  readonly revision: number;
}

/**
 * What is remembered, in the terms of the watch: typed reading and writing over one table. What is read is checked; an item
 * that is not of its form rejects with StoreError "corrupt". Every write touches one item.
 */
export interface Memory {
  readonly states: StateMemory;
  readonly transitions: TransitionMemory;
  readonly runs: RunMemory;
  readonly notices: NoticeMemory;
  readonly alerts: AlertMemory;
  readonly gaps: GapMemory;
  readonly days: DayMemory;
  readonly reports: ReportMemory;
}

export interface StateMemory {
  of(subject: Subject): Promise<AssetState | null>;
  /** All states of one requirement, by asset id. */
  all(municipality: string, requirement: RequirementId): Promise<readonly AssetState[]>;
  /** As `all`, those after an asset id (null: from the first), `limit` of them at most. */
  page(
    municipality: string,
    requirement: RequirementId,
    range: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly AssetState[]>;
  /** Whether it was written: only in place of `before`, and for null only where nothing stands. */
  commit(state: AssetState, before: AssetState | null): Promise<boolean>;
}

export interface TransitionMemory {
  /**
   * Puts a transition into history, changes and open regressions. Doing it again changes nothing; another transition under
   * the same number rejects with StoreError "corrupt".
   */
  publish(transition: Transition): Promise<void>;
  /** Oldest first. */
  history(subject: Subject): Promise<readonly Transition[]>;
  /** Transitions confirmed at or after `from` and before `to` (ISO 8601), oldest first. */
  changes(municipality: string, from: string, to: string): Promise<readonly Transition[]>;
  /** The transitions that opened the regressions that are still open. */
  open(municipality: string): Promise<readonly Transition[]>;
}

export interface RunMemory {
  of(municipality: string, id: string): Promise<Stored<Run> | null>;
  /** Whether it was written: only in place of the revision, or for null only where nothing stands. */
  put(run: Run, revision: number | null): Promise<boolean>;
  /** The newest runs of a family first, second looks among them. */
  newest(municipality: string, family: string, limit: number): Promise<readonly Stored<Run>[]>;
}

export interface NoticeMemory {
  /** Files a notice; one that is there already, claimed or not, stays. */
  file(notice: Notice): Promise<void>;
  /** Oldest first. */
  all(municipality: string): Promise<readonly Stored<Notice>[]>;
  /** Whether the alert may tell of it: false when another has claimed it or it is gone. */
  claim(notice: Stored<Notice>, alert: string): Promise<boolean>;
  remove(notice: Notice): Promise<void>;
}

export interface AlertMemory {
  /** Queues it for delivery and keeps it; one with the same id that is there already stays. */
  file(alert: Alert): Promise<void>;
  of(municipality: string, id: string): Promise<Stored<FiledAlert> | null>;
  /** Those that are still to be handed over to somebody, by the moment they were made. */
  undelivered(municipality: string): Promise<readonly Stored<FiledAlert>[]>;
  /** Notes a hand-over. False when somebody else wrote meanwhile. */
  noteDelivered(alert: Stored<FiledAlert>, sink: string, at: string): Promise<boolean>;
  /** Takes it off the delivery queue. The alert itself stays for ever. */
  finish(municipality: string, id: string): Promise<void>;
}

/** Gaps that have been told, so that they are told once: the last answer before the gap, by subject. */
export interface GapMemory {
  all(municipality: string): Promise<readonly { readonly subject: Subject; readonly observedAt: string }[]>;
  put(subject: Subject, observedAt: string): Promise<void>;
  remove(subject: Subject): Promise<void>;
}

export interface DayMemory {
  summary(municipality: string): Promise<Summary | null>;
  putSummary(summary: Summary): Promise<void>;
  /** Replaces the day's rows for one requirement. `date` is YYYY-MM-DD (UTC). */
  putSnapshot(municipality: string, date: string, requirement: RequirementId, snapshot: Snapshot): Promise<void>;
  /** The latest snapshot of the requirement on or before `date`; null when there is none. */
  snapshot(
    municipality: string,
    date: string,
    requirement: RequirementId,
  ): Promise<(Snapshot & { readonly date: string }) | null>;
}

/** What was so for one requirement at one close. */
export interface Snapshot {
  /** UTC, ISO 8601. */
  readonly closedAt: string;
  /** Content address of the inventory. */
  readonly inventory: string;
  readonly rows: readonly SnapshotRow[];
}

/** What became of a lesson: "known" when its report was counted before, "full" when the week holds no further report. */
export type Learned = "learned" | "known" | "full";

/** What DMARC aggregate reports taught, by domain and week. `now`: epoch milliseconds; weeks before KEPT_DAYS are not told. */
export interface ReportMemory {
  /** Counts each report once for each domain it teaches about, however often it comes. What became of each, in their order. */
  learn(municipality: string, lessons: readonly Lesson[]): Promise<readonly Learned[]>;
  /** Oldest first. */
  weeksOf(municipality: string, domain: Name, now: number): Promise<readonly ReportWeek[]>;
  /** Of every domain, oldest first. */
  weeks(municipality: string, now: number): Promise<readonly ReportWeek[]>;
  /** Removes the weeks that are no longer kept, and says how many items there were. */
  forget(municipality: string, now: number): Promise<number>;
}
