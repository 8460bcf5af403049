import { type Observed, observed, type Unobserved, unobserved } from "../../lib/core/observation.ts";
import type { ProbeContext } from "../../lib/probes/probe-context.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { readZone, testAnchors, TEST_TIME } from "../dnssec/support/signed-zones.ts";

/** What a reply says: its records as zone text, an RCODE, or why none came. */
export type Said = string | number | Unobserved | Partial<Reply>;

/** Who answers what. Names of questions are written "kommune.dk./NS". */
export interface Script {
  readonly resolver: (question: Question) => Said;
  readonly direct?: (address: string, question: Question) => Said;
}

/** A context whose DNS follows a script, and everything that was asked of it, in order. */
export interface ScriptedDns {
  readonly context: ProbeContext;
  /** Questions to the resolvers. */
  readonly asked: readonly string[];
  /** Questions to authoritative servers, as "192.0.2.1 kommune.dk./NS". */
  readonly dialled: readonly string[];
  /** Zones that the questions to authoritative servers were said to be about. */
  readonly zones: ReadonlySet<string>;
}

export const LABEL = "etlangtnavnudenhold";

/** No server of any kind. */
const NOBODY = { visit: async () => unobserved("tcp-timeout", "nobody there") };

export function scriptDns(script: Script, overrides: Partial<ProbeContext> = {}): ScriptedDns {
  const asked: string[] = [];
  const dialled: string[] = [];
  const zones = new Set<string>();
  const { direct } = script;
  const context: ProbeContext = {
    resolver: {
      ask: async (question) => {
        asked.push(keyOf(question));
        return replyOf(question, script.resolver(question));
      },
      askEach: async () => [],
      alone: () => [],
    },
    direct:
      direct === undefined
        ? null
        : {
            ask: async ({ address }, question, { zone }) => {
              dialled.push(`${address} ${keyOf(question)}`);
              zones.add(zone);
              return replyOf(question, direct(address, question));
            },
          },
    gateways: { visit: async () => unobserved("tcp-timeout", "nobody there") },
    preload: {
      statusOf: async () => ({ state: "absent", entry: null, source: "test", asOf: "2026-11-23", detail: "" }),
    },
    reportedSelectors: () => [],
    anchors: testAnchors(),
    hasRouteTo: () => true,
    demandedFamilies: [],
    now: () => TEST_TIME * 1000,
    randomLabel: () => LABEL,
    signal: new AbortController().signal,
    web: NOBODY,
    tls: NOBODY,
    services: NOBODY,
    ...overrides,
  };
  return { context, asked, dialled, zones };
}

export function keyOf({ name, type }: Question): string {
  return `${name}/${type}`;
}

/** A reply as a script has it. Strings are answers; everything that is not given is empty and NOERROR. */
export function replyOf(question: Question, said: Said): Observed<Reply> {
  if (typeof said === "object" && "state" in said) return said;
  const base: Reply = {
    ...{ rcode: 0, flags: [], question, answer: [], authority: [], additional: [] },
    edns: { udpSize: 1232, dnssecOk: true, errors: [] },
  };
  if (typeof said === "number") return observed({ ...base, rcode: said });
  if (typeof said === "string") return observed({ ...base, answer: readZone(said) });
  return observed({ ...base, ...said });
}

/** Zone text from lines such as "kommune.dk. NS ns1.kommune.dk.". */
export function records(...lines: readonly string[]): string {
  return lines.map((line) => `${line.replace(" ", " 3600 IN ")}\n`).join("");
}
