import { writeFile } from "node:fs/promises";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { knownDifference } from "./differences.ts";
import { RESOLVERS } from "./resolvers.ts";
import { type Ended, runToEnd, type Workshop } from "./workshop.ts";

/** Independent tools: posttls-finger for S20; spfquery for a sender of the domain and a stranger; opendmarc-check. */
export const MAIL_PEERS = ["finger", "spf-own", "spf-stranger", "opendmarc"] as const;
export type MailPeer = (typeof MAIL_PEERS)[number];

/** In the network from which practice domains send, and outside of it. */
const OWN_SENDER = "185.20.97.3";
const STRANGER = "185.20.99.9";
const RESOLV_CONF = "resolv.conf";
const FINGER_PATIENCE_SECONDS = 30;
const NO_WORD = "silence";

/** Makes the file through which peers that know no other way find the lab's first, validating resolver. */
export async function writeResolvConf(workshop: Workshop): Promise<void> {
  await writeFile(workshop.path(RESOLV_CONF), `nameserver ${RESOLVERS[0] ?? ""}\noptions edns0 trust-ad timeout:5\n`);
}

/** The words before a program that make it find the lab's resolver, in a mount namespace of its own. */
export function withLabResolver(workshop: Workshop): readonly string[] {
  const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  return ["unshare", "--mount", "sh", "-c", script, workshop.path(RESOLV_CONF)];
}

/** One look with DANE only: at one gateway, at one of its IPv4 addresses. */
export function fingerCommand(domain: string): readonly string[] {
  const limit = String(FINGER_PATIENCE_SECONDS);
  return ["posttls-finger", "-o", "inet_protocols=ipv4", "-t", limit, "-T", limit, "-c", "-l", "dane-only", domain];
}

/** Whether mail of the domain may come from an address (RFC 7208). */
export function spfCommand(domain: string, address: string = OWN_SENDER): readonly string[] {
  return ["spfquery", "--scope", "mfrom", "--identity", `postmaster@${domain}`, "--ip-address", address];
}

export function dmarcCommand(domain: string): readonly string[] {
  return ["opendmarc-check", domain];
}

/** What each peer says of a domain, and whether that is what the case list, or a known difference, leads to expect. */
export async function judgeMailPeers(
  workshop: Workshop,
  each: PracticeCase,
): Promise<{ readonly problems: readonly string[]; readonly said: string }> {
  const { domain } = each;
  const [finger, own, stranger, dmarc] = await Promise.all([
    ask(workshop, fingerCommand(domain)),
    ask(workshop, spfCommand(domain)),
    ask(workshop, spfCommand(domain, STRANGER)),
    ask(workshop, dmarcCommand(domain)),
  ]);
  const said: Readonly<Record<MailPeer, string>> = {
    finger: readFinger(finger),
    "spf-own": readSpf(own),
    "spf-stranger": readSpf(stranger),
    opendmarc: readDmarc(dmarc),
  };
  const right = rightAnswers(each);
  const problems = MAIL_PEERS.flatMap((peer) => {
    const expected = knownDifference(each.class, peer) ?? right[peer];
    return said[peer] === expected ? [] : [`${peer} says ${said[peer]} instead of ${expected}`];
  });
  return { problems, said: MAIL_PEERS.map((peer) => `${peer} ${said[peer]}`).join(", ") };
}

/** What the tools would say if they judged what the requirements judge. */
function rightAnswers({ mail, sendsMail }: PracticeCase): Readonly<Record<MailPeer, string>> {
  const tags = mail?.S23?.tags ?? [];
  const isInvalid = tags.includes("S23_SPF_LOOKUPS") || tags.includes("S23_SPF_VOIDS");
  const isDmarcWell = !tags.some((tag) => tag.startsWith("S23_DMARC_"));
  return {
    finger: mail?.S20?.verdict === "pass" ? "verified" : "not verified",
    "spf-own": isInvalid ? "permerror" : sendsMail === false ? "fail" : "pass",
    "spf-stranger": isInvalid ? "permerror" : tags.includes("S23_SPF_PASSES_ALL") ? "pass" : "fail",
    opendmarc: isDmarcWell ? "reject" : "weak",
  };
}

function ask(workshop: Workshop, command: readonly string[]): Promise<Ended> {
  const [program = "", ...parameters] = [...withLabResolver(workshop), ...command];
  return runToEnd(program, parameters);
}

function readFinger({ status, stdout, stderr }: Ended): string {
  const isVerified = (stdout + stderr).includes(": Verified TLS connection established");
  return status === 0 && isVerified ? "verified" : "not verified";
}

function readSpf({ stdout }: Ended): string {
  return /^[a-z]+/u.exec(stdout)?.[0] ?? NO_WORD;
}

/** Reject for the domain, and for names below unless nothing is said of them. */
function readDmarc({ stdout }: Ended): string {
  const policy = /Domain policy: (\S+)/u.exec(stdout)?.[1];
  if (policy === undefined) return NO_WORD;
  const below = /Subdomain policy: (\S+)/u.exec(stdout)?.[1] ?? "unspecified";
  return policy === "reject" && ["reject", "unspecified"].includes(below) ? "reject" : "weak";
}
