import * as z from "zod";
import type { Asset } from "../core/asset.ts";
import type { Bilingual } from "../core/messages.ts";
import type { Observation, ObservationKind } from "../core/observation.ts";
import { READINGS, REQUIREMENT_IDS } from "../core/requirement-id.ts";
import type { Attestation, Exemption } from "../core/statements.ts";
import type { Settings } from "../inventory/inventory.ts";
import { malformed, type Parsed, parsed } from "../wire/parsed.ts";
import { chain, dnsName, observedForm, servers } from "./dns-forms.ts";
import { MAIL_VALUES } from "./mail-forms.ts";
import { WEB_VALUES } from "./web-forms.ts";

const instant = z.iso.datetime({ precision: 3 });
const place = { asset: z.string(), target: z.string() };
const envelope = { schema: z.literal("kravvagt/observation/1"), ...place, observedAt: instant };
/** What each kind of observation holds. */
const VALUES = {
  "dns.chain": chain,
  "dns.servers": servers,
  ...MAIL_VALUES,
  ...WEB_VALUES,
} as const satisfies Record<ObservationKind, z.ZodType>;

function seen<K extends ObservationKind>(kind: K) {
  return { kind: z.literal(kind), result: observedForm(VALUES[kind]) };
}

const SEEN = {
  chain: seen("dns.chain"),
  servers: seen("dns.servers"),
  gateways: seen("dns.gateways"),
  dane: seen("dns.dane"),
  gateway: seen("smtp.gateway"),
  dmarc: seen("dns.dmarc"),
  spf: seen("dns.spf"),
  dkim: seen("dns.dkim"),
  names: seen("web.names"),
  redirects: seen("web.redirects"),
  web: seen("web.visit"),
  entry: seen("web.entry"),
  https: seen("dns.https"),
  preload: seen("hsts.preload"),
  tls: seen("tls.endpoint"),
  service: seen("service.visit"),
};

/** Observations of every kind, with what stands around each. */
function withinFrame<F extends z.ZodRawShape>(frame: F) {
  return [
    z.strictObject({ ...frame, ...SEEN.chain }),
    z.strictObject({ ...frame, ...SEEN.servers }),
    z.strictObject({ ...frame, ...SEEN.gateways }),
    z.strictObject({ ...frame, ...SEEN.dane }),
    z.strictObject({ ...frame, ...SEEN.gateway }),
    z.strictObject({ ...frame, ...SEEN.dmarc }),
    z.strictObject({ ...frame, ...SEEN.spf }),
    z.strictObject({ ...frame, ...SEEN.dkim }),
    z.strictObject({ ...frame, ...SEEN.names }),
    z.strictObject({ ...frame, ...SEEN.redirects }),
    z.strictObject({ ...frame, ...SEEN.web }),
    z.strictObject({ ...frame, ...SEEN.entry }),
    z.strictObject({ ...frame, ...SEEN.https }),
    z.strictObject({ ...frame, ...SEEN.preload }),
    z.strictObject({ ...frame, ...SEEN.tls }),
    z.strictObject({ ...frame, ...SEEN.service }),
  ] as const;
}

/** A file of `--save-observations`: one visit to one target, unjudged. */
export const observationForm = z.discriminatedUnion("kind", withinFrame(envelope));

/** An observation as evidence keeps it: what was seen, without when. */
export const timelessObservationForm = z.discriminatedUnion("kind", withinFrame(place));

export const signatory = z.strictObject({ name: z.string(), role: z.string().optional() });
const assetForm = {
  id: z.string().max(1000),
  name: z.string(),
  k11Level: z.enum(["standard", "strong"]).optional(),
};
const hostForm = { ...assetForm, host: dnsName.nullable() };
/** What is read of an asset when it is judged again; the inventory had validated the rest. */
const asset = z.discriminatedUnion("kind", [
  z.looseObject({
    ...assetForm,
    kind: z.literal("domain"),
    domain: dnsName,
    delegations: z.array(dnsName).optional(),
    mailGateways: z.array(dnsName).optional(),
    dkimSelectors: z.array(z.string()).optional(),
    sendsMail: z.union([z.boolean(), z.literal("unknown")]).optional(),
    strict: z.boolean().optional(),
  }),
  z.looseObject({ ...assetForm, kind: z.literal("host"), host: dnsName }),
  z.looseObject({ ...hostForm, kind: z.literal("url") }),
  z.looseObject({ ...hostForm, kind: z.literal("service") }),
  z.looseObject({ ...assetForm, kind: z.literal("address"), range: z.string() }),
  z.looseObject({ ...assetForm, kind: z.literal("resolver"), address: z.string() }),
]);

/** The part of an inventory that verdicts depend on. */
export const declaredForms = {
  municipality: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  reading: z.enum(READINGS),
  assets: z.array(asset),
  attestations: z.array(
    z.strictObject({
      requirement: z.enum(REQUIREMENT_IDS),
      clause: z.string(),
      assets: z.union([z.literal("all"), z.array(z.string())]),
      statement: z.string(),
      evidence: z.strictObject({ file: z.string(), sha256: z.string() }).optional(),
      by: signatory,
      validUntil: z.number(),
    }),
  ),
  exemptions: z.array(
    z.strictObject({
      requirement: z.enum(REQUIREMENT_IDS),
      asset: z.string(),
      reason: z.string(),
      by: signatory,
      validUntil: z.number(),
    }),
  ),
  inventoryAttestation: z.strictObject({ by: signatory, validUntil: z.number() }).nullable(),
  settings: z.looseObject({}),
};

/** `run.json` beside the observations: what was asked, of which assets, under which statements. */
export const runForm = z.strictObject({
  schema: z.literal("kravvagt/run/1"),
  startedAt: instant,
  finishedAt: instant,
  vantage: z.literal("local"),
  interrupted: z.boolean(),
  requirements: z.array(z.enum(REQUIREMENT_IDS)),
  notSeen: z.array(z.strictObject({ da: z.string(), en: z.string() })),
  ...declaredForms,
});

type RunForm = z.infer<typeof runForm>;

/** A stored run, with the parts that the inventory had validated in their own types. */
export type RunFile = Omit<
  RunForm,
  "assets" | "attestations" | "exemptions" | "settings" | "inventoryAttestation" | "notSeen"
> & {
  readonly notSeen: readonly Bilingual[];
  readonly assets: readonly Asset[];
  readonly attestations: readonly Attestation[];
  readonly exemptions: readonly Exemption[];
  readonly inventoryAttestation: { readonly by: { readonly name: string }; readonly validUntil: number } | null;
  readonly settings: Settings;
};

/** Reads an observation file's content; a problem names the field. */
export function parseObservationFile(content: unknown): Parsed<Observation> {
  const result = observationForm.safeParse(content);
  if (!result.success) return malformed(firstIssue(result.error));
  // The file's own object, not the form's copy: what is judged again is what was saved, to the order of its fields.
  const { kind, asset: id, target, observedAt, result: seen } = content as Observation;
  return parsed({ kind, asset: id, target, observedAt, result: seen });
}

/** Reads run.json's content; a problem names the field. */
export function parseRunFile(content: unknown): Parsed<RunFile> {
  const result = runForm.safeParse(content);
  return result.success ? parsed(result.data as unknown as RunFile) : malformed(firstIssue(result.error));
}

/** What is wrong first, and where, in one line. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "not of the expected form";
  const field = issue.path.map(String).join(".");
  return field === "" ? issue.message : `${field}: ${issue.message}`;
}
