import type { Bilingual } from "../../lib/core/messages.ts";
import { READINGS, type Reading } from "../../lib/core/requirement-id.ts";
import { judgeStored } from "../../lib/cli/judge-stored.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { loadObservations, type StoredRun } from "../../lib/verify/observation-files.ts";
import { type FindingResult, toResult, type VerdictResult } from "../../lib/verify/result.ts";

/** What the engine says of the recordings: the file test/golden/expected.json. */
export interface GoldenReport {
  readonly schema: "kravvagt/golden/1";
  /** Each requirement's version: it is raised with every change that changes a verdict. */
  readonly versions: Readonly<Record<string, number>>;
  readonly readings: Readonly<Record<Reading, readonly GoldenVerdict[]>>;
}

export interface GoldenVerdict extends Omit<VerdictResult, "asset" | "findings" | "observedAt"> {
  readonly asset: string;
  readonly findings: readonly GoldenFinding[];
}

/** A finding with its words in both languages; what they were made from stands in them. */
export interface GoldenFinding extends Omit<FindingResult, "text" | "remedy" | "evidence"> {
  readonly text: Bilingual;
  readonly remedy?: Bilingual;
}

/**
 * Judges the recordings in these folders as of their own time, in every reading, by the requirements that each was made for.
 * Rejects when a file is not as it should be.
 */
export async function judgeRecordings(...folders: readonly string[]): Promise<GoldenReport> {
  const stored = await Promise.all(folders.map((folder) => loadObservations(folder)));
  const verdicts = (reading: Reading): readonly GoldenVerdict[] => stored.flatMap((run) => verdictsIn(run, reading));
  return {
    schema: "kravvagt/golden/1",
    versions: Object.fromEntries(REQUIREMENTS.map(({ id, version }) => [id, version])),
    readings: Object.fromEntries(READINGS.map((reading) => [reading, verdicts(reading)])) as GoldenReport["readings"],
  };
}

function verdictsIn(stored: StoredRun, reading: Reading): readonly GoldenVerdict[] {
  const verification = judgeStored(stored, { ids: null, requirements: null, built: REQUIREMENTS, reading });
  const [da, en] = [toResult(verification, "da"), toResult(verification, "en")];
  return da.verdicts.map((verdict, index) => goldenVerdict(verdict, en.verdicts[index]));
}

function goldenVerdict(da: VerdictResult, en: VerdictResult | undefined): GoldenVerdict {
  const { asset, requirement, verdict, cause, clauses, evidence } = da;
  const findings = da.findings.map((finding, index) => goldenFinding(finding, en?.findings[index]));
  return { asset: asset.id, requirement, verdict, cause, clauses, findings, evidence };
}

function goldenFinding(da: FindingResult, en: FindingResult | undefined): GoldenFinding {
  if (en?.tag !== da.tag) throw new Error(`${da.tag} is not found in both languages alike`);
  const { tag, check, clause, outcome, cause, text, remedy, exempted } = da;
  return {
    ...{ tag, check, clause, outcome },
    ...(cause === undefined ? {} : { cause }),
    text: { da: text, en: en.text },
    ...(remedy === undefined ? {} : { remedy: { da: remedy, en: en.remedy ?? "" } }),
    ...(exempted === undefined ? {} : { exempted }),
  };
}
