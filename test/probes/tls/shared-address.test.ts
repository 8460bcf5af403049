import type net from "node:net";
import { describe, expect, test } from "@jest/globals";
import { suiteNamed } from "../../../lib/tls/suites.ts";
import { TlsLab } from "./lab.ts";
import { type ScriptedTls, serveScripted } from "./scripted-tls.ts";

const lab = new TlsLab();
const suites = (names: string): readonly number[] => names.split(" ").map((name) => suiteNamed(`TLS_${name}`)!.number);
const GOOD = suites("ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE_RSA_WITH_AES_256_GCM_SHA384");
const OLD = suites("RSA_WITH_AES_128_CBC_SHA");
const MODERN: ScriptedTls = { suites: { "TLSv1.2": GOOD }, says: "alert" };

describe("servers that take turns behind one address", () => {
  test.each<readonly [string, ScriptedTls]>([
    ["TLS 1.0", { ...MODERN, suites: { "TLSv1.2": GOOD, "TLSv1.0": OLD } }],
    ["TLS 1.0 and 1.1", { ...MODERN, suites: { "TLSv1.2": GOOD, "TLSv1.1": OLD, "TLSv1.0": OLD } }],
    ["a weak suite", { ...MODERN, suites: { "TLSv1.2": [...GOOD, ...OLD] } }],
  ])("show %s that only the second one takes, whoever has the first turn", async (_, worse) => {
    for (const first of [0, 1]) {
      await lab.answer((socket, count) => serveScripted(socket, count % 2 === first ? worse : MODERN));
      // One at a time, so that the turns are known.
      const { suites: found } = await lab.visited({}, { atOnce: 1 });
      expect(found.flatMap(({ accepted }) => accepted)).toContain(OLD[0]);
    }
  });
});

describe("a server that bears only a few connections", () => {
  const serveTwo = (server: ScriptedTls, end: (socket: net.Socket) => void): Promise<void> => {
    let under = 0;
    return lab.answer((socket) => {
      under += 1;
      socket.once("close", () => (under -= 1));
      if (under > 2) end(socket);
      else serveScripted(socket, server);
    });
  };

  test("two at once, and resets the rest", async () => {
    await serveTwo(MODERN, (socket) => socket.resetAndDestroy());
    const visit = await lab.visited({}, { pauseMs: 5 });
    expect(visit.versions.flatMap(({ outcome }) => outcome)).not.toContain("undecided");
    expect(visit.suites.map(({ accepted, open }) => [[...accepted].sort(), open])).toEqual([[[...GOOD].sort(), []]]);
    expect(visit.groups.flatMap(({ open }) => open)).toEqual([]);
  });

  test("two at once, and hangs up on the rest, has not refused what it takes", async () => {
    await serveTwo({ ...MODERN, suites: { "TLSv1.2": GOOD, "TLSv1.0": OLD } }, (socket) => socket.end());
    const { versions } = await lab.visited({}, { pauseMs: 5 });
    expect(versions.find(({ version }) => version === "TLSv1.0")?.outcome).not.toBe("refused");
  });
});
