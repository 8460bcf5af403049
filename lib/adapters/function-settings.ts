import * as z from "zod";
import { SettingsError } from "../ports.ts";

/** What the environment of a function may set, each checked before it is used. */
const FORMS = {
  TABLE_NAME: z.string().regex(/^[A-Za-z0-9_.-]{3,255}$/u),
  EVIDENCE_BUCKET: z.string().regex(/^[a-z0-9.-]{3,63}$/u),
  INVENTORY_BUCKET: z.string().regex(/^[a-z0-9.-]{3,63}$/u),
  INVENTORY_KEY: z.string().min(1).max(1_024).default("inventory/current.json"),
  JOBS_QUEUE_URL: z.url({ protocol: /^https?$/u }),
  MAIL_JOBS_QUEUE_URL: z.url({ protocol: /^https?$/u }),
  WEB_JOBS_QUEUE_URL: z.url({ protocol: /^https?$/u }),
  CLOSE_QUEUE_URL: z.url({ protocol: /^https?$/u }).regex(/\.fifo$/u),
  ALERT_TOPIC_ARN: z.string().regex(/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/u),
  MUNICIPALITY: z.string().min(1),
  LANGUAGE: z.enum(["da", "en"]).default("da"),
} as const;

/** What each must be, in words: a value that is wrong is never repeated. */
const WANTED: Readonly<Record<keyof typeof FORMS, string>> = {
  TABLE_NAME: "the name of a DynamoDB table",
  EVIDENCE_BUCKET: "the name of an S3 bucket",
  INVENTORY_BUCKET: "the name of an S3 bucket",
  INVENTORY_KEY: "the key of an S3 object",
  JOBS_QUEUE_URL: "the URL of an SQS queue",
  MAIL_JOBS_QUEUE_URL: "the URL of an SQS queue",
  WEB_JOBS_QUEUE_URL: "the URL of an SQS queue",
  CLOSE_QUEUE_URL: "the URL of an SQS queue of the kind FIFO, which ends in .fifo",
  ALERT_TOPIC_ARN: "the ARN of an SNS topic",
  MUNICIPALITY: "the id of a municipality",
  LANGUAGE: "da or en",
};

export type FunctionSetting = keyof typeof FORMS;
export type FunctionSettings<Name extends FunctionSetting> = { readonly [Key in Name]: z.infer<(typeof FORMS)[Key]> };

/** The named settings. Throws a SettingsError for the first that is missing or not of its form; those not named are ignored. */
export function settingsFrom<Name extends FunctionSetting>(
  environment: Readonly<Record<string, string | undefined>>,
  ...names: readonly Name[]
): FunctionSettings<Name> {
  const entries = names.map((name) => {
    const value = environment[name];
    const read = FORMS[name].safeParse(value === "" ? undefined : value);
    if (read.success) return [name, read.data] as const;
    const [da, en] =
      value === undefined || value === "" ? ["mangler", "is missing"] : ["kan ikke bruges", "cannot be used"];
    const wanted = WANTED[name];
    throw new SettingsError(name, { da: `${da}; ventet: ${wanted}`, en: `${en}; expected ${wanted}` });
  });
  return Object.fromEntries(entries) as unknown as FunctionSettings<Name>;
}
