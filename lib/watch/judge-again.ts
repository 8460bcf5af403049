import type { JudgedFinding } from "../core/finding.ts";
import { type Requirement, rulesOf } from "../core/requirement.ts";
import type { Reading } from "../core/requirement-id.ts";
import type { Judged } from "../core/verdict.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { StoredJudgement } from "../verify/evidence.ts";
import type { PastIo } from "./history-of-asset.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { createRecall, type Loss, type Recall, type Recalled } from "./recall.ts";
import { verdictByInventory, NOT_LOOKED_AT, statesNow, unseenAssets } from "./report-of-day.ts";
import type { SnapshotRow } from "./summary.ts";

export interface JudgeAgainRequest {
  readonly municipality: string;
  readonly requirement: Requirement;
  /** Null for the reading of the inventory that was verified then. */
  readonly reading: Reading | null;
  /** Null for the TLS profile of that inventory. */
  readonly profile: TlsProfile | null;
  /** The day (YYYY-MM-DD, UTC) whose latest snapshot is judged again; null for what is remembered now. */
  readonly date: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What judging stored evidence again came to. Nothing was looked at, nothing was written. */
export interface JudgedAgain {
  readonly requirement: Requirement;
  /** The rules of now, as `rulesOf` names them, and those that the stored verdicts were judged by, sorted. */
  readonly rules: string;
  readonly rulesThen: readonly string[];
  /** The close whose snapshot was judged; null for what is remembered now, or when there is no snapshot. */
  readonly closedAt: string | null;
  readonly judged: number;
  readonly changed: readonly ChangedJudgement[];
  readonly notJudged: readonly NotJudged[];
  /** The requirement's verdict by the rules of now, over the same assets: what could not be judged is not known. */
  readonly whole: Judged;
}

export interface ChangedJudgement {
  readonly asset: string;
  readonly from: Judged;
  readonly to: Judged;
  readonly rulesThen: string;
  /** Findings of tags that are in the one judgement and not in the other. */
  readonly appeared: readonly JudgedFinding[];
  readonly disappeared: readonly JudgedFinding[];
  /** Set when the stored findings cannot be read: then only the verdicts were compared. */
  readonly loss: Loss | null;
}

export interface NotJudged {
  readonly asset: string;
  /** `no-inventory`: what was declared then cannot be read. */
  readonly why: "evidence" | "not-declared" | "no-inventory" | "no-findings";
  readonly loss: Loss | null;
}

/** Judges the evidence of every asset of one requirement again, as of when it was seen, and compares. */
export async function judgeAgain(request: JudgeAgainRequest, io: PastIo): Promise<JudgedAgain> {
  const { requirement } = request;
  const recall = createRecall(io.evidence);
  const { rows, inventory, closedAt } = await rowsOf(request, io, recall);
  const declared = inventory?.ok === true ? inventory.value : null;
  const reading = request.reading ?? declared?.reading ?? "kommune-2024";
  const profile = request.profile ?? declared?.settings.tlsProfile;
  const outcomes: Outcome[] = [];
  for (const row of rows)
    outcomes.push(await judgeRow(row, { requirement, reading, profile, inventory: declared }, recall));
  const unseen = unseenAssets(requirement, rows, inventory).map(() => NOT_LOOKED_AT);
  const parts = [...outcomes.map(({ now }) => now ?? NOT_JUDGED), ...unseen];
  return {
    requirement,
    rules: rulesOf(requirement, reading, profile),
    rulesThen: [...new Set(rows.map(({ rules }) => rules))].sort(),
    closedAt,
    judged: outcomes.filter(({ now }) => now !== null).length,
    changed: outcomes.flatMap(({ changed }) => changed ?? []),
    notJudged: outcomes.flatMap(({ notJudged }) => notJudged ?? []),
    whole: verdictByInventory(parts, inventory, closedAt === null ? request.now : Date.parse(closedAt)),
  };
}

const NOT_JUDGED: Judged = { verdict: "indeterminate", cause: "internal" };

/** What of a state or of a line of a snapshot is needed to judge it again. */
type StoredRow = Pick<SnapshotRow, "asset" | "verdict" | "cause" | "rules" | "evidence" | "evidenceAt" | "judgement">;

interface Rows {
  readonly rows: readonly StoredRow[];
  readonly inventory: Recalled<Inventory> | null;
  readonly closedAt: string | null;
}

async function rowsOf(
  { municipality, requirement, date }: JudgeAgainRequest,
  io: PastIo,
  recall: Recall,
): Promise<Rows> {
  if (date === null) {
    const { states, inventory } = await statesNow(requirement, municipality, io, recall);
    return { rows: states, inventory, closedAt: null };
  }
  const snapshot = await io.memory.days.snapshot(municipality, date, requirement.id);
  if (snapshot === null) return { rows: [], inventory: null, closedAt: null };
  const { rows, closedAt } = snapshot;
  return { rows, inventory: await recall.inventory(snapshot.inventory), closedAt };
}

interface Outcome {
  readonly now: Judged | null;
  readonly changed: ChangedJudgement | null;
  readonly notJudged: NotJudged | null;
}

async function judgeRow(
  row: StoredRow,
  by: {
    readonly requirement: Requirement;
    readonly reading: Reading;
    readonly profile: TlsProfile | undefined;
    readonly inventory: Inventory | null;
  },
  recall: Recall,
): Promise<Outcome> {
  const { asset } = row;
  const missed = (why: NotJudged["why"], loss: Loss | null): NotJudged => ({ asset, why, loss });
  const { inventory } = by;
  if (inventory === null) return { now: null, changed: null, notJudged: missed("no-inventory", null) };
  const judged = await judgeEvidence(row, { ...by, inventory }, recall);
  if (!judged.ok) {
    return { now: null, changed: null, notJudged: missed(judged.why, judged.why === "evidence" ? judged.loss : null) };
  }
  const { verdict, cause, findings } = judged.evaluation;
  const now = { verdict, cause };
  const stored = await recall.judgement(row.judgement);
  const changed = changeOf(row, stored, { ...now, findings });
  const isUncompared = !stored.ok && changed === null;
  return { now, changed, notJudged: isUncompared ? missed("no-findings", stored) : null };
}

/**
 * Compares with the stored judgement, not with the row: a row may have become indeterminate by age alone, which says
 * nothing of the rules.
 */
function changeOf(
  { asset, rules, ...row }: StoredRow,
  stored: Recalled<StoredJudgement>,
  now: Pick<StoredJudgement, "verdict" | "cause" | "findings">,
): ChangedJudgement | null {
  const then = stored.ok ? stored.value : { verdict: row.verdict, cause: row.cause, rules };
  const [were, are] = [stored.ok ? stored.value.findings : now.findings, now.findings];
  const [appeared, disappeared] = [onlyIn(are, were), onlyIn(were, are)];
  const isSame = then.verdict === now.verdict && then.cause === now.cause;
  if (isSame && appeared.length + disappeared.length === 0) return null;
  return {
    asset,
    from: { verdict: then.verdict, cause: then.cause },
    to: { verdict: now.verdict, cause: now.cause },
    rulesThen: then.rules,
    appeared,
    disappeared,
    loss: stored.ok ? null : stored,
  };
}

/** The first finding of each tag and outcome that the others do not have. */
function onlyIn(these: readonly JudgedFinding[], those: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const keyOf = ({ check, tag, exempted }: JudgedFinding): string =>
    `${check} ${tag} ${exempted === undefined ? "" : "exempted"}`;
  const known = new Set(those.map(keyOf));
  return [...new Map(these.map((each) => [keyOf(each), each])).entries()].flatMap(([key, each]) =>
    known.has(key) ? [] : [each],
  );
}
