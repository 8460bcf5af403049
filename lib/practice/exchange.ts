import type { Flag, Question, Reply } from "../wire/message.ts";
import { decodeMessage, encodeMessage } from "../wire/codec.ts";
import { RCODE } from "../wire/rcode.ts";
import type { RecordType } from "../wire/record-type.ts";
import type { Answer } from "./answer.ts";

export type Transport = "udp" | "tcp" | "https";

/** What a server makes of one question. `flags` are added to what the query itself calls for. */
export interface Outcome {
  readonly answer: Answer;
  readonly flags: readonly Flag[];
  /** Whether to send TC and no records, whatever the size. */
  readonly truncated: boolean;
}

/** A server without its sockets: null means that it says nothing at all. */
export type Server = (question: Question, dnssecOk: boolean, transport: Transport) => Promise<Outcome | null>;

export const EMPTY_ANSWER: Answer = {
  rcode: RCODE.NOERROR,
  authoritative: false,
  answer: [],
  authority: [],
  additional: [],
};

const QUERY_OPCODE = 0;
const CLASS_IN = 1;
const HEADER_OCTETS = 12;

/** RFC 1035 section 4.2.1 without EDNS; with it, what fits a packet that any IPv6 link carries whole (RFC 8200 section 5). */
const SMALLEST_UDP = 512;
const LARGEST_UDP = 1_232;

/** Questions that are commands to a server, or belong to transactions that this one does not have. */
const NOT_ASKABLE: ReadonlySet<RecordType> = new Set(["OPT", "TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA"]);

/** The octets that `server` sends back for the octets of one query; null for silence. Never throws on any input. */
export async function exchange(server: Server, query: Uint8Array, transport: Transport): Promise<Uint8Array | null> {
  const message = decodeMessage(query);
  if (!message.ok) return formatError(query);
  const { id, opcode, isResponse, questionWire, questionClass, reply: asked } = message.value;
  if (isResponse) return null;
  const refusal = refusalOf(opcode, questionClass, asked.question);
  const outcome: Outcome | null =
    refusal !== null || asked.question === null
      ? { answer: { ...EMPTY_ANSWER, rcode: refusal ?? RCODE.FORMERR }, flags: [], truncated: false }
      : await server(asked.question, asked.edns?.dnssecOk === true, transport);
  if (outcome === null) return null;
  const { answer, truncated } = outcome;
  const echoed = asked.flags.filter((flag) => flag === "rd" || flag === "cd");
  return encodeMessage({
    ...answer,
    id,
    flags: [...(answer.authoritative ? (["aa"] as const) : []), ...echoed, ...outcome.flags],
    question: asked.question,
    questionWire,
    edns: asked.edns === null ? null : { udpSize: LARGEST_UDP, dnssecOk: asked.edns.dnssecOk, errors: [] },
    ...(truncated ? { truncateTo: 0 } : transport === "udp" ? { truncateTo: udpLimit(asked.edns) } : {}),
  });
}

function refusalOf(opcode: number, questionClass: number | null, question: Question | null): number | null {
  if (opcode !== QUERY_OPCODE) return RCODE.NOTIMP;
  if (question === null) return RCODE.FORMERR;
  return questionClass !== CLASS_IN || NOT_ASKABLE.has(question.type) ? RCODE.REFUSED : null;
}

function udpLimit(edns: Reply["edns"]): number {
  return Math.min(LARGEST_UDP, Math.max(SMALLEST_UDP, edns?.udpSize ?? SMALLEST_UDP));
}

/** A header alone, when at least the query's own header can be read; a response is never answered. */
function formatError(query: Uint8Array): Uint8Array | null {
  const [high = 0, low = 0, flags = 0] = query;
  if (query.length < HEADER_OCTETS || (flags & 0x80) !== 0) return null;
  const nothing = { question: null, answer: [], authority: [], additional: [], edns: null };
  return encodeMessage({ ...nothing, id: high * 0x100 + low, flags: [], rcode: RCODE.FORMERR });
}
