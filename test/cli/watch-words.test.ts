import { describe, expect, test } from "@jest/globals";
import { createTerminalSink } from "../../lib/cli/terminal-sink.ts";
import { watchWords } from "../../lib/cli/watch-words.ts";
import type { Bilingual } from "../../lib/core/messages.ts";
import { sealTransition, type Transition } from "../../lib/core/transition.ts";
import { alertText } from "../../lib/reports/alert-text.ts";
import type { Run } from "../../lib/watch/run.ts";
import type { WatchEvent } from "../../lib/watch/watch-event.ts";
import { contextOf, DIGEST, REGRESSION } from "../reports/alert-examples.ts";

const SLOT = "2026-11-23T10:00:00.000Z";
const AT = Date.parse("2026-11-23T10:02:13.400Z");
const HASH = `sha256:${"0".repeat(64)}`;

function run(count: number, changes: Partial<Run> = {}): Run {
  const assets = Array.from({ length: count }, (_, index) => `domain:d${index}.dk`);
  return {
    ...{ id: `domains/${SLOT}`, municipality: "0101", family: "domains", slot: SLOT, startedAt: SLOT },
    ...{ batches: [assets.slice(0, 50), assets.slice(50)], done: [0, 1], closedAt: null, suspect: null },
    counts: { looks: count, answers: count, worse: 0, well: count },
    inventory: HASH,
    ...changes,
  };
}

function transition(changes: Partial<Transition> = {}): Transition {
  return sealTransition({
    ...{ municipality: "0101", requirement: "S18", asset: "domain:signed.dk", number: 2, kind: "regression" },
    ...{ from: "pass", to: "fail", cause: null, since: SLOT, confirmedAt: "2026-11-23T10:02:13.000Z" },
    ...{ firstSlot: SLOT, slot: `${SLOT}/confirm`, deciding: [{ tag: "S18_DS_MISMATCH", about: "signed.dk" }] },
    ...{ appeared: [], closes: null, rules: "r", evidence: HASH, judgement: HASH, evidenceAt: SLOT, previous: null },
    ...changes,
  });
}

function told(event: WatchEvent): Bilingual | null {
  return watchWords(event, AT);
}

describe("what the watch says", () => {
  const cases: readonly (readonly [string, WatchEvent, string, string])[] = [
    [
      "a run begins",
      { kind: "run-started", run: run(86) },
      "11.02.13  Runden kl. 11.00.00 (domæner) begynder: 86 domæner",
      "11:02:13  The run of 11:00:00 (domains) begins: 86 domains",
    ],
    [
      "a second look begins",
      { kind: "run-started", run: run(1, { slot: `${SLOT}/confirm` }) },
      "11.02.13  Ser efter igen: 1 domæne",
      "11:02:13  Looking again: 1 domain",
    ],
    [
      "a run is closed",
      { kind: "run-closed", run: run(86, { counts: { looks: 86, answers: 84, worse: 0, well: 80 } }), seconds: 12.3 },
      "11.02.13  Runden kl. 11.00.00 (domæner): 86 domæner set, 84 med svar, 2 uden, 12 s",
      "11:02:13  The run of 11:00:00 (domains): 86 domains seen, 84 with an answer, 2 without, 12 s",
    ],
    [
      "a short one, of several requirements",
      {
        kind: "run-closed",
        run: run(2, { family: "web", counts: { looks: 10, answers: 10, worse: 0, well: 10 } }),
        seconds: 1.26,
      },
      "11.02.13  Runden kl. 11.00.00 (web): 2 aktiver set i 10 kig, alle med svar, 1,3 s",
      "11:02:13  The run of 11:00:00 (web): 2 assets seen in 10 looks, all with an answer, 1.3 s",
    ],
    [
      "a run that is doubted",
      { kind: "run-closed", run: run(4, { suspect: "mass", slot: `${SLOT}/confirm` }), seconds: 2 },
      "11.02.13  Nyt kig efter runden kl. 11.00.00 (domæner): 4 domæner set, alle med svar, 2,0 s\n" +
        "  Vi tvivler på runden: ingen får besked om enkelte aktiver, før en ny runde siger det samme.",
      "11:02:13  Second look after the run of 11:00:00 (domains): 4 domains seen, all with an answer, 2.0 s\n" +
        "  We doubt this run: nobody is told of single assets until another run says the same.",
    ],
    [
      "a run that is doubted for its control names",
      { kind: "run-closed", run: run(4, { suspect: "controls" }), seconds: 2 },
      "11.02.13  Runden kl. 11.00.00 (domæner): 4 domæner set, alle med svar, 2,0 s\n" +
        "  Vi tvivler på runden: ingen får besked om enkelte aktiver, før kontrolnavnene igen ser rigtige ud.",
      "11:02:13  The run of 11:00:00 (domains): 4 domains seen, all with an answer, 2.0 s\n" +
        "  We doubt this run: nobody is told of single assets until the control names look right again.",
    ],
    [
      "a second look is planned",
      {
        ...{ kind: "second-look-planned", run: `domains/${SLOT}`, assets: ["domain:signed.dk"] },
        due: "2026-11-23T10:02:16.400Z",
      },
      "11.02.13  signed.dk faldt ud anderledes end bekræftet; ser efter igen om 3 sekunder",
      "11:02:13  signed.dk came out otherwise than confirmed; looking again in 3 seconds",
    ],
    [
      "one for many, at the next run",
      { kind: "second-look-planned", run: "x", assets: ["a:1", "a:2", "a:3", "a:4"], due: null },
      "11.02.13  4 aktiver faldt ud anderledes end bekræftet; ser efter igen i næste runde",
      "11:02:13  4 assets came out otherwise than confirmed; looking again in the next run",
    ],
    [
      "one that is due",
      { kind: "second-look-planned", run: "x", assets: ["domain:a.dk", "domain:b.dk"], due: SLOT },
      "11.02.13  a.dk og b.dk faldt ud anderledes end bekræftet; ser efter igen nu",
      "11:02:13  a.dk and b.dk came out otherwise than confirmed; looking again now",
    ],
    [
      "a regression",
      { kind: "transition", transition: transition() },
      "11.02.13  S18 signed.dk: opfyldt → ikke opfyldt (bekræftet kl. 11.02.13): S18_DS_MISMATCH",
      "11:02:13  S18 signed.dk: fulfilled → not fulfilled (confirmed at 11:02:13): S18_DS_MISMATCH",
    ],
    [
      "a new warning",
      {
        kind: "transition",
        transition: transition({ kind: "change", to: "pass", appeared: ["S18_SIGNATURE_EXPIRES_SOON"] }),
      },
      "11.02.13  S18 signed.dk: ny advarsel; stadig opfyldt (bekræftet kl. 11.02.13): S18_SIGNATURE_EXPIRES_SOON",
      "11:02:13  S18 signed.dk: new warning; still fulfilled (confirmed at 11:02:13): S18_SIGNATURE_EXPIRES_SOON",
    ],
    [
      "a rule change without tags",
      { kind: "transition", transition: transition({ kind: "rule-change", deciding: [] }) },
      "11.02.13  S18 signed.dk: opfyldt → ikke opfyldt, efter nye regler (bekræftet kl. 11.02.13)",
      "11:02:13  S18 signed.dk: fulfilled → not fulfilled, by newer rules (confirmed at 11:02:13)",
    ],
    [
      "an alert",
      { kind: "alert", alert: REGRESSION },
      "11.02.13  Alarm: S18 ikke længere opfyldt: signed.dk",
      "11:02:13  Alert: S18 no longer fulfilled: signed.dk",
    ],
    [
      "a hand-over that failed",
      { kind: "undelivered", alert: DIGEST, sink: "smtp", problem: "mail.example.dk:587 could not be reached" },
      "11.02.13  Kunne ikke aflevere til smtp, prøver igen: Dagens oversigt 23. november 2026: 2 ændringer, 1 åben forringelse\n" +
        "  mail.example.dk:587 could not be reached",
      "11:02:13  Could not hand over to smtp, trying again: Daily digest 23 November 2026: 2 changes, 1 open regression\n" +
        "  mail.example.dk:587 could not be reached",
    ],
    [
      "the clock jumping",
      { kind: "clock-jumped", seconds: -3600 },
      "11.02.13  Maskinens ur sprang 1 time tilbage.",
      "11:02:13  The machine's clock jumped back by 1 hour.",
    ],
    [
      "the clock jumping on",
      { kind: "clock-jumped", seconds: 90 },
      "11.02.13  Maskinens ur sprang 1 minut og 30 sekunder frem.",
      "11:02:13  The machine's clock jumped forward by 1 minute and 30 seconds.",
    ],
    [
      "having been away",
      { kind: "was-away", from: "2026-11-23T01:00:00.000Z", to: "2026-11-23T06:00:00.000Z" },
      "11.02.13  Overvågningen kørte ikke i 5 timer, fra 23. november 2026 kl. 02.00 til 23. november 2026 kl. 07.00. Hvad der skete imens, er ikke set.",
      "11:02:13  The watch did not run for 5 hours, from 23 November 2026 at 02:00 to 23 November 2026 at 07:00. What happened meanwhile was not seen.",
    ],
  ];

  test.each(cases)("of %s", (_, event, da, en) => {
    expect(told(event)).toEqual({ da, en });
  });

  test("nothing of first answers", () => {
    expect(
      told({ kind: "transition", transition: transition({ kind: "baseline", from: null, number: 1 }) }),
    ).toBeNull();
  });

  test("nothing that could be more lines than it is, by a name", () => {
    const words = told({
      kind: "transition",
      transition: transition({ asset: "domain:x.dk\n11.02.14  Alarm: falsk" }),
    });
    expect(words?.da.split("\n")).toHaveLength(1);
  });
});

describe("the terminal as a sink", () => {
  test("tells subject, cause and remedy, and waits until they are out", async () => {
    const said: string[] = [];
    let isDrained = false;
    const sink = createTerminalSink(
      {
        language: "da",
        say: (words) => said.push(typeof words === "string" ? words : words.da),
        drained: async () => {
          isDrained = true;
        },
      },
      async (alert) => alertText(alert, contextOf("S18_SIGNATURE_EXPIRED", "fail"), "da"),
    );
    await sink.deliver(REGRESSION);
    expect(sink.name).toBe("terminal");
    expect(isDrained).toBe(true);
    expect(said.join("\n")).toBe(`
ALARM  S18 ikke længere opfyldt: signed.dk
  S18 (DNSSEC på alle domæner) er ikke længere opfyldt for signed.dk.
  Signaturen på SOA i signed.dk udløb 2026-11-23 09:00 UTC. Validerende modtagere afviser svaret.
  Få DNS-operatøren til at signere zonen på ny, og find ud af, hvorfor den automatiske fornyelse stoppede.
`);
  });
});
