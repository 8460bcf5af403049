import * as z from "zod";
import { READINGS } from "../core/requirement-id.ts";
import type { Name } from "../wire/name.ts";
import { parseAddress, parseRange, parseServerAddress } from "./address-range.ts";
import { parseWebUrl } from "./asset-url.ts";
import { parseEmail, parsePhone } from "./contact.ts";
import { absolute, parseHostName, parseZoneName } from "./dns-name.ts";
import { parseDuration } from "./duration.ts";
import { DEFAULT_SETTINGS, FAMILIES } from "./inventory.ts";
import { accepted, expected, type Leaf, leafForm } from "./leaf.ts";
import { idForm, lineForm, pathForm } from "./plain-values.ts";

export const municipalityForm = z.strictObject({ id: idForm, name: lineForm });

export const readingForm = z.enum(READINGS).meta({ description: "How the text is read where the two wordings differ" });

export const contactsForm = z.strictObject({
  email: z.array(leafForm(parseEmail, "An e-mail address")).default([]),
  sms: z.array(leafForm(parsePhone, "A telephone number in E.164 form")).default([]),
});

const namesForm = z.array(leafForm(parseAbsoluteName, "A name to ask for")).exactOptional();

/** What the inside probe asks for (S21, S22). */
export const insideForm = z.strictObject({
  dnssec: z.strictObject({ signed: namesForm, broken: namesForm, unsigned: namesForm }).exactOptional(),
  control: namesForm,
  reference: z.array(leafForm(parseAddress, "Address of an unfiltered resolver")).exactOptional(),
});

/** For closed networks and tests: which servers to ask, and what may be dialled. */
export const networkForm = z
  .strictObject({
    doh: z.array(leafForm(parseDohUrl, "A DNS-over-HTTPS server")).exactOptional(),
    dns: z.array(leafForm(parseServerAddress, "A plain resolver: address, with a port if not 53")).exactOptional(),
    authoritative: z.enum(["direct", "off"]).default("direct"),
    trustAnchors: pathForm.exactOptional(),
    ca: pathForm.exactOptional(),
    allowSpecialAddresses: z
      .array(leafForm(parseRange, "A range of special addresses that may be dialled"))
      .default([]),
    families: z
      .array(z.enum(["ipv4", "ipv6"]))
      .min(1)
      .exactOptional(),
    ehloName: leafForm(parseHostName, "The name that mail gateways are greeted with").exactOptional(),
    smtpCanaries: z.array(leafForm(parseAbsoluteName, "A mail host that answers on port 25")).exactOptional(),
  })
  .superRefine(({ doh, dns }, context) => {
    if (doh?.length !== 0 || (dns ?? []).length > 0) return;
    const wanted = { da: "mindst én server i doh eller dns", en: "at least one server in doh or dns" };
    context.addIssue({ code: "custom", path: ["doh"], params: { expected: wanted }, message: wanted.en });
  });

const durationForm = leafForm(parseDuration, "A length of time such as 10m");

export const settingsForm = z.strictObject({
  k11Level: z.enum(["standard", "strong"]).default(DEFAULT_SETTINGS.k11Level),
  strict: z.boolean().default(DEFAULT_SETTINGS.strict),
  tlsProfile: pathForm.exactOptional(),
  confirmAfter: durationForm.exactOptional(),
  cadence: z.strictObject(mapOf(FAMILIES)).exactOptional(),
});

function mapOf<F extends string>(families: readonly F[]): Record<F, z.ZodExactOptional<typeof durationForm>> {
  const entries = families.map((family) => [family, durationForm.exactOptional()] as const);
  return Object.fromEntries(entries) as Record<F, z.ZodExactOptional<typeof durationForm>>;
}

function parseAbsoluteName(text: string): Leaf<Name> {
  const name = parseZoneName(text);
  return name.ok ? accepted(absolute(name.value)) : name;
}

/** RFC 8484 section 4.1 lets servers be named by a URI template; the variable is ours to fill in, so it is dropped. */
function parseDohUrl(text: string): Leaf<string> {
  const url = parseWebUrl(text.replace(/\{\?dns\}$/u, ""));
  if (url.ok && url.value.url.startsWith("https://")) return accepted(url.value.url);
  return expected(
    "en DoH-server, f.eks. https://dns.quad9.net/dns-query",
    "a DoH server such as https://dns.quad9.net/dns-query",
  );
}
