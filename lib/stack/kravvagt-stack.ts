import { type App, CfnOutput, Stack, Tags } from "aws-cdk-lib";
import { Channels } from "./channels.ts";
import { Queues } from "./queues.ts";
import { Schedules } from "./schedules.ts";
import { addAlarms } from "./service-alarms.ts";
import type { Settings } from "./settings-form.ts";
import { StatusApi } from "./status-api.ts";
import { INVENTORY_KEY, Storage } from "./storage.ts";
import { TIMEOUTS, WatchFunctions } from "./watch-functions.ts";

export interface KravvagtStackProps {
  readonly settings: Settings;
  /** The folder of the bundled functions. */
  readonly bundles: string;
}

/** The whole service for one municipality: schedule, planner, looks, memory, publishing, closing, telling, status, alarms. */
export class KravvagtStack extends Stack {
  constructor(app: App, { settings, bundles }: KravvagtStackProps) {
    super(app, settings.name, {
      description: "Kravvagt: continuous verification of technical minimum requirements",
      env: { region: settings.region },
      terminationProtection: true,
    });
    const storage = new Storage(this, "Storage", settings);
    const queues = new Queues(this, "Queues", TIMEOUTS);
    const channels = new Channels(this, "Channels", settings);
    const environment = {
      TABLE_NAME: storage.table.tableName,
      EVIDENCE_BUCKET: storage.evidence.bucketName,
      LANGUAGE: settings.language,
      MUNICIPALITY: settings.municipality,
    };
    const ofTheWatch = {
      ...environment,
      INVENTORY_BUCKET: storage.inventory.bucketName,
      INVENTORY_KEY,
      JOBS_QUEUE_URL: queues.jobs.queueUrl,
      MAIL_JOBS_QUEUE_URL: queues.mailJobs.queueUrl,
      WEB_JOBS_QUEUE_URL: queues.webJobs.queueUrl,
      CLOSE_QUEUE_URL: queues.close.queueUrl,
      ALERT_TOPIC_ARN: channels.alerts.topicArn,
    };
    const watch = new WatchFunctions(this, "Watch", {
      ...{ settings, bundles, storage, queues, channels },
      environment: ofTheWatch,
    });
    new Schedules(this, "Schedules", { cadence: settings.cadence, planner: watch.planner, queues });
    const api = new StatusApi(this, "StatusApi", { settings, bundles, storage, environment });
    addAlarms(this, { settings, watch, api, queues, channels });
    this.#tell({ Url: api.url, Inventory: storage.inventory.bucketName, Evidence: storage.evidence.bucketName });
    Tags.of(this).add("service", settings.name);
  }

  #tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
