import type { Cause } from "../core/cause.ts";
import type { Observation } from "../core/observation.ts";
import type { HstsField } from "../parsers/hsts.ts";
import { hostAnswers, type HostAnswer } from "../web/hsts-answers.ts";
import type { HstsPolicy } from "../web/hsts-policy.ts";
import { fieldValues } from "../web/hop.ts";
import type { HostRole, PreloadStatus, WebVisit } from "../web/observations.ts";

/** One answer and what a browser makes of its field. `field` as sent, the first one; null where there is none. */
export interface ShownAnswer {
  readonly url: string;
  readonly label: string;
  readonly field: string | null;
  readonly fields: number;
  readonly state: HstsPolicy["state"];
  readonly why: string | null;
  readonly written: HstsField | null;
}

/** One host at one address. `answers`: those over HTTPS first. */
export interface HstsHost {
  readonly target: string;
  readonly role: HostRole | null;
  readonly state: WebVisit["state"] | "unobserved";
  readonly cause: Cause | null;
  readonly detail: string;
  readonly ports: readonly { readonly scheme: string; readonly port: number; readonly state: string }[];
  readonly answers: readonly ShownAnswer[];
  readonly unseen: readonly { readonly label: string; readonly cause: Cause; readonly detail: string }[];
}

export interface HstsPicture {
  readonly name: string;
  readonly hosts: readonly HstsHost[];
  readonly preload: PreloadStatus | null;
}

type Visit = Observation<"web.visit" | "web.entry">;

/** What was seen of HSTS on a host and on the names beside it. */
export function hstsPicture(name: string, visits: readonly Visit[], preload: Observation<"hsts.preload">): HstsPicture {
  const hosts = visits.filter(({ result }) => !(result.state === "observed" && isNoEntry(result.value))).map(hostOf);
  return { name, hosts, preload: preload.result.state === "observed" ? preload.result.value : null };
}

function isNoEntry(visit: WebVisit): boolean {
  return visit.state === "nothing-to-visit" && visit.why === "no-entry";
}

function hostOf({ target, result }: Visit): HstsHost {
  const nothing = { role: null, cause: null, detail: "", ports: [], answers: [], unseen: [] };
  if (result.state === "unobserved") {
    return { ...nothing, target, state: "unobserved", cause: result.cause, detail: result.detail };
  }
  const visit = result.value;
  if (visit.state !== "visited") return { ...nothing, target, state: visit.state };
  const { secure, plain, unseen } = hostAnswers(visit);
  return {
    ...nothing,
    ...{ target, state: "visited", role: visit.role, unseen },
    ports: visit.origins.map(({ scheme, port, state }) => ({ scheme, port, state })),
    answers: [...secure, ...plain].map(answerOf),
  };
}

function answerOf({ url, label, answer, reading }: HostAnswer): ShownAnswer {
  const { policy, fields, written } = reading;
  const [field = null] = fieldValues(answer, "strict-transport-security");
  const why = policy.state === "ignored" ? policy.why : null;
  return { url: url.url, label, field, fields, state: policy.state, why, written };
}
