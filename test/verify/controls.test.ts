import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { S18_CONTROLS } from "../../data/controls.ts";
import { ROOT_ANCHORS } from "../../data/root-anchors.ts";
import { unobserved } from "../../lib/core/observation.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import { type Network, openNetwork } from "../../lib/verify/network.ts";
import { mappedSockets } from "../../lib/dial/sockets.ts";
import { readInventoryText } from "../../lib/inventory/read-inventory.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { PRACTICE_CONTROLS } from "../../lib/practice/municipality.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { checkControls, type Controls, controlsUnder, judgeControls } from "../../lib/verify/controls.ts";
import { NO_COST } from "../../lib/verify/verification.ts";
import { name } from "../../lib/wire/name.ts";
import { scriptDns } from "../probes/scripted-dns.ts";
import { trial } from "./trial.ts";

describe("judging controls", () => {
  test.each<[string, readonly Verdict[], readonly Verdict[], string]>([
    ["all as they should be", ["pass", "pass"], ["fail"], "sound"],
    ["one good one seen is enough", ["indeterminate", "pass"], ["indeterminate", "fail"], "sound"],
    ["no bad ones listed", ["pass"], [], "sound"],
    ["a good one failing", ["pass", "fail"], ["fail"], "doubtful"],
    ["a bad one passing", ["pass"], ["fail", "pass"], "doubtful"],
    ["a bad one passing, and nothing else seen", ["indeterminate"], ["pass"], "doubtful"],
    ["a good one failing, and nothing else seen", ["fail"], ["indeterminate"], "doubtful"],
    ["nothing seen", ["indeterminate"], ["indeterminate"], "unknown"],
    ["no good one seen", ["indeterminate", "not-applicable"], ["fail"], "unknown"],
    ["no bad one seen", ["pass"], ["indeterminate", "not-applicable"], "unknown"],
    ["no good ones listed", [], ["fail"], "unknown"],
    ["none at all", [], [], "unknown"],
    // A statement is a measurement of nothing.
    ["a good one attested", ["attested"], ["fail"], "unknown"],
  ])("%s", (_, good, bad, expected) => {
    expect(judgeControls(good, bad)).toBe(expected);
  });
});

describe("which controls", () => {
  const [anchor] = ROOT_ANCHORS;

  test("those of the real internet, under IANA's anchors, all of them or some", () => {
    expect(controlsUnder(ROOT_ANCHORS)).toBe(S18_CONTROLS);
    expect(controlsUnder([{ ...anchor!, digest: anchor!.digest.toLowerCase() }])).toBe(S18_CONTROLS);
  });

  test.each([
    ["no anchor", []],
    ["another key", [{ ...anchor!, digest: "00".repeat(32) }]],
    ["another zone", [{ ...anchor!, zone: name("dk") }]],
    ["one of our own beside IANA's", [...ROOT_ANCHORS, { ...anchor!, keyTag: 1 }]],
  ])("none under %s", (_, anchors) => {
    expect(controlsUnder(anchors)).toBeNull();
  });

  test("there are good ones and bad ones, none of them both", () => {
    const { good, bad } = S18_CONTROLS;
    expect(good.length).toBeGreaterThan(1);
    expect(bad.length).toBeGreaterThan(0);
    expect(new Set([...good, ...bad]).size).toBe(good.length + bad.length);
  });
});

describe("checking controls", () => {
  let internet: PracticeInternet;
  beforeAll(async () => void (internet = await startPracticeInternet()));
  afterEach(() => PRACTICE_CONTROLS.good.forEach((each) => internet.serve(each, null)));
  afterAll(() => internet.stop());

  async function check(controls: Controls = PRACTICE_CONTROLS, signal = new AbortController().signal) {
    const read = await readInventoryText(internet.inventoryOf([]), "practice.json");
    if (!read.ok) throw new Error(JSON.stringify(read));
    const sockets = mappedSockets(internet.sockets, internet.families);
    const network: Network = await openNetwork(read, { signal, sockets });
    try {
      return await checkControls(controls, [trial("S19"), s18], "kommune-2024", network);
    } finally {
      network.close();
    }
  }

  test("is sound where what we know is what we see", async () => {
    expect(await check()).toBe("sound");
  });

  test("is doubtful when something on the way takes signatures away", async () => {
    PRACTICE_CONTROLS.good.forEach((each) => internet.serve(each, "signatures-stripped"));
    expect(await check()).toBe("doubtful");
  });

  test("is doubtful when what is broken looks well", async () => {
    expect(await check({ good: [], bad: [name("oevelse.dk")] })).toBe("doubtful");
  });

  test("is unknown when the good ones are not there, or we were stopped", async () => {
    expect(await check({ ...PRACTICE_CONTROLS, good: [name("ledig-oevelse.dk")] })).toBe("unknown");
    expect(await check(PRACTICE_CONTROLS, AbortSignal.abort())).toBe("unknown");
  });

  test("asks nothing when the requirement they are known for is not verified", async () => {
    const dns = scriptDns({ resolver: () => unobserved("dns-timeout", "unheard") });
    const io = { context: dns.context, cost: () => NO_COST, notSeen: () => [] };
    expect(await checkControls(PRACTICE_CONTROLS, [trial("S19")], "kommune-2024", io)).toBe("unknown");
    expect(dns.asked).toEqual([]);
    expect(await checkControls(PRACTICE_CONTROLS, [s18], "kommune-2024", io)).toBe("unknown");
    expect(dns.asked.length).toBeGreaterThan(0);
  });
});
