import * as z from "zod";
import type { AssetState } from "../../core/state.ts";
import { brokenLink, type Subject, type Transition } from "../../core/transition.ts";
import { printable } from "../../reports/printable.ts";
import { requirementTitle } from "../../reports/requirement-words.ts";
import { createRecall } from "../../watch/recall.ts";
import type { Memory } from "../../watch/memory.ts";
import { type HistoryBody, historyForm } from "../forms.ts";
import { assetParameter, cursorParameter, limitParameter, requirementParameter } from "../parameters.ts";
import { defineRoute } from "../route.ts";
import { toldFindings } from "../told-findings.ts";
import { toldAsset, toldTransition } from "../told-state.ts";
import { missing } from "../refusal.ts";

/** What became of one asset for one requirement, newest first; whether the chain of hashes holds is said of all of it. */
export const historyRoute = defineRoute({
  id: "history",
  method: "GET",
  path: "/v1/assets/{asset}/requirements/{requirement}/history",
  summary: { da: "Afgørelser over tid med bevis", en: "Verdicts over time with evidence" },
  page: "history",
  answers: { kind: "json", name: "History", form: historyForm },
  pathParameters: { asset: assetParameter, requirement: requirementParameter },
  queryParameters: { limit: limitParameter, cursor: cursorParameter },
  position: z.strictObject({ before: z.int() }),
  answer: async ({ path: { asset, requirement }, position, limit, language }, reading) => {
    const subject = { municipality: reading.municipality, requirement, asset };
    const read = await readHistory(subject, reading.memory);
    if (read === null) throw nothingRemembered(asset, requirement);
    const before = position?.before ?? Number.POSITIVE_INFINITY;
    const wanted = read.transitions.filter(({ number }) => number < before).reverse();
    const shown = wanted.slice(0, limit);
    const built = reading.requirements.find(({ id }) => id === requirement);
    const recall = createRecall(reading.evidence);
    const transitions: HistoryBody["transitions"] = [];
    for (const transition of shown) {
      const findings = await toldFindings(transition, built, language, recall);
      transitions.push({ ...toldTransition(transition), ...findings });
    }
    const last = shown.at(-1);
    const next = last !== undefined && wanted.length > shown.length ? reading.nextPage({ before: last.number }) : null;
    const chain = chainOf(read, language === "da");
    return {
      body: {
        asset: toldAsset(asset),
        requirement,
        title: requirementTitle(requirement, language),
        transitions,
        chain,
        next,
      },
    };
  },
});

interface ReadHistory {
  readonly state: AssetState;
  /** Oldest first. */
  readonly transitions: readonly Transition[];
}

/** State first: what it has not published yet is in its outbox, what is published after that is read with the history. */
async function readHistory(subject: Subject, { states, transitions }: Memory): Promise<ReadHistory | null> {
  const state = await states.of(subject);
  if (state === null) return null;
  const published = await transitions.history(subject);
  const last = published.at(-1)?.number ?? 0;
  return { state, transitions: [...published, ...state.outbox.filter(({ number }) => number > last)] };
}

/** A chain that has lost its end still links: only the state knows how far it went. */
function chainOf({ state, transitions }: ReadHistory, isDanish: boolean): HistoryBody["chain"] {
  const broken = brokenLink(transitions);
  if (broken !== null) {
    const { number, problem } = broken;
    const words = isDanish ? `Kæden brydes ved nummer ${number}` : `The chain breaks at number ${number}`;
    return { holds: false, problem: `${words} (${problem}).` };
  }
  const end = transitions.find(({ number }) => number === state.last);
  if (end?.hash === state.link) return { holds: true, problem: null };
  const words = isDanish
    ? `Historien passer ikke til tilstanden, som har nummer ${state.last} som det seneste.`
    : `The history does not agree with the state, which has number ${state.last} as the latest.`;
  return { holds: false, problem: words };
}

function nothingRemembered(id: string, requirement: string) {
  const asset = printable(id);
  return missing(
    "nothing-remembered",
    `Der huskes intet om ${asset} for ${requirement}.`,
    `Nothing is remembered of ${asset} for ${requirement}.`,
  );
}
