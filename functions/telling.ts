import { snsClient } from "../lib/adapters/aws-clients.ts";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import { createSnsSink } from "../lib/adapters/sns-sink.ts";
import { createAlertWriter } from "../lib/reports/alert-writer.ts";
import { deliverAlerts } from "../lib/watch/deliver.ts";
import type { WatchedFamily } from "../lib/watch/watched.ts";
import type { WatchIo } from "../lib/watch/watch-io.ts";
import { logEvent } from "./logger.ts";
import type { Store } from "./store.ts";

const { ALERT_TOPIC_ARN, LANGUAGE } = settingsFrom(process.env, "ALERT_TOPIC_ARN", "LANGUAGE");
const client = snsClient();

/** Hands over to the topic whatever is still to be told in the municipality. */
export function telling({ municipality }: WatchedFamily, { memory, evidence }: Store): WatchIo["tell"] {
  const about = { municipality: municipality.name, memory, evidence, shownFolder: null, language: LANGUAGE };
  const write = createAlertWriter(about);
  const sink = createSnsSink(client, { topic: ALERT_TOPIC_ARN, write, municipality: municipality.name });
  return () => deliverAlerts(municipality.id, [sink], memory, Date.now(), logEvent);
}
