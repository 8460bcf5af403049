/** Visits as scenarios and tests write them: what is not said is ordinary. Nothing here looks at anything. */
import type { Cause } from "../core/cause.ts";
import { observed, type Observed, unobserved } from "../core/observation.ts";
import type { LeavingHints } from "../parsers/meta-refresh-scan.ts";
import { HTTP_PORT, HTTPS_PORT } from "./asset-origins.ts";
import type { Hop, HopAnswer, HopBody, HopTls } from "./hop.ts";
import type { HostRole, OriginVisit, Walk, WalkPurpose, WebAddress, WebVisit } from "./observations.ts";
import type { PageReferences } from "./page-references.ts";

/** One answer. By default 200 with a page of HTML that leads nowhere, over a trusted connection where the URL is of HTTPS. */
export interface WrittenHop {
  readonly url: string;
  readonly status?: number;
  /** A Location field before the other fields; the status is then 301 unless it is said. */
  readonly location?: string;
  readonly fields?: readonly (readonly [name: string, value: string])[];
  /** Where it was asked; unset: `visited` fills in its own address for its own host, and one of elsewhere for another. */
  readonly address?: string;
  readonly httpVersion?: string;
  readonly interim?: readonly number[];
  /** `trusted`, or the code of what is wrong with the certificate. */
  readonly certificate?: string;
  /** DER in base64, in the server's order. */
  readonly chain?: readonly string[];
  readonly tls?: Partial<HopTls>;
  readonly leaving?: Partial<LeavingHints>;
  /** Null: not a page of HTML. */
  readonly references?: Partial<PageReferences> | null;
  readonly body?: Partial<HopBody>;
}

/** A hop of which nothing was heard. */
export interface UnseenHop {
  readonly url: string;
  readonly cause: Cause;
  /** The dialer's or the system's. */
  readonly code?: string;
  readonly address?: string;
}

type Fields = HopAnswer["fields"];

const ELSEWHERE = "192.0.2.250";
const OK = 200;
const MOVED = 301;
const PAGE_OCTETS = 1024;
const NO_HINTS: LeavingHints = { refreshes: [], base: null, scriptMentionsLocation: false };
const NO_REFERENCES: PageReferences = { plain: [], page: null, resource: null };

/** One recorded hop. */
export function hop(written: WrittenHop | UnseenHop): Hop {
  const { url, address = null } = written;
  if ("cause" in written) {
    const { cause, code = null } = written;
    return { url, address, answer: unobserved(cause, code ?? "as written"), code };
  }
  return { url, address, answer: observed(answerOf(written)), code: null };
}

/** A walk; hops may be written in place. */
export function walk(purpose: WalkPurpose, ...hops: readonly (WrittenHop | UnseenHop | Hop)[]): Walk {
  return { purpose, hops: hops.map((each) => ("answer" in each ? each : hop(each))) };
}

/** An open port with what was walked there. The port is the scheme's own unless it is said. */
export function openOrigin(scheme: "http" | "https", walks: readonly Walk[], port = portOf(scheme)): OriginVisit {
  return { scheme, port, state: "open", walks };
}

/** A port that refused, or one that said nothing. */
export function shutOrigin(scheme: "http" | "https", state: "closed" | "silent", port = portOf(scheme)): OriginVisit {
  return { scheme, port, state, walks: [] };
}

/** A host at its address with these origins, as World.web is to answer. `ownHosts`: others that the inventory names. */
export function visited(
  where: WebAddress & { readonly role: HostRole },
  origins: readonly OriginVisit[],
  ...ownHosts: readonly string[]
): Observed<WebVisit> {
  const { host, address, role } = where;
  const at = { host, address, role, origins: origins.map((origin) => placed(origin, where)) };
  return observed({ state: "visited", ...at, ...(ownHosts.length > 0 ? { ownHosts } : {}) });
}

function answerOf(written: WrittenHop): HopAnswer {
  const { url, location, fields = [], httpVersion = "1.1", interim = [] } = written;
  const status = written.status ?? (location === undefined ? OK : MOVED);
  const led: Fields = location === undefined ? fields : [["location", location], ...fields];
  const tls = url.startsWith("https:") ? tlsOf(written) : null;
  return { httpVersion, status, interim, fields: led, tls, body: bodyOf(written) };
}

function tlsOf({ certificate = "trusted", chain = [], tls = {} }: WrittenHop): HopTls {
  const verification =
    certificate === "trusted" ? ({ trusted: true } as const) : ({ trusted: false, code: certificate } as const);
  return { protocol: "TLSv1.3", suite: "TLS_AES_256_GCM_SHA384", verification, chain, ...tls };
}

function bodyOf({ leaving, references, body = {} }: WrittenHop): HopBody {
  const page = references === null ? null : { ...NO_REFERENCES, ...references };
  const hints = references === null && leaving === undefined ? null : { ...NO_HINTS, ...leaving };
  return { octets: PAGE_OCTETS, sha256: "0".repeat(64), cut: null, leaving: hints, references: page, ...body };
}

function placed(origin: OriginVisit, { host, address }: WebAddress): OriginVisit {
  const walks = origin.walks.map((each): Walk => ({
    ...each,
    hops: each.hops.map((one): Hop => ({ ...one, address: one.address ?? addressOf(one) })),
  }));
  return { ...origin, walks };

  /** Nobody knows an address of what could not be looked up. */
  function addressOf({ url, code }: Hop): string | null {
    if (code === "NO_ADDRESS") return null;
    const asked = URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "") : null;
    return asked === host ? address : ELSEWHERE;
  }
}

function portOf(scheme: "http" | "https"): number {
  return scheme === "http" ? HTTP_PORT : HTTPS_PORT;
}
