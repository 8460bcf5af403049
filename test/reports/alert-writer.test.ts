import { beforeAll, describe, expect, test } from "@jest/globals";
import { sealTransition, type Transition } from "../../lib/core/transition.ts";
import { StoreError } from "../../lib/ports.ts";
import { type AlertWriterSettings, createAlertWriter } from "../../lib/reports/alert-writer.ts";
import type { TransitionAlert } from "../../lib/watch/alert.ts";
import { type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";
import { COMMON, member } from "./alert-examples.ts";

const ASSET = "domain:oevelse.dk";
const SUBJECT = { municipality: "0101", requirement: "S18", asset: ASSET } as const;
const EXPIRED = /Signaturen på DNSKEY i genbrug-oevelse\.dk udløb/u;
let remembered: RememberedMunicipality;
let history: readonly Transition[];

beforeAll(async () => {
  remembered = await rememberedMunicipality();
  await remembered.round("2026-11-20T10:00:00.000Z", ["signed"]);
  await remembered.round("2026-11-21T10:00:00.000Z", ["signed"], { signed: "expired" });
  await remembered.round("2026-11-22T10:00:00.000Z", ["signed"]);
  history = await remembered.memory.transitions.history(SUBJECT);
});

/** The alert of the nth transition of the one domain that there is. */
function alertOf(number: number, kind: TransitionAlert["kind"]): TransitionAlert {
  const transition = history[number - 1];
  if (transition === undefined) throw new Error(`there is no transition ${number}`);
  // A recovery is filed under what had decided the regression that it ends.
  const [deciding] = (kind === "recovery" ? history[1] : transition)?.deciding ?? [];
  const { from, to, cause, since, confirmedAt, firstSlot, slot, evidence, judgement } = transition;
  return {
    ...{ ...COMMON, kind, requirement: "S18", total: 1, deciding: deciding ?? { tag: "S18_BOGUS", about: null } },
    members: [
      member("oevelse.dk", {
        ...{ number, kind, from, to, cause, since, confirmedAt, firstSlot, slot, evidence, judgement },
      }),
    ],
  };
}

function writer(changes: Partial<AlertWriterSettings> = {}) {
  const { memory, evidence } = remembered;
  return createAlertWriter({
    ...{ municipality: "Eksempelkommune", memory, evidence, shownFolder: "/srv/data", language: "da" },
    ...changes,
  });
}

describe("an alert put into words with what is remembered", () => {
  test("a regression tells the finding that decided it, and how to see the evidence", async () => {
    const { subject, body, brief } = await writer()(alertOf(2, "regression"));
    expect(subject).toBe("S18 ikke længere opfyldt: oevelse.dk");
    expect(brief).toMatch(EXPIRED);
    expect(body).toMatch(EXPIRED);
    expect(body).toContain("history domain:oevelse.dk S18 --verify --data /srv/data");
    expect(body).toContain("Eksempelkommune");
  });

  test("a recovery also tells what had been wrong, and for how long", async () => {
    const { brief, body } = await writer()(alertOf(3, "recovery"));
    expect(brief).toMatch(/er opfyldt igen .* Det var ikke opfyldt i 1 dag\./u);
    expect(body).toMatch(EXPIRED);
  });

  test("the default folder is not named in the commands, and the language is as asked", async () => {
    const { body, subject } = await writer({ shownFolder: null, language: "en" })(alertOf(2, "regression"));
    expect(subject).toBe("S18 no longer fulfilled: oevelse.dk");
    expect(body).not.toContain("--data");
  });

  test("what is lost or does not fit its address is left unsaid, and nothing else is said instead", async () => {
    const changed = '{"findings":[]}';
    for (const text of [null, changed]) {
      const evidence = { ...remembered.evidence, get: () => Promise.resolve(text) };
      const { subject, body } = await writer({ evidence })(alertOf(2, "regression"));
      expect(subject).toBe("S18 ikke længere opfyldt: oevelse.dk");
      expect(body).not.toMatch(EXPIRED);
    }
    const none = { transitions: { ...remembered.memory.transitions, history: () => Promise.resolve([]) } };
    expect((await writer({ memory: none })(alertOf(3, "recovery"))).body).not.toMatch(EXPIRED);
  });

  test("a recovery that closes nothing names no regression", async () => {
    const open = [history[0]!, history[1]!, sealTransition({ ...history[2]!, closes: null })];
    const memory = { transitions: { ...remembered.memory.transitions, history: () => Promise.resolve(open) } };
    expect((await writer({ memory })(alertOf(3, "recovery"))).body).not.toMatch(EXPIRED);
  });

  test("a store that fails is not taken for one that has nothing", async () => {
    const failed = new StoreError("unreadable", "/srv/data", "gone");
    const evidence = { ...remembered.evidence, get: () => Promise.reject(failed) };
    await expect(writer({ evidence })(alertOf(2, "regression"))).rejects.toBe(failed);
  });
});
