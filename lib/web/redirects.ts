/** Where one visit of a name ends: S17's facts 17.1 and 17.3 to 17.5, from the recorded hops alone. */
import type { Cause } from "../core/cause.ts";
import { parseWebUrl, type WebUrl } from "../parsers/location.ts";
import { givesCookies, type Hop, type HopAnswer } from "./hop.ts";
import { lacksIntermediate } from "./certificate-codes.ts";
import { nextHop, type NextHop } from "./next-hop.ts";
import { isUnderDk } from "./under-dk.ts";

/** Redirects that are followed from one starting point; one hop more than this is recorded. */
export const MOST_REDIRECTS = 10;

/**
 * How a visit ends. `at` counts hops from 0: the one that decides. `host` is that hop's.
 * `dk`: a host under .dk that sends nobody further; `via` says how it was reached, `refresh` if any step was one, and `between`
 * names the other hosts outside .dk on the way.
 * `content`: a page outside .dk that is shown, with or without a script that mentions the ways to leave it.
 * `delayed`: such a page that leaves by itself, but not at once.
 * `error`: another status outside .dk than success; `blocked` is one by which we may have been refused as a visitor.
 * `location`: a redirect that cannot be followed. `loop`: back to where the visit has been; `outside` when the ring has a host
 * outside .dk. `too-many`: more redirects than we follow.
 * `certificate`: browsers neither show what is behind it nor follow it. `tls`: no connection came about.
 * `special`: an address that is not on the internet. `no-address`, `refused`: heard; nothing is there.
 * `unobserved`: silence, or our own fault.
 */
export type Ending = { readonly at: number; readonly host: string } & (
  | {
      readonly kind: "dk";
      readonly via: "name" | "redirect" | "refresh";
      readonly between: readonly string[];
      readonly status: number;
    }
  | { readonly kind: "content"; readonly status: number; readonly octets: number; readonly script: boolean }
  | { readonly kind: "delayed"; readonly seconds: number; readonly toDk: boolean }
  | { readonly kind: "error" | "blocked"; readonly status: number }
  | { readonly kind: "location"; readonly problem: Extract<NextHop, { kind: "location" }>["problem"] }
  | { readonly kind: "certificate" | "tls"; readonly code: string }
  | { readonly kind: "loop"; readonly outside: boolean }
  | { readonly kind: "too-many" | "special" | "no-address" | "refused" }
  | { readonly kind: "unobserved"; readonly cause: Cause }
);

/** What firewalls in front of web sites say to visitors they do not like, or to too many: no word of the site's own. */
const BLOCKING: ReadonlySet<number> = new Set([403, 421, 429, 503]);

/** `hops` in the order walked, the first being the starting point. */
export function endingOf(hops: readonly Hop[]): Ending {
  const seen = new Set<string>();
  let isRefreshed = false;
  for (const [at, hop] of hops.entries()) {
    const url = parseWebUrl(hop.url);
    if (!url.ok) break;
    seen.add(url.value.url);
    const step = stepFrom(hop, url.value);
    if (step.kind !== "next") return ended(hops, at, url.value.host, step, isRefreshed);
    const where = { at, host: url.value.host };
    if (seen.has(step.url)) return { ...where, ...inCircles(hops.slice(0, at + 1), step.url) };
    if (at >= MOST_REDIRECTS) return { ...where, kind: "too-many" };
    // A walk that went elsewhere than the answers led is none that could be judged.
    if (hops[at + 1]?.url !== step.url) return { ...where, kind: "unobserved", cause: "internal" };
    isRefreshed ||= step.isRefresh;
  }
  return { at: 0, host: "", kind: "unobserved", cause: "internal" };
}

/** Outside .dk visitors with cookies may have got further, under .dk; a ring there is told as one, cookies or not. */
function inCircles(hops: readonly Hop[], url: string): WithoutPlace<Ending> {
  const outside = isOutside(hops, url);
  return outside && givesCookies(hops) ? { kind: "unobserved", cause: "not-observable" } : { kind: "loop", outside };
}

/** Whether the ring that begins at `url` has a host outside .dk. */
function isOutside(hops: readonly Hop[], url: string): boolean {
  const first = hops.findIndex((one) => normalisedUrl(one.url) === url);
  return hops.slice(first).some((one) => !isUnderDk(hostOf(one.url) ?? ""));
}

type WithoutPlace<T> = T extends unknown ? Omit<T, "at" | "host"> : never;

type Step =
  | { readonly kind: "next"; readonly url: string; readonly isRefresh: boolean }
  | { readonly kind: "dk"; readonly status: number }
  | WithoutPlace<Exclude<Ending, { readonly kind: "dk" }>>;

function stepFrom(hop: Hop, url: WebUrl): Step {
  if (hop.answer.state === "unobserved") return unseen(hop.code, hop.answer.cause);
  const answer = hop.answer.value;
  const isDk = !url.isAddress && isUnderDk(url.host);
  const next = nextHop(url.url, answer);
  const barrier = isDk ? null : barrierBefore(next, answer);
  if (barrier !== null) return barrier;
  switch (next.kind) {
    case "redirect":
      return { kind: "next", url: next.url, isRefresh: false };
    case "refresh":
      if (next.seconds === 0) return { kind: "next", url: next.url, isRefresh: true };
      return isDk ? { kind: "dk", status: answer.status } : delayed(next.seconds, next.url);
    case "location":
      // Without the field a browser shows the answer's own page.
      return isDk && next.problem === "missing" ? underDk(answer) : { kind: "location", problem: next.problem };
    case "stay":
      return isDk ? underDk(answer) : outside(answer);
  }
}

/**
 * A certificate that browsers do not take: nobody is led any further. (Under .dk the name is right, whatever its certificate is.)
 * Some browsers find by themselves one that was left out: what they are shown then counts, where they are led does not.
 */
function barrierBefore(next: NextHop, { tls }: HopAnswer): Step | null {
  if (tls === null || tls.verification.trusted) return null;
  const { code } = tls.verification;
  return next.kind === "stay" && lacksIntermediate(code) ? null : { kind: "certificate", code };
}

function unseen(code: string | null, cause: Cause): Step {
  if (code === "SPECIAL_ADDRESS") return { kind: "special" };
  if (code === "NO_ADDRESS") return { kind: "no-address" };
  if (cause === "connection-refused") return { kind: "refused" };
  if (cause === "tls-failed") return { kind: "tls", code: code ?? "UNKNOWN" };
  return { kind: "unobserved", cause };
}

function delayed(seconds: number, url: string): Step {
  const target = parseWebUrl(url);
  return { kind: "delayed", seconds, toDk: target.ok && isUnderDk(target.value.host) };
}

/** A page that may still hold a refresh outwards is no proof that the visit ends here. */
function underDk(answer: HopAnswer): Step {
  return unreadCause(answer) ?? { kind: "dk", status: answer.status };
}

function outside(answer: HopAnswer): Step {
  const { status, body } = answer;
  if (BLOCKING.has(status)) return { kind: "blocked", status };
  const unread = unreadCause(answer);
  if (unread !== null) return unread;
  if (status < 200 || status > 299) return { kind: "error", status };
  return { kind: "content", status, octets: body.octets, script: body.leaving?.scriptMentionsLocation === true };
}

/** What was cut off might have held a refresh. What lies beyond our limit is not looked at, as on any long page. */
function unreadCause({ body }: HopAnswer): Step | null {
  if (body.cut === null || body.cut === "limit") return null;
  const cause = { time: "tcp-timeout", broke: "connection-reset", coding: "protocol-error" } as const;
  return { kind: "unobserved", cause: cause[body.cut] };
}

function ended(
  hops: readonly Hop[],
  at: number,
  host: string,
  step: Exclude<Step, { readonly kind: "next" }>,
  isRefreshed: boolean,
): Ending {
  if (step.kind !== "dk") return { ...step, at, host };
  const before = hops.slice(0, at).flatMap(({ url }) => hostOf(url) ?? []);
  const start = before[0];
  const between = [...new Set(before.slice(1))].filter((each) => each !== start && !isUnderDk(each));
  const via = start === undefined || isUnderDk(start) ? "name" : isRefreshed ? "refresh" : "redirect";
  return { at, host, kind: "dk", via, between, status: step.status };
}

function normalisedUrl(text: string): string | null {
  const url = parseWebUrl(text);
  return url.ok ? url.value.url : null;
}

function hostOf(text: string): string | null {
  const url = parseWebUrl(text);
  return url.ok ? url.value.host : null;
}
