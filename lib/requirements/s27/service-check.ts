import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { Observation } from "../../core/observation.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { ServiceVisit } from "../../services/observations.ts";
import { placeOfService } from "../../services/schemes.ts";
import { portTarget } from "../../web/target-text.ts";
import { isTlsElsewhere, isWithoutTls, REFUSED_HERE } from "./other-looks.ts";
import { accessMessages } from "./plain-access-messages.ts";
import { isExempt, serviceState, type ServiceState } from "./service-judgement.ts";
import { serviceMessages } from "./service-messages.ts";

const said = { ...accessMessages, ...serviceMessages } as const;

type Make = FindingMaker<typeof said>;
type Visited = Extract<ServiceVisit, { readonly state: "visited" }>;

const NOT_OURS = { cause: "internal", detail: "the visit is of another kind of asset" } as const;

/** The head clause at one address of a declared service: it is encrypted, or takes no logins before it is. */
export const serviceCheck = defineCheck(said, {
  id: "s27.service",
  clause: "head",
  needs: ["service.visit"],
  beside: ["tls.endpoint"],
  judge: ({ "service.visit": visit }, { asset, beside = [] }, make) => {
    switch (visit.state) {
      case "nothing-to-visit":
        if (visit.why === "no-address") return [make("S27_NO_ADDRESS", { name: asset.name })];
        // Of web hosts s27.access speaks.
        if (visit.why === "not-a-service") return [];
        return [asset.kind === "service" ? overUdp(asset.url, make) : undecided("S27", asset.name, NOT_OURS)];
      case "not-here":
        return [make("S27_ADDRESS_NOT_SEEN", { name: visit.host, address: visit.address, family: visit.family })];
      case "closed":
        if (isTlsElsewhere(beside, visit)) return [undecided("S27", portTarget(visit), REFUSED_HERE)];
        return [make("S27_SERVICE_CLOSED", placeOf(visit))];
      case "visited":
        return [judgeVisit(visit, beside, make)];
    }
  },
});

function overUdp(url: string, make: Make): Finding {
  const { scheme, port } = placeOfService(url);
  if (isExempt(scheme, port)) return make("S27_SERVICE_EXEMPT", { service: url, protocol: scheme });
  return make("S27_SERVICE_UDP", { service: url });
}

/** Of a service that gave the go-ahead for TLS, or answered a hello, and then refused every version of it. */
const NO_VERSION = { cause: "tls-failed", detail: "TLS was promised, and no version of it came about" } as const;

/** What stayed open leaves the whole open, unless something was heard that no answer could make right or wrong. */
function judgeVisit(visit: Visited, beside: readonly Observation[], make: Make): Finding {
  const state = serviceState(visit);
  if (visit.undecided !== null && !state.isFirm) return undecided("S27", portTarget(visit), visit.undecided);
  if (isPromise(state) && isWithoutTls(beside, visit)) return undecided("S27", portTarget(visit), NO_VERSION);
  return findingOf(state, placeOf(visit), make);
}

function isPromise({ kind }: ServiceState): boolean {
  return kind === "encrypted" || kind === "protected";
}

function findingOf(state: ServiceState, at: ReturnType<typeof placeOf>, make: Make): Finding {
  switch (state.kind) {
    case "encrypted":
      return make("S27_SERVICE_ENCRYPTED", at);
    case "protected":
      return make("S27_SERVICE_LOGIN_PROTECTED", at);
    case "unknown-login":
      return make("S27_SERVICE_LOGIN_UNKNOWN", at);
    case "mute":
      return make("S27_SERVICE_MUTE", at);
    case "not-understood":
      return make("S27_SERVICE_NOT_UNDERSTOOD", at);
    case "clear":
      return make("S27_SERVICE_CLEAR", at);
    case "plain-login":
      return make("S27_SERVICE_PLAIN_LOGIN", at);
    case "no-tls":
      return make("S27_SERVICE_NO_TLS", { ...at, startTls: `starttls: ${state.startTls}` });
    case "broken":
      return make("S27_SERVICE_TLS_BROKEN", { ...at, startTls: `starttls: ${state.startTls}` });
    case "own":
      return make("S27_SERVICE_OWN", { ...at, protocol: state.protocol });
    case "exempt":
      return make("S27_SERVICE_EXEMPT", { ...at, protocol: state.protocol });
  }
}

function placeOf({ scheme, host, port, address }: Exclude<ServiceVisit, { readonly state: "nothing-to-visit" }>) {
  const shown = host.includes(":") ? `[${host}]` : host;
  return { service: `${scheme}://${shown}:${String(port)}`, address };
}
