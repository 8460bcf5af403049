import { setTimeout as pause } from "node:timers/promises";
import type { Question, ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, ROOT, type Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { parseAddress } from "../wire/rdata/address.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import type { Answer } from "./answer.ts";
import { EMPTY_ANSWER } from "./exchange.ts";

/** Asks the practice authority at `address` over UDP, and over TCP when truncated; null when nothing usable comes back. */
export type AskAddress = (address: string, question: Question, dnssecOk: boolean) => Answer | null;

export interface Resolver {
  /** SERVFAIL when no server of some zone on the way gives an answer. Never throws. */
  resolve(question: Question, dnssecOk: boolean): Promise<Answer>;
}

/** Bounds against loops in zones that are wrong on purpose (RFC 1034 section 5.3.3: "bound the amount of work"). */
const MAX_REFERRALS = 16;
const MAX_ALIASES = 8;
const MAX_NESTING = 4;
const MAX_ASKED = 200;

/** A real resolver gives up on a dead zone after seconds; practice need not make anyone wait that long. */
const PATIENCE_MILLISECONDS = 100;

const SERVER_FAILURE: Answer = { ...EMPTY_ANSWER, rcode: RCODE.SERVFAIL };

/**
 * A recursive resolver over the practice authorities (RFC 1034 section 5.3.3). It validates nothing, so AD and CD mean
 * nothing to it, and it remembers nothing, so a changed zone shows at once. `patience`: milliseconds until it gives up on servers that are silent.
 */
export function createResolver(
  rootAddresses: readonly string[],
  ask: AskAddress,
  patience: number = PATIENCE_MILLISECONDS,
): Resolver {
  return {
    async resolve(question, dnssecOk) {
      const recursion = new Recursion(rootAddresses, ask, dnssecOk);
      const answer = recursion.resolve(question, 0);
      const isSilenced = answer.rcode === RCODE.SERVFAIL && recursion.metSilence;
      if (isSilenced && patience > 0) await pause(patience);
      return answer;
    },
  };
}

class Recursion {
  readonly #roots: readonly string[];
  readonly #ask: AskAddress;
  readonly #dnssecOk: boolean;
  #asked = 0;
  /** Whether every server of some zone on the way was silent. */
  metSilence = false;

  constructor(roots: readonly string[], ask: AskAddress, dnssecOk: boolean) {
    this.#roots = roots;
    this.#ask = ask;
    this.#dnssecOk = dnssecOk;
  }

  /** Follows aliases from zone to zone, and keeps every answer and proof met on the way. */
  resolve(question: Question, nesting: number): Answer {
    const answer: ResourceRecord[] = [];
    const authority: ResourceRecord[] = [];
    let name = question.name;
    for (let aliases = 0; aliases <= MAX_ALIASES; aliases++) {
      const found = this.#iterate({ name, type: question.type }, nesting);
      if (found.rcode === RCODE.SERVFAIL) return SERVER_FAILURE;
      answer.push(...found.answer);
      authority.push(...found.authority);
      const next = openAlias(found, { name, type: question.type });
      if (next === null) return { ...found, authoritative: false, answer, authority, additional: [] };
      name = next;
    }
    return SERVER_FAILURE;
  }

  /** Follows referrals from the root to a server that answers with authority. */
  #iterate(question: Question, nesting: number): Answer {
    let zone: Name = ROOT;
    let addresses = this.#roots;
    for (let referrals = 0; referrals < MAX_REFERRALS; referrals++) {
      const reply = this.#askAny(addresses, question, zone);
      if (reply === null) return SERVER_FAILURE;
      if (reply.authoritative) return reply;
      zone = cutOf(reply) ?? zone;
      addresses = this.#addressesOf(reply, nesting);
    }
    return SERVER_FAILURE;
  }

  /** The first usable reply: one with authority, or a referral that leads further down (RFC 1034 section 5.3.3, step 4). */
  #askAny(addresses: readonly string[], question: Question, zone: Name): Answer | null {
    const replies = [];
    for (const address of addresses.slice(0, MAX_ASKED - this.#asked)) {
      this.#asked += 1;
      const reply = this.#ask(address, question, this.#dnssecOk);
      if (reply !== null && isUsable(reply, question, zone)) return reply;
      replies.push(reply);
    }
    this.metSilence ||= replies.every((reply) => reply === null);
    return null;
  }

  /** Glue first; names without glue are looked up from the root. Sorted, so that a run repeats. */
  #addressesOf(referral: Answer, nesting: number): readonly string[] {
    const records = [...referral.additional];
    const glued = new Set(referral.additional.map(({ name }) => name));
    for (const record of referral.authority) {
      const server = record.type === "NS" ? parseTargetName(record.data) : null;
      if (server?.ok !== true || glued.has(server.value) || nesting >= MAX_NESTING) continue;
      for (const type of ["A", "AAAA"]) {
        records.push(...this.resolve({ name: server.value, type }, nesting + 1).answer);
      }
    }
    return records.flatMap(addressIn).sort();
  }
}

function addressIn(record: ResourceRecord): readonly string[] {
  const address = record.type === "A" || record.type === "AAAA" ? parseAddress(record.data) : null;
  return address?.ok === true ? [address.value] : [];
}

function isUsable(reply: Answer, question: Question, zone: Name): boolean {
  if (reply.authoritative) return true;
  const cut = cutOf(reply);
  return (
    reply.rcode === RCODE.NOERROR &&
    cut !== null &&
    cut !== zone &&
    isAtOrBelow(cut, zone) &&
    isAtOrBelow(question.name, cut)
  );
}

function cutOf(reply: Answer): Name | null {
  return reply.authority.find(({ type }) => type === "NS")?.name ?? null;
}

/** The end of the reply's alias chain if the answering zone left it open; null when the question has been answered. */
function openAlias(reply: Answer, question: Question): Name | null {
  if (question.type === "CNAME" || question.type === "ANY") return null;
  let name = question.name;
  for (let aliases = 0; aliases <= reply.answer.length; aliases++) {
    const alias = reply.answer.find((record) => record.type === "CNAME" && record.name === name);
    const target = alias === undefined ? null : parseTargetName(alias.data);
    if (target?.ok !== true) break;
    name = target.value;
  }
  const isAnswered = reply.answer.some((record) => record.type === question.type && record.name === name);
  const isDenied = reply.authority.some((record) => record.type === "SOA");
  return name === question.name || isAnswered || isDenied || reply.rcode !== RCODE.NOERROR ? null : name;
}
