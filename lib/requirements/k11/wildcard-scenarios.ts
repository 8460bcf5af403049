import type { Scenario } from "../../core/scenario.ts";
import { fails, inKommune, leavesOpen, passes, PURPOSES, site, sts, WILD, YEAR, ZONE } from "./scenario-site.ts";

const MISSING = "K11_HEADER_MISSING";
const HOLDS = "K11_ENTRY_HOLDS";
const ALL = "K11_HEADER_ON_ALL";

const WILDCARD = { zones: [{ name: "kommune.dk", records: [...ZONE, `* A ${WILD}`] }] };
/** As every rehearsal calls a name that nobody has made. */
const RANDOM = "etlangtnavnudenhold";
const OPEN_HEADER = [{ url: `http://${RANDOM}.kommune.dk/`, location: "https://www.kommune.dk/", fields: sts(YEAR) }];
/** A name that nobody has made. */
export const WILDCARD_SCENARIOS: readonly Scenario[] = [
  inKommune(passes("a wildcard answers with the header"), { world: { ...WILDCARD, web: { [WILD]: site() } } }),
  inKommune(fails("a wildcard answers without the header", ALL, HOLDS, MISSING), {
    world: { ...WILDCARD, web: { [WILD]: site({ sts: [] }) } },
  }),
  inKommune(
    passes("a wildcard's header is short, and is sent over HTTP too", "K11_HEADER_SHORT", "K11_HEADER_ON_HTTP"),
    {
      world: { ...WILDCARD, web: { [WILD]: site({ sts: ["max-age=86400"], http: OPEN_HEADER }) } },
    },
  ),
  inKommune(passes("a wildcard answers with a certificate for other names", "K11_WILDCARD_DISTRUSTED"), {
    world: { ...WILDCARD, web: { [WILD]: site({ sts: [], certificate: "ERR_TLS_CERT_ALTNAME_INVALID" }) } },
  }),
  inKommune(passes("a wildcard is silent everywhere"), { world: WILDCARD }),
  inKommune(passes("a wildcard has no HTTPS"), {
    world: { ...WILDCARD, web: { [WILD]: site({ https: "closed" }) } },
  }),
  inKommune(
    leavesOpen("a wildcard's answer is not heard", "connection-reset", ALL, HOLDS, "K11_UNOBSERVED_CONNECTION_RESET"),
    {
      world: { ...WILDCARD, web: { [WILD]: site({ at: { front: { cause: "connection-reset" } } }) } },
    },
  ),
  ...(["tls-failed", "connection-reset"] as const).map((cause) =>
    inKommune(passes(`a wildcard turns HTTPS down: ${cause}`, "K11_WILDCARD_TURNED_DOWN"), {
      world: { ...WILDCARD, web: { [WILD]: site({ at: Object.fromEntries(PURPOSES.map((at) => [at, { cause }])) }) } },
    }),
  ),
  inKommune(passes("a wildcard is silent at the port for HTTPS"), {
    world: {
      ...WILDCARD,
      web: {
        [WILD]: (where) => {
          const url = `https://${where.host}/`;
          const http = [
            { url: `http://${where.host}/`, location: url },
            { url, cause: "tcp-timeout" as const },
          ];
          return site({ https: "silent", http })(where);
        },
      },
    },
  }),
];
