import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import { heededRecords, recordForm, unusableBecause } from "../../mail/dane/usability.ts";
import type { TlsaFound } from "../../mail/dane/tlsa.ts";
import type { DaneGateway } from "../../mail/dane/view.ts";
import { gapOf, isProvenBogus } from "../../mail/gap.ts";
import type { GatewayHost } from "../../mail/gateway-host.ts";
import type { messages } from "./messages.ts";
import { plainList, plainName } from "./wording.ts";

type Make = FindingMaker<typeof messages>;

/** Signed, and yet no addresses. */
const UNREADABLE = { cause: "protocol-error", detail: "its address records hold no address" } as const;

/** Facts 19.5, 20.2 and 20.3 of one gateway, from DNS alone; nothing where a sender could go on to connect. */
export function gatewayFindings(gateway: DaneGateway, finding: Make): readonly Finding[] {
  const { host } = gateway;
  const addresses = addressFindings(host, finding);
  // Without protected addresses nobody gets as far as TLSA.
  if (host.protection === "bogus" || host.protection === "insecure") return addresses;
  if (host.addresses.length > 0)
    return [...addresses, ...tlsaFindings(gateway, finding), ...denialFindings(gateway, finding)];
  return addresses.length > 0 ? addresses : [undecided("S20", plainName(host.host), UNREADABLE)];
}

/** The weakest of A and AAAA decides; what was not heard of either is said besides. */
function addressFindings({ host, a, aaaa, protection, reach }: GatewayHost, finding: Make): readonly Finding[] {
  const gateway = plainName(host);
  const bogus = [a, aaaa].find(isProvenBogus);
  if (bogus !== undefined)
    return [finding("S20_GATEWAY_BOGUS", { gateway, zone: plainName(bogus.zone), reason: bogus.reason })];
  const insecure = [a, aaaa].find((one) => one.status === "insecure");
  if (insecure?.status === "insecure" && protection === "insecure") {
    const evidence = { gateway, zone: plainName(insecure.zone), reason: insecure.reason };
    return [finding(reach === "none" ? "S20_GATEWAY_DEAD_UNSIGNED" : "S20_GATEWAY_INSECURE", evidence)];
  }
  return [a, aaaa].flatMap((one) => gapOf(one) ?? []).map((gap) => undecided("S20", gateway, gap));
}

function tlsaFindings({ host, tlsa }: DaneGateway, finding: Make): readonly Finding[] {
  const gateway = plainName(host.host);
  const owner = plainName(tlsa.owner);
  switch (tlsa.state) {
    case "absent":
      return [finding("S20_TLSA_MISSING", { gateway, owner })];
    case "insecure":
      return [finding("S20_TLSA_INSECURE", { gateway, owner, zone: plainName(tlsa.zone), reason: tlsa.reason })];
    case "bogus":
      return [finding("S20_TLSA_BOGUS", { gateway, owner, zone: plainName(tlsa.zone), reason: tlsa.reason })];
    case "servfail":
      return [finding("S20_TLSA_SERVFAIL", { gateway, owner, zone: plainName(tlsa.zone), detail: tlsa.detail })];
    case "unheard":
      return [undecided("S20", `${owner} TLSA`, tlsa)];
    case "secure":
      return usabilityFindings(gateway, tlsa, finding);
  }
}

/** Fact 20.3. */
function usabilityFindings(
  gateway: string,
  { owner, records, unreadable }: Extract<TlsaFound, { readonly state: "secure" }>,
  finding: Make,
): readonly Finding[] {
  const useless = records.flatMap((record) => {
    const reason = unusableBecause(record);
    return reason === null ? [] : [{ form: recordForm(record), reason }];
  });
  const [first] = useless;
  const forms = plainList([...useless.map(({ form }) => form), ...(unreadable > 0 ? ["?"] : [])].slice(0, FORMS_TOLD));
  const evidence = { gateway, owner: plainName(owner), records: forms, reason: first?.reason ?? "wrong-form" };
  if (heededRecords(records).length === 0) return [finding("S20_TLSA_UNUSABLE", evidence)];
  return forms === "" ? [] : [finding("S20_TLSA_UNUSABLE_BESIDE", evidence)];
}

/** Record forms in one sentence. */
const FORMS_TOLD = 4;

/** A server that denies a name on the way to its records hides them from some senders (RFC 8020). */
function denialFindings({ host, denied }: DaneGateway, finding: Make): readonly Finding[] {
  const [name] = denied;
  if (name === undefined) return [];
  return [finding("S20_DENIAL_WRONG", { gateway: plainName(host.host), name: plainName(name) })];
}
