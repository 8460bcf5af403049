import { describe, expect, test } from "@jest/globals";
import { type Evidence, openDhe } from "../../../lib/probes/tls/assemble-findings.ts";
import { plainDheTopicName, smallDheTopicName } from "../../../lib/probes/tls/legacy-topics.ts";
import type { TrackOutcome } from "../../../lib/tls/offer-outcome.ts";

const YES = 1;

function track(name: string, changes: Partial<TrackOutcome>): TrackOutcome {
  const nothing = {
    accepted: [],
    refused: [],
    unoffered: [],
    undecided: [],
    preference: "unknown",
    connections: 1,
  } as const;
  return { name, ...nothing, ...changes };
}

function evidence(...tracks: readonly TrackOutcome[]): Evidence {
  const notAsked = { cause: "tool-limit", detail: "not asked" } as const;
  return {
    outcome: (topic) => tracks.find(({ name }) => name === topic),
    seen: [],
    ssl2Kinds: [],
    reasons: { notAsked, unconnected: notAsked },
  };
}

describe("what stayed open about DHE", () => {
  test("is nothing where nobody asked, or every question was answered", () => {
    expect(openDhe(evidence())).toBeNull();
    const plain = track(plainDheTopicName("TLSv1.2"), { accepted: [YES] });
    const small = track(smallDheTopicName("TLSv1.2"), { refused: [YES] });
    expect(openDhe(evidence(plain, small))).toBeNull();
  });

  test.each([plainDheTopicName("TLSv1.2"), smallDheTopicName("TLSv1.2"), plainDheTopicName("TLSv1.0")])(
    "is told where the question was cut: %s",
    (name) => {
      const cut = track(name, { undecided: [{ items: [YES], cause: "reset" }] });
      expect(openDhe(evidence(cut))).toMatchObject({ cause: "connection-reset" });
    },
  );
});
