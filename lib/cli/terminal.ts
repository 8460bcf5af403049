import type { Writable } from "node:stream";
import { styleText } from "node:util";
import type { Bilingual, Language } from "../core/messages.ts";
import { printableLines } from "../reports/printable.ts";
import { type Paint, plain, type Tone } from "../reports/paint.ts";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean | undefined };

/** Where a command writes: results to `result`, everything else to `say`; and what the environment says about colour. */
export interface Terminal {
  readonly language: Language;
  /** Resolves when the text has left this process, or nobody reads any more. */
  result(text: string): Promise<void>;
  /** One or more lines for the person at the terminal. Escaped here. */
  say(words: Bilingual | string): void;
  /** Resolves when everything said has left this process. */
  drained(): Promise<void>;
  /** Paints for the result stream: plain unless it is a terminal and NO_COLOR is not set. */
  readonly paint: Paint;
  /** A terminal to rewrite a line on, or null. */
  readonly progressLine: Output | null;
}

const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  bad: ["red", "bold"],
  unsure: "yellow",
  good: "green",
  faint: "dim",
  heading: "bold",
};

export function createTerminal(language: Language, stdout: Output, stderr: Output, environment: Environment): Terminal {
  ignoreClosedPipe(stdout);
  ignoreClosedPipe(stderr);
  return {
    language,
    result: (text) => written(stdout, text),
    say: (words) => {
      const text = typeof words === "string" ? words : words[language];
      stderr.write(`${printableLines(text)}\n`);
    },
    drained: () => written(stderr, ""),
    paint: paintFor(stdout, environment),
    progressLine: stderr.isTTY === true ? stderr : null,
  };
}

/** A reader that went away (`| head`) is no fault of ours: there is just nobody to write to. */
function ignoreClosedPipe(stream: Output): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
  });
}

function written(stream: Output, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.errored !== null) {
      resolve();
      return;
    }
    // The callback also comes, with an error, when the pipe is closed: the error event deals with that.
    stream.write(text, () => {
      resolve();
    });
  });
}

/** NO_COLOR wins (no-color.org), then FORCE_COLOR; else colour is for terminals that can show it. */
function paintFor(stream: Output, { NO_COLOR, FORCE_COLOR, TERM }: Environment): Paint {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return plain;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0";
  if (!isForced && (stream.isTTY !== true || TERM === "dumb")) return plain;
  return (tone, text) => styleText(STYLES[tone], text, { validateStream: false });
}
