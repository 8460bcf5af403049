import { PublishCommand, type MessageAttributeValue, type SNSClient } from "@aws-sdk/client-sns";
import type { AlertSink } from "../ports.ts";
import { requirementIn, severityOf } from "../reports/alert-severity.ts";
import type { AlertText } from "../reports/alert-body.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import { asciiText } from "../reports/plain-letters.ts";
import { smsText } from "../reports/sms-text.ts";
import type { Alert } from "../watch/alert.ts";
import { fromServiceError } from "./service-errors.ts";

export interface SnsSettings {
  readonly topic: string;
  readonly write: AlertWriter;
  /** What begins a text message: whoever reads it has nothing else to tell where it came from. */
  readonly municipality: string;
}

/** SNS takes subjects of less than 100 characters, in ASCII. */
const LONGEST_SUBJECT = 99;
/** SNS takes 256 KB in all, and the text is in it twice; commas and quotes of JSON need room too. */
const LONGEST_BODY = 100 * 1024;

/**
 * Publishes alerts to an SNS topic: the whole text by e-mail, one short message by telephone. Subscriptions choose by the
 * attributes `kind`, `severity` (high or low), `municipality`, `requirement` (where it is about one) and `alert`, its id.
 * Telephones must choose severity high: SNS itself sends to everybody. Rejects with StoreError when SNS did not take it.
 */
export function createSnsSink(client: SNSClient, { topic, write, municipality }: SnsSettings): AlertSink {
  return {
    name: "sns",
    async deliver(alert) {
      const text = await write(alert);
      const command = new PublishCommand({
        ...{ TopicArn: topic, Subject: subjectOf(text), MessageStructure: "json" },
        Message: JSON.stringify(messagesOf(text, municipality)),
        MessageAttributes: attributesOf(alert),
      });
      await client.send(command).catch((error: unknown) => {
        throw fromServiceError(error, topic);
      });
    },
  };
}

/** It must begin with a letter, a number or a punctuation mark. */
function subjectOf({ subject }: AlertText): string {
  const ascii = asciiText(subject).trim();
  return ascii.length <= LONGEST_SUBJECT ? ascii : `${ascii.slice(0, LONGEST_SUBJECT - 3).trimEnd()}...`;
}

/** By protocol. Every alert has a short form, lest a telephone that does not choose gets the long one in forty parts. */
function messagesOf({ subject, body }: AlertText, municipality: string): Readonly<Record<string, string>> {
  const whole = `${subject}\n\n${shortened(body)}`;
  return { default: whole, email: whole, sms: smsText(`${municipality}: ${subject}`) };
}

function shortened(body: string): string {
  if (Buffer.byteLength(JSON.stringify(body)) <= LONGEST_BODY) return body;
  const kept = Buffer.from(body)
    .subarray(0, LONGEST_BODY / 2)
    .toString("utf8");
  return `${kept.slice(0, kept.lastIndexOf("\n") + 1)}\n[...]\n`;
}

function attributesOf(alert: Alert): Record<string, MessageAttributeValue> {
  const requirement = requirementIn(alert);
  const values = {
    ...{ kind: alert.kind, severity: severityOf(alert), municipality: alert.municipality, alert: alert.id },
    ...(requirement === null ? {} : { requirement }),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
  );
}
