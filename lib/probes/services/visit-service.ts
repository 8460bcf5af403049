import type net from "node:net";
import { type Observed, observed, unobserved } from "../../core/observation.ts";
import { abortError, DialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { protocolOfFirstWords } from "../../services/first-words.ts";
import type { ServiceAddress, ServiceSpeech, ServiceVisit } from "../../services/observations.ts";
import { SERVICE_SCHEMES } from "../../services/schemes.ts";
import type { Undecided } from "../../tls/observations.ts";
import { addressLiteral } from "../smtp/address-literal.ts";
import { DIALOGUES, dialogueOf, type DialogueProtocol } from "./dialogues.ts";
import type { DialogueWords } from "./dialogue-speech.ts";
import type { ServiceLimits } from "./service-limits.ts";
import { readFirstLine, readFirstWords, readHelloAnswer, someHello } from "./tls-hello.ts";
import { TimedDialogue } from "./timed-dialogue.ts";

/** With what services are visited. */
export interface ServiceTools {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** What we call ourselves; null: the address literal of the socket's own address. */
  readonly ehloName: string | null;
  readonly limits: ServiceLimits;
}

interface Heard {
  readonly speech: ServiceSpeech;
  readonly undecided: Undecided | null;
}

/**
 * Looks at one service at one address, one connection after the other, at most three, and at most `visitMs` in all. Nobody is
 * logged in, and no user is named. Rejects only for mistakes of our own.
 */
export async function visitService(
  where: ServiceAddress,
  tools: ServiceTools,
  signal: AbortSignal,
): Promise<Observed<ServiceVisit>> {
  const { visitMs } = tools.limits;
  const late = new DialError("tcp-timeout", "DEADLINE", `the visit was not over within ${visitMs} ms`);
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(late), visitMs);
  const visit = new ServiceVisitor(where, tools, AbortSignal.any([signal, ending.signal]));
  try {
    return observed({ ...where, state: "visited", ...(await visit.listen()) });
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    const { cause, message } = ending.signal.aborted && !signal.aborted ? late : error;
    if (signal.aborted) return unobserved(abortError(signal, "visiting a service").cause, "stopped before it was done");
    const isClosed = cause === "connection-refused" && !visit.wasThere;
    return isClosed ? observed({ ...where, state: "closed" }) : unobserved(cause, message);
  } finally {
    clearTimeout(timer);
    visit.leave();
  }
}

/** What may mean: somebody speaks TLS here, and did not understand us, or waited for us. */
const MAYBE_TLS = ["tcp-timeout", "connection-reset", "protocol-error"];

class ServiceVisitor {
  readonly #where: ServiceAddress;
  readonly #tools: ServiceTools;
  readonly #signal: AbortSignal;
  #socket: net.Socket | null = null;
  #wasThere = false;

  constructor(where: ServiceAddress, tools: ServiceTools, signal: AbortSignal) {
    this.#where = where;
    this.#tools = tools;
    this.#signal = signal;
  }

  /** Whether any connection came about. */
  get wasThere(): boolean {
    return this.#wasThere;
  }

  leave(): void {
    this.#socket?.destroy();
  }

  listen(): Promise<Heard> {
    const protocol = dialogueOf(this.#where.scheme);
    if (protocol !== null) return this.#speakOrTls(protocol);
    if (SERVICE_SCHEMES[this.#where.scheme]?.protection === "implicit") return this.#sayHello();
    return this.#waitForWords();
  }

  /** A protocol that is known. Servers of it that take TLS from the first octet are found by a hello. */
  async #speakOrTls(protocol: DialogueProtocol): Promise<Heard> {
    const { isServerFirst } = DIALOGUES[protocol];
    const dialogue = await this.#connect();
    try {
      if (isServerFirst) {
        const spoken = await this.#firstWords(dialogue, this.#tools.limits.greetingMs);
        if (isOtherThan(protocol, spoken)) return bannerOf(spoken);
      }
      return await this.#speak(protocol, dialogue);
    } catch (error) {
      if (!(error instanceof DialError) || !MAYBE_TLS.includes(error.cause) || this.#signal.aborted) throw error;
      const answer = await this.#sayHello();
      if (answer.speech.kind === "tls") return answer;
      if (isServerFirst && error.cause === "protocol-error") return bannerOf(null);
      throw error;
    }
  }

  async #speak(protocol: DialogueProtocol, dialogue: TimedDialogue): Promise<Heard> {
    const { host } = this.#where;
    const hello = `EHLO ${this.#tools.ehloName ?? addressLiteral(this.#socket?.localAddress)}`;
    const words: DialogueWords = {
      hello,
      host,
      again: () => this.#connect(),
      takesTls: async (under) => {
        under.say(someHello(host, "usual"));
        return (await under.hear(readHelloAnswer, "waiting for the answer to a TLS hello")) === "tls";
      },
    };
    const { undecided, ...speech } = await DIALOGUES[protocol].speak(dialogue, words);
    return { speech: { kind: "dialogue", ...speech }, undecided };
  }

  /** Nothing is known of who speaks first. */
  async #waitForWords(): Promise<Heard> {
    const dialogue = await this.#connect();
    let spoken: string | null;
    try {
      spoken = await this.#firstWords(dialogue, this.#tools.limits.bannerMs);
    } catch (error) {
      if (!(error instanceof DialError) || !MAYBE_TLS.includes(error.cause) || this.#signal.aborted) throw error;
      return this.#sayHello();
    }
    const isUnknown = SERVICE_SCHEMES[this.#where.scheme] === undefined;
    const protocol = isUnknown && spoken !== null ? dialogueOf(spoken) : null;
    return protocol === null ? bannerOf(spoken) : this.#speak(protocol, dialogue);
  }

  /** The protocol that the first words speak, which are left to be heard: the first line, if it comes at once. */
  async #firstWords(dialogue: TimedDialogue, mostMs: number): Promise<string | null> {
    const words = await dialogue.hear(readFirstWords, "waiting for the first words", mostMs);
    try {
      const line = await dialogue.hear(readFirstLine, "waiting for the first line", this.#tools.limits.lineMs);
      return protocolOfFirstWords(line);
    } catch (error) {
      if (!(error instanceof DialError) || this.#signal.aborted) throw error;
      return protocolOfFirstWords(words);
    }
  }

  /** A hello, and a smaller one where the first got no answer. Two that got none in the same way mean that nobody speaks TLS. */
  async #sayHello(): Promise<Heard> {
    const usual = await this.#helloOf("usual");
    if (usual instanceof DialError) {
      const small = await this.#helloOf("small");
      if (!(small instanceof DialError)) return small;
      const undecided = small.cause === usual.cause ? null : { cause: small.cause, detail: small.message };
      return { speech: { kind: "mute" }, undecided };
    }
    return usual;
  }

  async #helloOf(size: "usual" | "small"): Promise<Heard | DialError> {
    const dialogue = await this.#connect();
    try {
      dialogue.say(someHello(this.#where.host, size));
      const answer = await dialogue.hear(readHelloAnswer, "waiting for TLS", this.#tools.limits.helloMs);
      if (answer === "tls") return { speech: { kind: "tls" }, undecided: null };
      return bannerOf(protocolOfFirstWords(answer));
    } catch (error) {
      if (error instanceof DialError && MAYBE_TLS.includes(error.cause) && !this.#signal.aborted) return error;
      throw error;
    }
  }

  /** A new connection in the place of the one before. */
  async #connect(): Promise<TimedDialogue> {
    this.leave();
    const { address, port, scheme } = this.#where;
    const { connectMs: timeoutMs, maxOctets: maxBytesIn, visitMs } = this.#tools.limits;
    const signal = this.#signal;
    const purpose = dialogueOf(scheme) === "smtp" ? "smtp" : "tls";
    this.#socket = await this.#tools.dialer.connectTcp({ address, port }, { purpose, timeoutMs, signal, maxBytesIn });
    this.#wasThere = true;
    return new TimedDialogue(this.#socket, scheme.toUpperCase(), { timeoutMs: visitMs, signal });
  }
}

/** Greetings of mail and file servers look alike. */
const ALIKE: readonly (string | null)[] = ["smtp", "ftp"];

function isOtherThan(protocol: DialogueProtocol, spoken: string | null): boolean {
  if (spoken === null || spoken === protocol) return false;
  return !(ALIKE.includes(spoken) && ALIKE.includes(protocol));
}

function bannerOf(looksLike: string | null): Heard {
  return { speech: { kind: "banner", looksLike }, undecided: null };
}
