import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyPlan } from "./recipe.ts";
import { runTool } from "./run-tool.ts";

/** A key pair on disk: `base` is the path without extension, `data` the DNSKEY data as text. */
export interface ZoneKey {
  readonly plan: KeyPlan;
  readonly base: string;
  readonly data: string;
}

const LEAST_BITS_OF_BIND = 1024;
const ALGORITHM_NAMES: Readonly<Record<number, string>> = {
  5: "RSASHA1",
  7: "NSEC3RSASHA1",
  8: "RSASHA256",
  10: "RSASHA512",
  13: "ECDSAP256SHA256",
  14: "ECDSAP384SHA384",
  15: "ED25519",
  16: "ED448",
};

/** Makes the keys of a zone under `folder`, or finds those that an earlier run made there by the same plan. */
export async function makeKeys(zone: string, plans: readonly KeyPlan[], folder: string): Promise<readonly ZoneKey[]> {
  const keys: ZoneKey[] = [];
  for (const [index, plan] of plans.entries()) {
    const place = join(folder, zone === "" ? "root" : zone, `${String(index)}-${planName(plan)}`);
    await mkdir(place, { recursive: true });
    if (!(await readdir(place)).some((file) => file.endsWith(".private"))) {
      await generate(zone, plan, place);
      if (plan.revoked === true) await revoke(place);
    }
    keys.push(await readKey(plan, place));
  }
  return keys;
}

function planName(plan: KeyPlan): string {
  return `${String(plan.algorithm)}-${String(plan.bits ?? 0)}-${plan.role}${plan.revoked === true ? "-revoked" : ""}`;
}

/** BIND refuses RSA below 1024 bits; ldns does not. */
async function generate(zone: string, plan: KeyPlan, place: string): Promise<void> {
  const name = `${zone}.`;
  const algorithm = ALGORITHM_NAMES[plan.algorithm];
  if (algorithm === undefined) throw new Error(`no key generator for algorithm ${String(plan.algorithm)}`);
  const size = plan.bits === undefined ? [] : ["-b", String(plan.bits)];
  if (plan.bits !== undefined && plan.bits < LEAST_BITS_OF_BIND) {
    const role = plan.role === "zsk" ? [] : ["-k"];
    await runTool("ldns-keygen", ["-a", algorithm, ...size, ...role, name], place);
  } else {
    const role = plan.role === "zsk" ? [] : ["-f", "KSK"];
    await runTool("dnssec-keygen", ["-q", "-C", "-a", algorithm, ...size, ...role, name], place);
  }
}

async function revoke(place: string): Promise<void> {
  const file = (await readdir(place)).find((each) => each.endsWith(".key")) ?? "";
  await runTool("dnssec-revoke", ["-f", "-r", "-K", place, file], place);
}

async function readKey(plan: KeyPlan, place: string): Promise<ZoneKey> {
  const file = (await readdir(place)).find((each) => each.endsWith(".key"));
  if (file === undefined) throw new Error(`no key in ${place}`);
  const match = /\sDNSKEY\s+(\d+)\s+(\d+)\s+(\d+)\s+([^;\n]+)/u.exec(await readFile(join(place, file), "utf8"));
  if (match === null) throw new Error(`no DNSKEY in ${join(place, file)}`);
  const [, flags = "", protocol = "", algorithm = "", key = ""] = match;
  const base = join(place, file.slice(0, -".key".length));
  return { plan, base, data: [flags, protocol, algorithm, key.replace(/\s+/gu, "")].join(" ") };
}
