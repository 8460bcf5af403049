import * as z from "zod";
import type { Asset } from "../core/asset.ts";
import { CAUSES } from "../core/cause.ts";
import type { Bilingual } from "../core/messages.ts";
import type { Observation } from "../core/observation.ts";
import { READINGS, REQUIREMENT_IDS } from "../core/requirement-id.ts";
import type { Attestation, Exemption } from "../core/statements.ts";
import type { Settings } from "../inventory/inventory.ts";
import { malformed, type Parsed, parsed } from "../wire/parsed.ts";
import { parseName } from "../wire/name.ts";

const dnsName = z.string().refine((text) => {
  const parsedName = parseName(text);
  return parsedName.ok && parsedName.value === text;
}, "expected a lower-case absolute domain name");
const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
const recordType = z.string().regex(/^[A-Z0-9-]{1,16}$/);
const instant = z.iso.datetime({ precision: 3 });
const unobservedForm = z.strictObject({ state: z.literal("unobserved"), cause: z.enum(CAUSES), detail: z.string() });

function observedForm<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("state", [z.strictObject({ state: z.literal("observed"), value }), unobservedForm]);
}

const question = z.strictObject({ name: dnsName, type: recordType });
const record = z.strictObject({ name: dnsName, type: recordType, ttl: z.int().min(0), data: base64 });
const reply = z.strictObject({
  rcode: z.int().min(0).max(4095),
  flags: z.array(z.enum(["aa", "tc", "rd", "ra", "ad", "cd"])),
  question: question.nullable(),
  answer: z.array(record),
  authority: z.array(record),
  additional: z.array(record),
  edns: z
    .strictObject({
      udpSize: z.int().min(0),
      dnssecOk: z.boolean(),
      errors: z.array(z.strictObject({ code: z.int().min(0), text: z.string() })),
    })
    .nullable(),
});
const book = z.array(z.strictObject({ question, reply: observedForm(reply) }));
const anchor = z.strictObject({
  zone: dnsName,
  keyTag: z.int().min(0).max(65_535),
  algorithm: z.int().min(0).max(255),
  digestType: z.int().min(0).max(255),
  digest: z.string().regex(/^[0-9A-F]+$/),
});

const chain = z.strictObject({
  domain: dnsName,
  anchors: z.array(anchor),
  book,
  source: z.string(),
  discarded: z.array(z.string()),
  randomName: dnsName,
  namesBelow: z.array(dnsName),
  crossCheck: z.array(z.strictObject({ resolver: z.string(), opinion: z.enum(["secure", "bogus", "unknown"]) })),
});

const servers = z.strictObject({
  domain: dnsName,
  zone: dnsName,
  randomName: dnsName,
  demandedFamilies: z.array(z.enum(["ipv4", "ipv6"])),
  named: z.strictObject({ byParent: z.array(dnsName).nullable(), byZone: z.array(dnsName).nullable() }),
  leftOut: z.string().nullable(),
  withoutAddress: z.array(z.strictObject({ server: dnsName, why: z.string() })),
  servers: z.array(
    z.strictObject({
      server: dnsName,
      address: z.string(),
      state: z.enum(["answered", "lame", "silent", "unreachable"]),
      cause: z.enum(CAUSES).nullable(),
      detail: z.string(),
      book,
    }),
  ),
});

const place = { asset: z.string(), target: z.string() };
const envelope = { schema: z.literal("kravvagt/observation/1"), ...place, observedAt: instant };
const chainSeen = { kind: z.literal("dns.chain"), result: observedForm(chain) };
const serversSeen = { kind: z.literal("dns.servers"), result: observedForm(servers) };

/** A file of `--save-observations`: one visit to one target, unjudged. */
export const observationForm = z.discriminatedUnion("kind", [
  z.strictObject({ ...envelope, ...chainSeen }),
  z.strictObject({ ...envelope, ...serversSeen }),
]);

/** An observation as evidence keeps it: what was seen, without when. */
export const timelessObservationForm = z.discriminatedUnion("kind", [
  z.strictObject({ ...place, ...chainSeen }),
  z.strictObject({ ...place, ...serversSeen }),
]);

export const signatory = z.strictObject({ name: z.string(), role: z.string().optional() });
const assetForm = { id: z.string().max(1000), name: z.string() };
const hostForm = { ...assetForm, host: dnsName.nullable() };
/** What is read of an asset when it is judged again; the inventory had validated the rest. */
const asset = z.discriminatedUnion("kind", [
  z.looseObject({
    ...assetForm,
    kind: z.literal("domain"),
    domain: dnsName,
    delegations: z.array(dnsName).optional(),
    mailGateways: z.array(dnsName).optional(),
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
