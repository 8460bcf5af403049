import type { JudgedFinding } from "../core/finding.ts";
import type { Language } from "../core/messages.ts";
import type { Transition } from "../core/transition.ts";
import type { Alert, Member, TransitionAlert } from "../watch/alert.ts";
import type { Memory } from "../watch/memory.ts";
import { createRecall } from "../watch/recall.ts";
import type { AlertContext, EndedRegression } from "./alert-context.ts";
import { type AlertWriter, alertText } from "./alert-text.ts";

export interface AlertWriterSettings {
  /** What people call the municipality. */
  readonly municipality: string;
  readonly memory: Pick<Memory, "transitions">;
  readonly evidence: Parameters<typeof createRecall>[0];
  /** The data folder as commands must name it; null for the default one. */
  readonly shownFolder: string | null;
  readonly language: Language;
}

/** Puts alerts into words with what is remembered of the assets they name. What cannot be read is left unsaid. */
export function createAlertWriter({
  municipality,
  memory,
  evidence,
  shownFolder,
  language,
}: AlertWriterSettings): AlertWriter {
  const recall = createRecall(evidence);
  const findingsIn = async (address: string): Promise<readonly JudgedFinding[]> => {
    const recalled = await recall.judgement(address);
    return recalled.ok ? recalled.value.findings : [];
  };
  const endedBy = async (member: Member, alert: TransitionAlert): Promise<EndedRegression | null> => {
    const subject = { municipality: alert.municipality, requirement: alert.requirement, asset: member.asset };
    const history = await memory.transitions.history(subject);
    const closes = numbered(history, member.number)?.closes ?? null;
    const ended = closes === null ? undefined : numbered(history, closes);
    return ended === undefined ? null : { since: ended.since, findings: await findingsIn(ended.judgement) };
  };
  return async (alert) => {
    const members = isOfTransitions(alert) ? alert.members : [];
    const findings = new Map<string, readonly JudgedFinding[]>();
    const ended = new Map<string, EndedRegression | null>();
    for (const member of members) {
      findings.set(member.asset, await findingsIn(member.judgement));
      if (isOfTransitions(alert) && alert.kind === "recovery") ended.set(member.asset, await endedBy(member, alert));
    }
    const context: AlertContext = {
      municipality,
      findingsOf: (asset) => findings.get(asset) ?? [],
      regressionOf: (asset) => ended.get(asset) ?? null,
      data: shownFolder,
    };
    return alertText(alert, context, language);
  };
}

function isOfTransitions(alert: Alert): alert is TransitionAlert {
  return alert.kind === "regression" || alert.kind === "recovery" || alert.kind === "change";
}

function numbered(history: readonly Transition[], number: number): Transition | undefined {
  return history.find((transition) => transition.number === number);
}
