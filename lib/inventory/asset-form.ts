import * as z from "zod";
import type { Asset, AssetKind } from "../core/asset.ts";
import { parseAddress, parsePort, parseRange } from "./address-range.ts";
import { assetId, parseNetworkName } from "./asset-id.ts";
import { parseServiceUrl, parseWebUrl } from "./asset-url.ts";
import { absolute, parseDomainName, parseHostName, parseZoneName } from "./dns-name.ts";
import { accepted, type Leaf, leafForm } from "./leaf.ts";
import { parseDate } from "./moment.ts";
import { idForm, lineForm, selectorForm } from "./plain-values.ts";

const hostNameForm = leafForm((text) => absoluteOf(parseHostName(text)), "A host name");

/** Fields that every kind of asset may carry. */
const common = {
  owner: lineForm.exactOptional(),
  tags: z.array(lineForm).exactOptional(),
  critical: z.boolean().exactOptional(),
  consent: z.enum(["passive", "active"]).exactOptional(),
  since: leafForm(parseDate, "Date from which the municipality answers for the asset").exactOptional(),
};

const domainForm = z
  .strictObject({
    domain: leafForm(parseDomainName, "A registered domain name, or a zone or mail-receiving name below one"),
    dkimSelectors: z.array(selectorForm).exactOptional(),
    sendsMail: z.union([z.boolean(), z.literal("unknown")]).exactOptional(),
    mailGateways: z.array(hostNameForm).exactOptional(),
    delegations: z.array(leafForm(parseZoneName, "A zone delegated below the domain")).exactOptional(),
    ...common,
  })
  .transform((fields, context): Asset => {
    const { domain, delegations, ...rest } = fields;
    for (const [index, zone] of (delegations ?? []).entries()) {
      if (zone.endsWith(`.${domain}`)) continue;
      const wanted = { da: `en zone under ${domain}`, en: `a zone below ${domain}` };
      addProblem(context, ["delegations", index], wanted);
    }
    const zones = delegations === undefined ? {} : { delegations: delegations.map(absolute) };
    return { kind: "domain", ...identity(context, "domain", domain), domain: absolute(domain), ...rest, ...zones };
  });

const hostForm = z
  .strictObject({ host: leafForm(parseHostName, "A web host or other service by name"), ...common })
  .transform(({ host, ...rest }, context): Asset => {
    return { kind: "host", ...identity(context, "host", host), host: absolute(host), ...rest };
  });

const urlForm = z
  .strictObject({ url: leafForm(parseWebUrl, "A web address, http or https"), ...common })
  .transform(({ url, ...rest }, context): Asset => {
    const host = url.host === null ? null : absolute(url.host);
    return { kind: "url", ...identity(context, "url", url.value), host, url: url.url, ...rest };
  });

const serviceForm = z
  .strictObject({ service: leafForm(parseServiceUrl, "Another service: protocol, host and port"), ...common })
  .transform(({ service, ...rest }, context): Asset => {
    const host = service.host === null ? null : absolute(service.host);
    return { kind: "service", ...identity(context, "service", service.value), host, url: service.url, ...rest };
  });

const addressForm = z
  .strictObject({
    address: leafForm(parseRange, "An IPv4 or IPv6 address or prefix"),
    authorisation: idForm.exactOptional(),
    expected: z.array(leafForm(parsePort, "A port that is meant to be open, such as 443/tcp")).exactOptional(),
    ...common,
  })
  .transform(({ address, ...rest }, context): Asset => {
    return { kind: "address", ...identity(context, "address", address), range: address, ...rest };
  });

const resolverForm = z
  .strictObject({
    resolver: leafForm(parseAddress, "Address of a resolver, seen from inside"),
    network: leafForm(parseNetworkName, "The network from which the resolver is asked").exactOptional(),
    protectiveDns: z
      .strictObject({ product: lineForm, testNames: z.array(leafForm(parseZoneName, "A name")).exactOptional() })
      .exactOptional(),
    ...common,
  })
  .transform(({ resolver, ...rest }, context): Asset => {
    const value = rest.network === undefined ? resolver : `${resolver}@${rest.network}`;
    return { kind: "resolver", ...identity(context, "resolver", value), address: resolver, ...rest };
  });

/** How each kind of asset is written; the key of the kind holds the value that the id is made of. */
export const ASSET_FORMS = {
  domain: domainForm,
  host: hostForm,
  url: urlForm,
  service: serviceForm,
  address: addressForm,
  resolver: resolverForm,
} as const satisfies Record<AssetKind, z.ZodType<Asset>>;

function identity(context: z.RefinementCtx, kind: AssetKind, value: string): { id: string; name: string } {
  const id = assetId(kind, value);
  if (!id.ok) {
    addProblem(context, [kind], id.expected);
    return z.NEVER;
  }
  return { id: id.value, name: id.value.slice(kind.length + 1) };
}

function addProblem(context: z.RefinementCtx, path: (string | number)[], wanted: { da: string; en: string }): void {
  context.addIssue({ code: "custom", path, params: { expected: wanted }, message: wanted.en });
}

function absoluteOf(name: Leaf<string>): Leaf<ReturnType<typeof absolute>> {
  return name.ok ? accepted(absolute(name.value)) : name;
}
