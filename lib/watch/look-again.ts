import type { Cause } from "../core/cause.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import type { Job } from "./job.ts";
import type { WatchedFamily } from "./watched.ts";
import type { Looking } from "./watch-io.ts";

/** Silence that may be a lost packet's doing. Everything else was heard, or would be the same a moment later. */
const BY_CHANCE: ReadonlySet<Cause> = new Set(["dns-timeout", "tcp-timeout", "connection-reset"]);
/** More of a batch is silent for a reason: asking all of them again would only burden who is in trouble. */
const MOST_AGAIN = 5;

/**
 * Looks at a batch, and at once again at the few that stayed silent, so that one lost packet neither costs a cadence nor
 * splits what broke together into two messages. Where there is no answer again, the first look stands.
 */
export async function lookPatiently(
  job: Job,
  watched: WatchedFamily,
  looking: Looking,
  signal: AbortSignal,
): Promise<readonly JudgedAsset[]> {
  const judged = await looking.look(job, watched);
  const assets = [...new Set(judged.filter(isSilent).map(({ evaluation }) => evaluation.asset.id))];
  if (signal.aborted || assets.length === 0 || assets.length > MOST_AGAIN) return judged;
  const again = new Map((await looking.look({ ...job, assets }, watched)).map((each) => [nameOf(each), each]));
  return judged.map((first) => {
    const second = again.get(nameOf(first));
    return isSilent(first) && second !== undefined && !isSilent(second) ? second : first;
  });
}

function isSilent({ evaluation: { verdict, cause } }: JudgedAsset): boolean {
  return verdict === "indeterminate" && cause !== null && BY_CHANCE.has(cause);
}

function nameOf({ evaluation: { requirement, asset } }: JudgedAsset): string {
  return `${requirement.id} ${asset.id}`;
}
