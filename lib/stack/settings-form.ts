import * as z from "zod";
import { CADENCES } from "./cadence.ts";

/** Days that CloudWatch Logs can be told to keep a log, from a month up. */
const LOG_DAYS = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653] as const;
/** Lambda accepts no smaller cap for a queue than two at once. */
const FEWEST_AT_ONCE = 2;
const MOST_AT_ONCE = 100;
/** A hundred years: a longer lock is a slip of the finger that nobody can undo. */
const LONGEST_LOCK_DAYS = 36_500;

const text = (pattern: RegExp, wanted: string) => z.string({ error: wanted }).regex(pattern, { error: wanted });
const email = text(/^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u, "an e-mail address such as it-sikkerhed@example.dk");
const phone = text(/^\+[1-9]\d{7,14}$/u, "a telephone number with country code and no blanks, such as +4512345678");
const readers = z.array(email, { error: "a list of e-mail addresses" }).min(1, {
  error: "at least one e-mail address: a watch that tells nobody is none",
});
const httpsUrl = text(
  /^https:\/\/[^\s/?#]+[^\s?#]*$/u,
  "an https address without query, as in the issuer's own metadata",
);

/** Who may ask the status API: principals of AWS accounts (signed requests), or holders of an issuer's tokens. */
const access = z.discriminatedUnion(
  "by",
  [
    z.strictObject({ by: z.literal("iam") }),
    z.strictObject({
      by: z.literal("jwt"),
      issuer: httpsUrl,
      audience: z.array(text(/^\S+$/u, "a client or application id"), { error: "a list of ids" }).min(1, {
        error: "at least one id: a token for anybody's application would be let in",
      }),
    }),
  ],
  { error: "by: iam, or by: jwt with issuer and audience" },
);

const cadence = z.enum(CADENCES, { error: `one of ${CADENCES.join(", ")}` });

/** Where port 25 is open: in a VPC of the customer's own, behind a NAT gateway whose address AWS has opened it for. */
const vpc = z.strictObject({
  subnets: z
    .array(text(/^subnet-[0-9a-f]{8,17}$/u, "the id of a subnet behind the NAT gateway"), {
      error: "a list of subnet ids",
    })
    .min(1, { error: "at least one subnet" }),
  securityGroup: text(/^sg-[0-9a-f]{8,17}$/u, "the id of a security group that lets DNS, HTTPS and port 25 out"),
});

const whole = (wanted: string) => z.int({ error: wanted });
const lockWords = `null, or whole days from 1 to ${LONGEST_LOCK_DAYS}`;
const atOnceWords = `a whole number from ${FEWEST_AT_ONCE} to ${MOST_AT_ONCE}`;
const atOnce = whole(atOnceWords).min(FEWEST_AT_ONCE, { error: atOnceWords }).max(MOST_AT_ONCE, { error: atOnceWords });

/** What is decided at deployment. What is watched, and how, stands in the inventory. */
export const settingsForm = z.strictObject({
  version: z.literal(1, { error: "the number 1" }),
  /** Names the stack, and with it every alarm and metric: two in one account and region need two names. */
  name: text(/^[A-Za-z][A-Za-z0-9-]{0,49}$/u, "a letter, then letters, digits and hyphens, 50 at most").default(
    "Kravvagt",
  ),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/u, "a region such as eu-north-1").default("eu-north-1"),
  municipality: text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/u, "the inventory's municipality id, in quotation marks"),
  language: z.enum(["da", "en"], { error: "da or en" }).default("da"),
  alerts: z.strictObject({ email: readers, sms: z.array(phone, { error: "a list of telephone numbers" }).default([]) }),
  operator: z.strictObject({ email: readers }),
  api: access.default({ by: "iam" }),
  cadence: z
    .strictObject({ domains: cadence.default("1h"), mail: cadence.default("6h"), web: cadence.default("24h") })
    .default({ domains: "1h", mail: "6h", web: "24h" }),
  concurrency: z
    .strictObject({
      domains: atOnce.default(5),
      mail: atOnce.default(2),
      web: atOnce.default(2),
      reserve: z.boolean({ error: "true or false" }).default(true),
    })
    .default({ domains: 5, mail: 2, web: 2, reserve: true }),
  mail: z.strictObject({ vpc: vpc.nullable().default(null) }).default({ vpc: null }),
  logs: z
    .strictObject({ days: z.literal(LOG_DAYS, { error: `one of ${LOG_DAYS.join(", ")}` }).default(90) })
    .default({ days: 90 }),
  evidence: z
    .strictObject({
      lockDays: whole(lockWords)
        .min(1, { error: lockWords })
        .max(LONGEST_LOCK_DAYS, { error: lockWords })
        .nullable()
        .default(null),
    })
    .default({ lockDays: null }),
  tracing: z.boolean({ error: "true or false" }).default(false),
});

export type Settings = z.infer<typeof settingsForm>;
