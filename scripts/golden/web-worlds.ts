import type { Asset, HostAsset } from "../../lib/core/asset.ts";
import type { ObservationKind } from "../../lib/core/observation.ts";
import type { World } from "../../lib/core/scenario.ts";
import { type Server as Site, site, type SiteChanges, sts, WHOLE } from "../../lib/requirements/k11/scenario-site.ts";
import {
  besides,
  chain,
  closed as CLOSED,
  endpoint,
  RESET,
  type Server as Endpoint,
} from "../../lib/requirements/s27/tls-scenario-endpoint.ts";
import { openOrigin, visited, walk } from "../../lib/web/written-visit.ts";
import { name } from "../../lib/wire/name.ts";

/** A web host and the small internet that it is in. */
export interface WebWorld {
  readonly asset: Asset;
  readonly world: World;
}

/** Whatever S17, S27 and K11 are judged from. */
export const WEB_KINDS: readonly ObservationKind[] = [
  ...(["web.names", "web.redirects", "web.visit", "web.entry", "dns.https", "hsts.preload"] as const),
  ...(["tls.endpoint", "service.visit"] as const),
];

/** Wrong, and accepted in writing. */
export const EXEMPTED_HOST = "gammel.kommune.dk";

const ADDRESS = "192.0.2.10";
const WILDCARD = { chains: [chain("ECDSA", ["wildcard", "intermediate"])] };
const MODERN = endpoint(WILDCARD);
const OLD = endpoint({ ...WILDCARD, ...besides("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"]) });
const STATIC_RSA = endpoint({ ...WILDCARD, ...besides("TLSv1.2", ["RSA_WITH_AES_128_GCM_SHA256"]) });
const EXPIRED = endpoint({ chains: [chain("ECDSA", ["expired", "intermediate"])] });
const CUT = endpoint({
  ...WILDCARD,
  chainsOpen: [{ kind: "RSA", undecided: RESET }],
});

/** A site whose port 80 redirects every path to HTTPS, or answers by itself. */
function whole(changes: SiteChanges = {}, plain: "redirects" | "content" = "redirects"): Site {
  return (where) => {
    const seen = site(changes)(where);
    if (seen.state === "unobserved" || seen.value.state !== "visited") return seen;
    const secure = seen.value.origins.filter(({ scheme }) => scheme === "https");
    const walks = (["front", "deep", "missing"] as const).map((purpose) => {
      const rest = `${where.host}/${purpose === "front" ? "" : purpose}`;
      const [url, location] = [`http://${rest}`, `https://${rest}`];
      return plain === "content"
        ? walk(purpose, { url })
        : walk(purpose, { url, location }, { url: location, fields: sts(...(changes.sts ?? [WHOLE])) });
    });
    return visited(where, [openOrigin("http", walks), ...secure]);
  };
}

function host(label: string, web: Site | null, tls: Endpoint | null): WebWorld {
  const full = `${label}.kommune.dk`;
  const asset: HostAsset = { kind: "host", id: `host:${full}`, name: full, host: name(full) };
  return {
    asset,
    world: {
      zones: [{ name: "kommune.dk", records: [`${label} A ${ADDRESS}`] }],
      ...(web === null ? {} : { web: { [ADDRESS]: web } }),
      ...(tls === null ? {} : { tls: { [ADDRESS]: tls } }),
    },
  };
}

/** Right, wrong for reasons of each requirement, and unknown for several causes. */
export const WEB_WORLDS: readonly WebWorld[] = [
  host("god", whole(), MODERN),
  host("gammel", whole(), OLD),
  host("svag", whole(), STATIC_RSA),
  host("udloebet", whole(), EXPIRED),
  host("uden-hsts", whole({ sts: [] }), MODERN),
  host("nul-hsts", whole({ sts: ["max-age=0"] }), MODERN),
  host("kort-hsts", whole({ sts: ["max-age=86400"] }), MODERN),
  host("uden-https", whole({ https: "closed" }, "content"), CLOSED),
  host("klartekst", whole({}, "content"), MODERN),
  host("afbrudt", whole(), CUT),
  host("tavs", null, null),
];
