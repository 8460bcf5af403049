import type { Bilingual, Language } from "../core/messages.ts";
import { printable } from "../reports/printable.ts";
import type { Output } from "./terminal.ts";

/** A progress line on a terminal; nothing at all in a pipe. */
export interface ProgressLine {
  /** Without `total` where nobody knows how much there is. */
  show(progress: { readonly done: number; readonly total?: number; readonly current: string }): void;
  /** Removes the line, so that what follows starts at the margin. */
  clear(): void;
}

const SILENT: ProgressLine = { show: () => undefined, clear: () => undefined };
const CLEAR_LINE = "\r\u001b[K";
const MILLISECONDS_BETWEEN = 80;
const NARROWEST = 20;
const USUAL_WIDTH = 80;

const ASSETS: Bilingual = { da: "aktiver", en: "assets" };

/** `output` is the terminal to write on, or null for silence. No estimate of time: slow assets would make it a lie. */
export function createProgressLine(
  output: Output | null,
  language: Language,
  now: () => number,
  things: Bilingual = ASSETS,
): ProgressLine {
  if (output === null) return SILENT;
  const noun = things[language];
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    show({ done, total, current }) {
      if (done < (total ?? Number.POSITIVE_INFINITY) && now() - last < MILLISECONDS_BETWEEN) return;
      last = now();
      shown = true;
      const width = Math.max(NARROWEST, ((output as { columns?: number }).columns ?? USUAL_WIDTH) - 1);
      output.write(
        `${CLEAR_LINE}${`${total === undefined ? done : `${done}/${total}`} ${noun}  ${printable(current)}`.slice(0, width)}`,
      );
    },
    clear() {
      if (shown) output.write(CLEAR_LINE);
      shown = false;
    },
  };
}
