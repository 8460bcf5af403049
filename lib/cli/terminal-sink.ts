import type { AlertSink } from "../ports.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import type { Terminal } from "./terminal.ts";

/** Tells alerts at the terminal: subject, what happened, why and what to do. Resolves when the words have left the process. */
export function createTerminalSink(
  terminal: Pick<Terminal, "language" | "say" | "drained">,
  write: AlertWriter,
): AlertSink {
  return {
    name: "terminal",
    async deliver(alert) {
      const { subject, brief } = await write(alert);
      const label = terminal.language === "da" ? "ALARM" : "ALERT";
      const lines = [`${label}  ${subject}`, ...brief.split("\n").map((line) => `  ${line}`)];
      terminal.say(`\n${lines.join("\n")}\n`);
      await terminal.drained();
    },
  };
}
