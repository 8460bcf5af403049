#!/usr/bin/env node
// Runs on any Node that has ES modules, so that an old one gets a clear message instead of a syntax error.
import { assertNode, node24Binary } from "./assert-node.mjs";

const INTERRUPTED = 130;

async function launch() {
  const other = Number(process.versions.node.split(".")[0]) === 24 ? null : node24Binary();
  if (other !== null) {
    await runWith(other);
    return;
  }
  assertNode();
  const { enableCompileCache } = await import("node:module");
  const { setFlagsFromString } = await import("node:v8");
  enableCompileCache();
  // Replies live a second or an hour, hardly anything between: a young generation that does not grow halves the peak.
  setFlagsFromString("--semi-space-growth-factor=1");
  await import(new URL("kravvagt.ts", import.meta.url).href);
}

/**
 * Runs the same command line under another Node. It gets a process group of its own, so that an interrupt at the terminal
 * and one that was sent to us alone both reach it exactly once: through us. (Windows has no groups; there the console does it.)
 */
async function runWith(binary) {
  const { spawn } = await import("node:child_process");
  const { fileURLToPath } = await import("node:url");
  const script = fileURLToPath(import.meta.url);
  const hasGroups = process.platform !== "win32";
  const child = spawn(binary, [script, ...process.argv.slice(2)], { stdio: "inherit", detached: hasGroups });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (hasGroups) child.kill(signal);
    });
  }
  child.on("exit", (code) => {
    process.exit(code === null ? INTERRUPTED : code);
  });
}

await launch();
