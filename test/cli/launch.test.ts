import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";

const LAUNCH = fileURLToPath(new URL("../../bin/launch.mjs", import.meta.url));
const ASSERT = fileURLToPath(new URL("../../bin/assert-node.mjs", import.meta.url));
/** Makes this Node say that it is an old one. */
const AS_OLD =
  "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";
const SLOW = 60_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  args: readonly string[],
  during: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  during(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

describe("the program", () => {
  test("starts from anywhere and writes its result", async () => {
    const { code, stdout, stderr } = await run([LAUNCH, "explain", "S18_UNSIGNED"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("S18_UNSIGNED");
  });

  test("takes a closed pipe quietly", async () => {
    const { code, stderr } = await run([LAUNCH, "--help"], (child) => child.stdout?.destroy());
    expect([code, stderr]).toEqual([0, ""]);
  });

  test(
    "ends cleanly when it is interrupted",
    async () => {
      let interrupted = false;
      const { code, stdout, stderr } = await run([LAUNCH, "start", "--once"], (child) => {
        child.stderr?.on("data", (chunk: string) => {
          if (interrupted || !chunk.includes("begynder")) return;
          interrupted = true;
          child.kill("SIGINT");
        });
      });
      expect(code).toBe(130);
      expect(stderr).toContain("Afbrudt. Det, der er i gang, afsluttes; runden tages op igen ved næste start.");
      expect(stdout).toBe("");
    },
    SLOW,
  );

  test("on another Node either finds the right one beside it, or says what to do", async () => {
    const { code, stdout, stderr } = await run(["--import", AS_OLD, LAUNCH, "--version"]);
    if (code === 0) expect(stdout).toBe("0.1.0\n");
    else expect([code, stderr]).toEqual([64, expect.stringContaining("Kravvagt kræver Node 24; dette er 20.1.0")]);
  });

  test("asserts the version of Node for the tests", async () => {
    expect(await run([ASSERT])).toEqual({ code: 0, stdout: "", stderr: "" });
    const { code, stderr } = await run(["--import", AS_OLD, ASSERT]);
    expect(code).toBe(64);
    expect(stderr).toContain('Run "npm ci"');
  });
});
