import { Logger } from "@aws-lambda-powertools/logger";
import { recordOf } from "../lib/watch/event-record.ts";
import type { WatchEvent } from "../lib/watch/watch-event.ts";

/** Structured lines. Municipalities and assets are fields: as dimensions of a metric they would cost by the hundred. */
export const logger = new Logger();

export function logEvent(event: WatchEvent): void {
  const { level, message, fields } = recordOf(event);
  logger[level](message, { ...fields });
}

/** Rejects as `work` does, after the failure was logged: the batch processor tells of it only by the record's id. */
export function logged<Record, Context>(work: (record: Record, context: Context) => Promise<void>): typeof work {
  return async (record, context) => {
    try {
      await work(record, context);
    } catch (error) {
      logger.error("a record could not be worked", error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  };
}
