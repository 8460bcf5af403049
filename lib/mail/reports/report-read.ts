import type { Bilingual } from "../../core/messages.ts";
import type { AggregateReport } from "../../parsers/aggregate-report.ts";

/** Where a report was read: the file as it was named, and the member where that is an archive. */
export interface ReportPlace {
  readonly file: string;
  readonly member: string | null;
}

/** One report, or why there is none: `line` of its XML from 1, where it came so far. `passed-over`: in a folder, not a report by its name. */
export type ReportRead =
  | (ReportPlace & { readonly kind: "report"; readonly report: AggregateReport })
  | (ReportPlace & { readonly kind: "problem"; readonly line: number | null; readonly words: Bilingual })
  | (ReportPlace & { readonly kind: "passed-over" });

/** What is read, and how much of it there is: files found so far count, so that progress can be shown. */
export interface ReportSource {
  readonly files: number;
  readonly reads: AsyncIterable<ReportRead>;
}
