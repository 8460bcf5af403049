import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import { parseName } from "../wire/name.ts";

/** As `Name` is written. */
export const dnsName = z.string().refine((text) => {
  const parsedName = parseName(text);
  return parsedName.ok && parsedName.value === text;
}, "expected a lower-case absolute domain name");
/** Octets, as RFC 4648 section 4 writes them, padded. */
export const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
const recordType = z.string().regex(/^[A-Z0-9-]{1,16}$/);
const unobservedForm = z.strictObject({ state: z.literal("unobserved"), cause: z.enum(CAUSES), detail: z.string() });

/** What was seen, or why nothing was. */
export function observedForm<T extends z.ZodType>(value: T) {
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
/** Questions and what came of them. */
export const book = z.array(z.strictObject({ question, reply: observedForm(reply) }));
/** A trust anchor in DS form. */
export const anchor = z.strictObject({
  zone: dnsName,
  keyTag: z.int().min(0).max(65_535),
  algorithm: z.int().min(0).max(255),
  digestType: z.int().min(0).max(255),
  digest: z.string().regex(/^[0-9A-F]+$/),
});

/** The value of `dns.chain`. */
export const chain = z.strictObject({
  domain: dnsName,
  anchors: z.array(anchor),
  book,
  source: z.string(),
  discarded: z.array(z.string()),
  randomName: dnsName,
  namesBelow: z.array(dnsName),
  crossCheck: z.array(z.strictObject({ resolver: z.string(), opinion: z.enum(["secure", "bogus", "unknown"]) })),
});

/** The value of `dns.servers`. */
export const servers = z.strictObject({
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
