import type { Bilingual, Language } from "../core/messages.ts";
import { isConfirmSlot, scheduledAt } from "../core/slot.ts";
import type { Transition } from "../core/transition.ts";
import { assetWords, countWords, listWords } from "../reports/alert-assets.ts";
import { sayIn } from "../reports/alert-body.ts";
import { FAMILY_WORDS } from "../reports/alert-doubt.ts";
import { alertSubject } from "../reports/alert-text.ts";
import { clockWords, durationWords, momentWords } from "../reports/alert-time.ts";
import { changeWords } from "../reports/alert-verdicts.ts";
import { printable } from "../reports/printable.ts";
import type { Run, Suspicion } from "../watch/run.ts";
import type { WatchEvent } from "../watch/watch-event.ts";

/** Assets that are named one by one; more are counted. */
const MOST_NAMED = 3;
const MILLISECONDS = 1000;

/**
 * What the watch does, in a line or two for a terminal, with the time it happened (`at`, epoch milliseconds) in front. Null
 * for what nobody needs to hear: first answers, which are told in sum when their run closes. Names are escaped.
 */
export function watchWords(event: WatchEvent, at: number): Bilingual | null {
  const da = wordsIn(event, at, "da");
  const en = wordsIn(event, at, "en");
  return da === null || en === null
    ? null
    : { da: `${clockWords(at, "da")}  ${da}`, en: `${clockWords(at, "en")}  ${en}` };
}

function wordsIn(event: WatchEvent, at: number, language: Language): string | null {
  const say = sayIn(language);
  switch (event.kind) {
    case "run-started":
      return startedWords(event.run, language);
    case "run-closed":
      return closedWords(event.run, event.seconds, language);
    case "second-look-planned":
      return secondLookWords(event, at, language);
    case "transition":
      return transitionWords(event.transition, language);
    case "alert":
      return `${say("Alarm", "Alert")}: ${alertSubject(event.alert, language)}`;
    case "undelivered":
      return undeliveredWords(event, language);
    case "clock-jumped":
      return jumpWords(event.seconds, language);
    case "was-away":
      return awayWords(event, language);
  }
}

function startedWords(run: Run, language: Language): string {
  const say = sayIn(language);
  const assets = countOf(run, language);
  return isConfirmSlot(run.slot)
    ? say(`Ser efter igen: ${assets}`, `Looking again: ${assets}`)
    : `${runName(run, language)} ${say("begynder", "begins")}: ${assets}`;
}

function closedWords(run: Run, seconds: number, language: Language): string {
  const say = sayIn(language);
  const { looks, answers } = run.counts;
  const assets = run.batches.flat().length;
  const missing = looks - answers;
  // One requirement each: assets and looks are the same number, and one of them is enough.
  const tally = looks === assets ? "" : say(` i ${looks} kig`, ` in ${looks} looks`);
  const answered =
    missing === 0
      ? say("alle med svar", "all with an answer")
      : say(`${answers} med svar, ${missing} uden`, `${answers} with an answer, ${missing} without`);
  const took = decimal(seconds, language);
  const line = `${runName(run, language)}: ${countOf(run, language)} ${say("set", "seen")}${tally}, ${answered}, ${took} s`;
  return run.suspect === null ? line : `${line}\n  ${doubtWords(run.suspect, language)}`;
}

function doubtWords(suspicion: Suspicion, language: Language): string {
  const say = sayIn(language);
  const until =
    suspicion === "mass"
      ? say("før en ny runde siger det samme", "until another run says the same")
      : say("før kontrolnavnene igen ser rigtige ud", "until the control names look right again");
  return say(
    `Vi tvivler på runden: ingen får besked om enkelte aktiver, ${until}.`,
    `We doubt this run: nobody is told of single assets ${until}.`,
  );
}

function secondLookWords(
  { assets, due }: Extract<WatchEvent, { kind: "second-look-planned" }>,
  at: number,
  language: Language,
): string {
  const say = sayIn(language);
  const named = assets.slice(0, MOST_NAMED).map((asset) => assetWords(asset, language));
  const who =
    assets.length > MOST_NAMED
      ? say(`${assets.length} aktiver`, `${assets.length} assets`)
      : listWords(named, language);
  return say(
    `${who} faldt ud anderledes end bekræftet; ser efter igen ${dueWords(due, at, "da")}`,
    `${who} came out otherwise than confirmed; looking again ${dueWords(due, at, "en")}`,
  );
}

function dueWords(due: string | null, at: number, language: Language): string {
  const say = sayIn(language);
  if (due === null) return say("i næste runde", "in the next run");
  const left = Date.parse(due) - at;
  if (!(left >= MILLISECONDS)) return say("nu", "now");
  return say(`om ${durationWords(left, "da")}`, `in ${durationWords(left, "en")}`);
}

function transitionWords(transition: Transition, language: Language): string | null {
  const { kind, requirement, asset, confirmedAt, deciding, appeared } = transition;
  if (kind === "baseline") return null;
  const say = sayIn(language);
  const when = clockWords(confirmedAt, language);
  const tags = appeared.length > 0 ? appeared : deciding.map(({ tag }) => tag);
  const why = tags.length === 0 ? "" : `: ${[...new Set(tags)].join(", ")}`;
  const confirmed = say(`bekræftet kl. ${when}`, `confirmed at ${when}`);
  return `${requirement} ${assetWords(asset, language)}: ${changeWords(transition, language)} (${confirmed})${why}`;
}

function undeliveredWords(
  { alert, sink, problem }: Extract<WatchEvent, { kind: "undelivered" }>,
  language: Language,
): string {
  const subject = alertSubject(alert, language);
  return sayIn(language)(
    `Kunne ikke aflevere til ${sink}, prøver igen: ${subject}\n  ${printable(problem)}`,
    `Could not hand over to ${sink}, trying again: ${subject}\n  ${printable(problem)}`,
  );
}

function jumpWords(seconds: number, language: Language): string {
  const length = durationWords(Math.abs(seconds) * MILLISECONDS, language);
  return sayIn(language)(
    `Maskinens ur sprang ${length} ${seconds < 0 ? "tilbage" : "frem"}.`,
    `The machine's clock jumped ${seconds < 0 ? "back" : "forward"} by ${length}.`,
  );
}

function awayWords({ from, to }: Extract<WatchEvent, { kind: "was-away" }>, language: Language): string {
  const length = durationWords(Date.parse(to) - Date.parse(from), language);
  const [began, ended] = [momentWords(from, language), momentWords(to, language)];
  return sayIn(language)(
    `Overvågningen kørte ikke i ${length}, fra ${began} til ${ended}. Hvad der skete imens, er ikke set.`,
    `The watch did not run for ${length}, from ${began} to ${ended}. What happened meanwhile was not seen.`,
  );
}

/** "Runden kl. 11.00.00 (domæner)": named by the moment it was planned for. */
function runName({ family, slot }: Run, language: Language): string {
  const say = sayIn(language);
  const when = clockWords(scheduledAt(slot), language);
  const what = FAMILY_WORDS[family][language];
  return isConfirmSlot(slot)
    ? say(`Nyt kig efter runden kl. ${when} (${what})`, `Second look after the run of ${when} (${what})`)
    : say(`Runden kl. ${when} (${what})`, `The run of ${when} (${what})`);
}

function countOf({ batches, family }: Run, language: Language): string {
  const count = batches.flat().length;
  // The family of domains looks at nothing else; the others look at several kinds.
  if (family === "domains") return countWords(count, "S18", language);
  return sayIn(language)(count === 1 ? "1 aktiv" : `${count} aktiver`, count === 1 ? "1 asset" : `${count} assets`);
}

function decimal(seconds: number, language: Language): string {
  const shown = seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0);
  return language === "da" ? shown.replace(".", ",") : shown;
}
