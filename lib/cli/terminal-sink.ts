import type { AlertSink } from "../ports.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import type { Alert } from "../watch/alert.ts";
import type { Terminal } from "./terminal.ts";

/** What somebody must act on; the rest is good to know. */
const ALARMING: readonly Alert["kind"][] = ["regression", "gap", "doubt"];
const ALARM = { da: "ALARM", en: "ALERT" } as const;
const NOTICE = { da: "BESKED", en: "NOTICE" } as const;

/** Tells alerts at the terminal: subject, what happened, why and what to do. Resolves when the words have left the process. */
export function createTerminalSink(
  terminal: Pick<Terminal, "language" | "say" | "drained">,
  write: AlertWriter,
): AlertSink {
  return {
    name: "terminal",
    async deliver(alert) {
      const { subject, brief } = await write(alert);
      const label = (ALARMING.includes(alert.kind) ? ALARM : NOTICE)[terminal.language];
      const lines = [`${label}  ${subject}`, ...brief.split("\n").map((line) => `  ${line}`)];
      terminal.say(`\n${lines.join("\n")}\n`);
      await terminal.drained();
    },
  };
}
