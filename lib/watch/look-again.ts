import type { Cause } from "../core/cause.ts";
import type { Subject } from "../core/transition.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import type { Job } from "./job.ts";
import type { WatchedFamily } from "./watched.ts";
import type { Looking } from "./watch-io.ts";

/** Silence that may be a lost packet's doing. Everything else was heard, or would be the same a moment later. */
const BY_CHANCE: ReadonlySet<Cause> = new Set(["dns-timeout", "tcp-timeout", "connection-reset"]);
/** How often a silent asset is looked at again in one run. */
const TRIES = 2;
type SubjectName = Pick<Subject, "requirement" | "asset">;

/** More of a batch is silent for a reason: asking all of them again would only burden who is in trouble. */
const MOST_AGAIN = 5;

/**
 * Looks at a batch, and at once again at the few that are silent although they `answered` last time, so that one lost packet
 * neither costs a cadence nor splits what broke together into two messages. Where there is no answer then either, the first
 * look stands.
 */
export async function lookPatiently(
  job: Job,
  watched: WatchedFamily,
  looking: Looking,
  answered: (subject: SubjectName) => Promise<boolean>,
  signal: AbortSignal,
): Promise<readonly JudgedAsset[]> {
  let judged = await looking.look(job, watched);
  const silent = judged.filter(isSilent);
  // One by one, and only where few are silent: the store is asked for no more than is looked at again.
  const lost = new Set<string>();
  for (const { evaluation } of silent.length > MOST_AGAIN * watched.requirements.length ? [] : silent) {
    const about = { requirement: evaluation.requirement.id, asset: evaluation.asset.id };
    if (await answered(about)) lost.add(evaluation.asset.id);
  }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const still = new Set(judged.filter(isSilent).map(({ evaluation }) => evaluation.asset.id));
    const assets = [...still].filter((asset) => lost.has(asset));
    if (signal.aborted || assets.length === 0 || still.size > MOST_AGAIN) break;
    judged = answersOf(judged, await looking.look({ ...job, assets }, watched));
  }
  return judged;
}

/** The looks, with an answer of a later one in place of each that was silent. */
function answersOf(first: readonly JudgedAsset[], later: readonly JudgedAsset[]): readonly JudgedAsset[] {
  const answered = new Map(later.filter((each) => !isSilent(each)).map((each) => [nameOf(each), each]));
  return first.map((each) => (isSilent(each) ? (answered.get(nameOf(each)) ?? each) : each));
}

function isSilent({ evaluation: { verdict, cause } }: JudgedAsset): boolean {
  return verdict === "indeterminate" && cause !== null && BY_CHANCE.has(cause);
}

function nameOf({ evaluation: { requirement, asset } }: JudgedAsset): string {
  return `${requirement.id} ${asset.id}`;
}
