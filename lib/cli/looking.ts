import { printable } from "../reports/printable.ts";
import { createLooking, type LookingSettings as Settings } from "../watch/looking.ts";
import type { WatchIo } from "../watch/watch-io.ts";
import { createProgressLine } from "./progress.ts";
import type { JudgingServices } from "./services.ts";

export type LookingSettings = Pick<
  Settings,
  "files" | "secret" | "sockets" | "controls" | "reportedSelectors" | "onLooked"
>;

/** Looks at assets, see `createLooking`, with a progress line, and tells of resolvers that stayed away. */
export function lookingThrough(settings: LookingSettings, services: JudgingServices): WatchIo["openLooking"] {
  const { terminal, openNetwork, requirements } = services;
  return createLooking({
    ...{ ...settings, openNetwork, requirements },
    follow(total, signal) {
      const progress = createProgressLine(terminal.progressLine, terminal.language, Date.now);
      return {
        visited(done, current) {
          if (!signal.aborted) progress.show({ done, total, current });
        },
        ended({ words }) {
          progress.clear();
          for (const { da, en } of words) terminal.say({ da: printable(da), en: printable(en) });
        },
      };
    },
  });
}
