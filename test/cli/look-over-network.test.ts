import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { lookOverNetwork } from "../../lib/cli/look-over-network.ts";
import type { Services } from "../../lib/cli/services.ts";
import { createTerminal, type Output } from "../../lib/cli/terminal.ts";
import { tlsSubject } from "../../lib/cli/tls-subject.ts";
import { contextOf } from "../support/world/world-context.ts";

const HOST = "www.kommune.dk";
/** Longer than it takes until the first second is told. */
const A_WHILE_MS = 1_300;

interface Setting {
  readonly isTerminal?: boolean;
  readonly showsPart?: boolean;
  readonly look: (signals: EventEmitter) => Promise<{ readonly seen: string }>;
}

async function look({ isTerminal = false, showsPart = false, look: lookAt }: Setting) {
  const written: string[] = [];
  const write = (chunk: string, _: unknown, done: () => void): void => {
    written.push(chunk);
    done();
  };
  const output: Output = Object.assign(new Writable({ decodeStrings: false, write }), { isTTY: isTerminal });
  const signals = new EventEmitter();
  const services = {
    terminal: createTerminal("da", output, output, {}),
    interrupts: { signals, exitNow: () => undefined },
    openNetwork: async () => ({ context: contextOf({ zones: [] }), close: () => undefined }),
  } as unknown as Services;
  const subject = { asset: tlsSubject(HOST, { assets: [] } as unknown as Parameters<typeof tlsSubject>[1]) };
  const ended = lookOverNetwork(
    {},
    services,
    () => subject,
    () => lookAt(signals),
    showsPart,
  );
  return { ended: await ended.catch((error: unknown) => error), said: written.join("") };
}

describe("an interrupt", () => {
  const interrupted = async (signals: EventEmitter) => {
    signals.emit("SIGINT");
    return { seen: "half" };
  };

  test("gives what was seen to those who can show a part of it", async () => {
    const { ended, said } = await look({ look: interrupted, showsPart: true });
    expect([ended, said]).toEqual([expect.objectContaining({ seen: "half", interrupted: true }), "Afbrudt.\n"]);
  });

  test("ends any other look with 130", async () => {
    const { ended, said } = await look({ look: interrupted });
    expect([ended, said]).toEqual([expect.objectContaining({ exitCode: 130 }), "Afbrudt.\n"]);
  });
});

describe("a look that takes a while", () => {
  const slow = () => new Promise<{ seen: string }>((resolve) => setTimeout(() => resolve({ seen: "all" }), A_WHILE_MS));

  test("tells a terminal that it goes on, and wipes that away", async () => {
    const { ended, said } = await look({ look: slow, isTerminal: true });
    expect(ended).toMatchObject({ seen: "all", interrupted: false });
    expect(said).toContain(`1 sekunder  ${HOST}`);
    expect(said.endsWith("\r\u001b[K")).toBe(true);
  });

  test("is silent in a pipe", async () => {
    expect((await look({ look: slow })).said).toBe("");
  });
});
