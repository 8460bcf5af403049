import { DELV_ANCHORS_FILE, RESOLVERS } from "./resolvers.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

/** What an independent validator makes of a question. */
export type Opinion = "secure" | "insecure" | "bogus" | "absent" | "unreachable" | "unclear";

export const PEERS = ["delv", "unbound"] as const;
export type Peer = (typeof PEERS)[number];

/** How long dig waits: longer than a resolver needs for anything but servers that never answer. */
const PATIENCE_SECONDS = 10;
const FIRST_RESOLVER = RESOLVERS[0] ?? "";
const UNREACHABLE_WORDS = /^(?:failure|timed out|SERVFAIL|REFUSED|no servers|unexpected)/u;

/** Asks delv, which fetches through the first resolver with checking disabled and validates by itself. */
export async function askDelv(workshop: Workshop, name: string, type: string): Promise<Opinion> {
  const anchors = ["-a", workshop.path(DELV_ANCHORS_FILE), "+root=.", "+cdflag"];
  const { stdout, stderr } = await runToEnd("delv", [`@${FIRST_RESOLVER}`, ...anchors, name, type]);
  const said = stdout + stderr;
  const failure = /resolution failed: (.+)/u.exec(said)?.[1];
  const isDenial = failure === "ncache nxdomain" || failure === "ncache nxrrset";
  if (failure !== undefined && !isDenial) return UNREACHABLE_WORDS.test(failure) ? "unreachable" : "bogus";
  if (/^; (?:negative response, )?unsigned answer/mu.test(said)) return "insecure";
  if (!/^; (?:negative response, )?fully validated/mu.test(said)) return "unclear";
  return failure === "ncache nxdomain" ? "absent" : "secure";
}

/** Asks a validating resolver twice: SERVFAIL that turns into an answer when checking is disabled means bogus. */
export async function askUnbound(name: string, type: string): Promise<Opinion> {
  const checked = await dig(name, type, {}, "+adflag");
  if (checked.status === "NXDOMAIN") return checked.authentic ? "absent" : "insecure";
  if (checked.status === "NOERROR") return checked.authentic ? "secure" : "insecure";
  if (checked.status === "SILENCE") return "unreachable";
  if (checked.status !== "SERVFAIL") return "unclear";
  const unchecked = await dig(name, type, {}, "+cdflag");
  return unchecked.status === "NOERROR" || unchecked.status === "NXDOMAIN" ? "bogus" : "unreachable";
}

/** The answer of a resolver to one plain question: its response code, and whether AD is set. SILENCE: no answer. */
export async function dig(
  name: string,
  type: string,
  { resolver = FIRST_RESOLVER, patienceSeconds = PATIENCE_SECONDS } = {},
  ...flags: readonly string[]
): Promise<{ readonly status: string; readonly authentic: boolean }> {
  const limits = [`+time=${String(patienceSeconds)}`, "+tries=1"];
  const { stdout } = await runToEnd("dig", [`@${resolver}`, name, type, ...limits, ...flags]);
  const status = /status: ([A-Z]+)/u.exec(stdout)?.[1] ?? "SILENCE";
  return { status, authentic: /;; flags: [^;]*\bad\b/u.test(stdout) };
}
