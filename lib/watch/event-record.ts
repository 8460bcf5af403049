import type { WatchEvent } from "./watch-event.ts";

/** One line of a log: what happened, and what it is about as fields that can be searched for. */
export interface EventRecord {
  readonly level: "info" | "warn";
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** What the watch does, for a log. Names of assets are data among the fields, never part of the message. Pure. */
export function recordOf(event: WatchEvent): EventRecord {
  switch (event.kind) {
    case "run-started": {
      const { id: run, municipality, batches } = event.run;
      return info("a run has begun", { municipality, run, batches: batches.length, assets: batches.flat().length });
    }
    case "run-closed": {
      const { id: run, municipality, suspect, counts } = event.run;
      const record = info("a run was closed", { municipality, run, suspect, ...counts, seconds: event.seconds });
      return suspect === null ? record : { ...record, level: "warn" };
    }
    case "second-look-planned":
      return info("a second look is planned", { run: event.run, assets: event.assets.length, due: event.due });
    case "transition": {
      const { municipality, requirement, asset, kind, from, to, number } = event.transition;
      return info("a verdict was confirmed", { municipality, requirement, asset, kind, from, to, number });
    }
    case "alert": {
      const { id: alert, municipality, run, kind } = event.alert;
      return info("an alert was filed", { municipality, run, alert, kind });
    }
    case "undelivered": {
      const { id: alert, municipality } = event.alert;
      return warn("an alert could not be handed over", {
        municipality,
        alert,
        sink: event.sink,
        problem: event.problem,
      });
    }
    case "clock-jumped":
      return warn("the clock was set", { seconds: event.seconds });
    case "was-away":
      return warn("the watch was not running", { from: event.from, to: event.to });
  }
}

function info(message: string, fields: EventRecord["fields"]): EventRecord {
  return { level: "info", message, fields };
}

function warn(message: string, fields: EventRecord["fields"]): EventRecord {
  return { level: "warn", message, fields };
}
