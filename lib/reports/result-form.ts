import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import { READINGS, REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { VERDICTS } from "../core/verdict.ts";
import { ASSET_KINDS } from "../inventory/asset-kinds.ts";

const OUTCOMES = ["pass", "fail", "warn", "not-applicable", "indeterminate"] as const;
const moment = z.iso.datetime({ precision: 3 }).meta({ description: "UTC, ISO 8601 with milliseconds" });
const count = z.int().min(0);
const cause = z.enum(CAUSES).meta({ description: "Why there is no answer; the first in the list's order wins" });
const requirement = z.enum(REQUIREMENT_IDS);
const verdict = z.enum(VERDICTS);

const finding = z.object({
  tag: z.string().meta({ description: "What was found; `kravvagt explain TAG` tells more" }),
  check: z.string(),
  clause: z.string(),
  outcome: z.enum(OUTCOMES),
  cause: cause.exactOptional(),
  evidence: z.record(z.string(), z.json()),
  text: z.string(),
  remedy: z.string().exactOptional(),
  exempted: z.object({ reason: z.string(), by: z.string(), validUntil: z.string() }).exactOptional(),
});

const assetVerdict = z.object({
  asset: z.object({ id: z.string().max(1_000), kind: z.enum(ASSET_KINDS), name: z.string() }),
  requirement,
  verdict,
  cause: cause.nullable().meta({ description: "Set exactly when the verdict is indeterminate" }),
  clauses: z.array(z.object({ clause: z.string(), verdict, cause: cause.nullable() })),
  findings: z.array(finding),
  observedAt: moment,
  evidence: z.string().regex(/^sha256:[0-9a-f]{64}$/u),
});

/** The result of `verify --format json`. Fields may be added, so readers must let unknown ones pass. */
export const resultForm = z.object({
  schema: z.literal("kravvagt/result/1"),
  municipality: z.string().nullable().meta({ description: "Null when assets were named without an inventory" }),
  reading: z.enum(READINGS),
  engine: z.string(),
  startedAt: moment,
  finishedAt: moment,
  vantage: z.string(),
  notSeen: z.array(z.string()).meta({ description: "What this vantage or these settings left unseen" }),
  interrupted: z.boolean(),
  requirements: z.array(z.object({ requirement, verdict, cause: cause.nullable(), assets: z.record(verdict, count) })),
  verdicts: z.array(assetVerdict).meta({ description: "Sorted by asset id, then requirement" }),
  cost: z.object({
    seconds: z.number().min(0),
    dnsQueries: count,
    connections: count,
    bytesIn: count,
    bytesOut: count,
  }),
});
