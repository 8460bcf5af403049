// Node 24 runs our TypeScript as it is. Written for old Nodes too: nothing newer than ES2020 here.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const MAJOR = 24;
const WRONG_USAGE = 64;

/** Ends the process with a message that says what to do, unless this is Node 24. */
export function assertNode() {
  if (Number(process.versions.node.split(".")[0]) === MAJOR) return;
  process.stderr.write(
    `Kravvagt kræver Node ${MAJOR}; dette er ${process.versions.node}. Kør «npm ci» (det henter Node ${MAJOR} på Linux og Windows), eller installér Node ${MAJOR} fra nodejs.org.\n` +
      `Kravvagt needs Node ${MAJOR}; this is ${process.versions.node}. Run "npm ci" (it brings Node ${MAJOR} on Linux and Windows), or install Node ${MAJOR} from nodejs.org.\n`,
  );
  process.exit(WRONG_USAGE);
}

/** The Node 24 that npm installed beside us for this system, or null. */
export function node24Binary() {
  const system = process.platform === "win32" ? "win" : process.platform;
  const executable = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${system}-${process.arch}/package.json`);
    const binary = fileURLToPath(new URL(executable, `file://${manifest.replace(/\\/g, "/")}`));
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) assertNode();
