import { DialError } from "../../dial/dial-error.ts";
import type { ServiceSpeech } from "../../services/observations.ts";
import type { PlainLogin } from "../../services/plain-login.ts";
import type { Undecided } from "../../tls/observations.ts";
import type { TimedDialogue } from "./timed-dialogue.ts";

type Spoken = Extract<ServiceSpeech, { readonly kind: "dialogue" }>;

/** What a dialogue came to. `undecided`: why the question of TLS stayed open, where a login in clear was offered already. */
export type DialogueSpeech = Omit<Spoken, "kind"> & { readonly undecided: Undecided | null };

export interface DialogueWords {
  /** The EHLO command. */
  readonly hello: string;
  /** The name of the host, for protocols that ask for it. */
  readonly host: string;
  /** A further connection to the same service, for a question that needs one of its own. */
  readonly again: () => Promise<TimedDialogue>;
  /** Whether the server answers a TLS hello at this point of the dialogue. */
  readonly takesTls: (dialogue: TimedDialogue) => Promise<boolean>;
}

/** Speaks one protocol up to the point where TLS or a login would begin. Rejects with a DialError when it does not come that far. */
export type Dialog = (dialogue: TimedDialogue, words: DialogueWords) => Promise<DialogueSpeech>;

/**
 * Asks for TLS when it is known what was offered in clear. Where that was a login, nothing that goes wrong now unmakes it; else
 * the visit has no result.
 */
export async function afterLogin(
  said: Omit<DialogueSpeech, "startTls" | "undecided">,
  askForTls: () => Promise<Spoken["startTls"]>,
): Promise<DialogueSpeech> {
  try {
    return { ...said, startTls: await askForTls(), undecided: null };
  } catch (error) {
    if (!(error instanceof DialError) || said.plainLogin !== "offered") throw error;
    return { ...said, startTls: "refused", undecided: { cause: error.cause, detail: error.message } };
  }
}

export function putOff(answer: number | string): DialError {
  return new DialError("greylisted", "PUT_OFF", `the server puts us off with ${answer}`);
}

/**
 * What a further connection shows of logins in clear. TLS is to be had by then, so that what goes wrong here only leaves it
 * unknown.
 */
export async function besides(
  again: DialogueWords["again"],
  ask: (dialogue: TimedDialogue) => Promise<PlainLogin>,
): Promise<PlainLogin> {
  try {
    return await ask(await again());
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return "unknown";
  }
}

/** For a greeting that is none. */
export function turnedAwayWith(code: number): DialError {
  if (code >= 400 && code < 500) return putOff(code);
  return new DialError("vantage-blocked", "TURNED_AWAY", `the server greets us with ${code}`);
}
