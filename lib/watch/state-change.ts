import { REQUIREMENT_IDS } from "../core/requirement-id.ts";
import type { Subject } from "../core/transition.ts";
import { stateKey } from "./keys.ts";
import type { Memory } from "./memory.ts";
import { publishOutbox } from "./publish.ts";

/** Whose state lies under a key; null when it is no state's. */
export function subjectAt(pk: string, sk: string): Subject | null {
  const [kind, municipality, requirement] = partsOf(pk);
  const id = REQUIREMENT_IDS.find((each) => each === requirement);
  if (kind !== "M" || municipality === "" || id === undefined || sk === "") return null;
  const subject: Subject = { municipality, requirement: id, asset: sk };
  return stateKey(subject).pk === pk ? subject : null;
}

/**
 * Publishes what the state under a key has in its outbox, as the state stands now, and not as it was when somebody was told
 * that it had changed. How many transitions there were; null when the key is no state's.
 */
export async function publishChange(
  pk: string,
  sk: string,
  memory: Pick<Memory, "states" | "transitions" | "notices">,
): Promise<number | null> {
  const subject = subjectAt(pk, sk);
  if (subject === null) return null;
  const state = await memory.states.of(subject);
  if (state === null) return 0;
  await publishOutbox(state, memory);
  return state.outbox.length;
}

/** The municipality may hold the sign that parts the others. */
function partsOf(pk: string): readonly [string, string, string] {
  const [first, last] = [pk.indexOf("#"), pk.lastIndexOf("#")];
  return first < 0 || first === last
    ? ["", "", ""]
    : [pk.slice(0, first), pk.slice(first + 1, last), pk.slice(last + 1)];
}
