import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { createProgressLine } from "../../lib/cli/progress.ts";
import { createPacer } from "../../lib/verify/pacer.ts";
import { createTerminal, type Output } from "../../lib/cli/terminal.ts";

function stream(isTTY: boolean, fails: Error | null = null): Output & { written: string } {
  const target = new Writable({
    decodeStrings: false,
    write: (chunk: string, _, done) => {
      collected.written += chunk;
      done(fails);
    },
  });
  const collected = Object.assign(target, { isTTY, written: "", columns: 30 });
  return collected;
}

describe("colour", () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "0" }, false],
  ])("terminal %j, environment %j: %j", (isTTY, environment, isPainted) => {
    const painted = createTerminal("da", stream(isTTY), stream(false), environment).paint("bad", "x");
    expect(painted === "x").toBe(!isPainted);
    expect(painted).toContain("x");
  });
});

describe("a terminal", () => {
  test("says things in its language, escaped, on standard error; results go untouched to standard output", async () => {
    const [out, err] = [stream(false), stream(false)];
    const terminal = createTerminal("en", out, err, {});
    terminal.say({ da: "nej", en: "a\u001b[0m\nb" });
    await terminal.result("r\n");
    await terminal.drained();
    expect([out.written, err.written]).toEqual(["r\n", "a\\u{1b}[0m\nb\n"]);
  });

  test("goes on quietly when nobody reads any more", async () => {
    const gone = Object.assign(new Error("gone"), { code: "EPIPE" });
    const terminal = createTerminal("da", stream(false, gone), stream(false), {});
    await terminal.result("r\n");
    await terminal.result("s\n");
  });
});

describe("a line of progress", () => {
  const step = { done: 1, total: 3, current: "a\u001b[31m-very-long-name.example.dk" };

  test("is silent when there is no terminal", () => {
    const line = createProgressLine(null, "da", () => 0);
    line.show(step);
    line.clear();
  });

  test("fits the terminal, is escaped, is not rewritten too often, and goes away", () => {
    const output = stream(true);
    let now = 0;
    const line = createProgressLine(output, "en", () => now);
    line.show(step);
    line.show({ ...step, done: 2 });
    now = 1000;
    line.show({ ...step, done: 3, current: "b.dk" });
    line.clear();
    line.clear();
    expect(output.written).toBe("\r\u001b[K1/3 assets  a\\u{1b}[31m-very-\r\u001b[K3/3 assets  b.dk\r\u001b[K");
  });
});

describe("a pacer", () => {
  test("spaces calls, and an abort ends the wait", async () => {
    const turn = createPacer(20);
    const { signal } = new AbortController();
    const started = performance.now();
    await Promise.all([turn(signal), turn(signal), turn(signal)]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(95);
    const aborted = AbortSignal.abort();
    const slow = createPacer(1);
    await slow(aborted);
    await slow(aborted);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
