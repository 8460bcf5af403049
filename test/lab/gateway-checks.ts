import { PRACTICE_CASES } from "../../lib/practice/cases.ts";
import { gatewayOf, PRACTICE_GATEWAYS } from "../../lib/practice/gateways.ts";
import type { Gateways, OddManner } from "./gateways.ts";
import { writeInventory } from "./inventory.ts";
import { type Expectation, expectationOf, problemsOfVerdict, verdictOf } from "./judge-cases.ts";
import { lastWords, verify } from "./product.ts";
import type { Score } from "./score.ts";
import { silence } from "./silence.ts";
import type { Workshop } from "./workshop.ts";

const HEALTHY = "brevdue-oevelse.dk";
const ODD = "budstikke-oevelse.dk";
const TARPIT = "telegraf-oevelse.dk";
const TARPIT_LIMIT_SECONDS = 60;
const S20 = { requirements: ["S20"] };

/** Gateways that say no, or not now, or hang up: never a pass, and nothing that S20 could hold against anybody. */
const ODD_EXPECTATIONS: Readonly<Record<OddManner, Expectation>> = {
  "greeting-450": {
    verdict: "indeterminate",
    causes: ["greylisted"],
    tags: ["S20_GREETING_TEMPORARY"],
    reason: "RFC 5321 section 4.2.1: 4yz is for now",
  },
  "greeting-554": {
    verdict: "indeterminate",
    causes: ["vantage-blocked"],
    tags: ["S20_GREETING_REFUSED"],
    reason: "requirements 4.4: a 554 banner may be for our address alone",
  },
  "starttls-454": {
    verdict: "indeterminate",
    causes: ["greylisted"],
    tags: ["S20_STARTTLS_TEMPORARY"],
    reason: "RFC 3207 section 4: TLS not available due to temporary reason",
  },
  "cut-off": {
    verdict: "indeterminate",
    causes: ["connection-reset", "tls-failed"],
    reason: "a closed connection gives no reason, so nothing is known of the certificate",
  },
};

/** Gateways met in every odd way, one after the other; the tarpit; and port 25 shut, for everybody or at one gateway. */
export async function judgeGateways(workshop: Workshop, gateways: Gateways, score: Score): Promise<void> {
  for (const manner of Object.keys(ODD_EXPECTATIONS) as OddManner[]) {
    await gateways.become(addressesOf(ODD), manner);
    await noteGateway(workshop, score, { domain: ODD, what: manner, expected: ODD_EXPECTATIONS[manner] });
  }
  await gateways.become(addressesOf(ODD), "well");
  const well: Expectation = { verdict: "pass", reason: "RFC 7672" };
  await noteGateway(workshop, score, { domain: ODD, what: "the same one, well", expected: well });
  await noteTarpit(workshop, score);
  const silent = { verdict: "indeterminate", reason: "requirements 4.4: silence is no answer" } as const;
  await withSilent(addressesOf(HEALTHY), async () => {
    const expected: Expectation = { ...silent, causes: ["tcp-timeout"] };
    await noteGateway(workshop, score, { domain: HEALTHY, what: "one that drops everything", expected });
  });
  const everybody = PRACTICE_GATEWAYS.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  await withSilent(everybody, async () => {
    const expected: Expectation = { ...silent, causes: ["port25-egress-blocked"] };
    await noteGateway(workshop, score, { domain: HEALTHY, what: "behind a firewall on our side", expected });
  });
}

interface GatewayLook {
  readonly domain: string;
  readonly what: string;
  readonly expected: Expectation;
}

async function noteGateway(
  workshop: Workshop,
  score: Score,
  { domain, what, expected }: GatewayLook,
  limitSeconds = Infinity,
): Promise<void> {
  const cases = PRACTICE_CASES.filter((each) => each.domain === domain);
  const run = await verify(await writeInventory(workshop, "gateway", "dns", cases), [], S20);
  const seconds = run.ended.milliseconds / 1000;
  const got = run.result === null ? null : verdictOf({ domain }, run.result, "S20");
  const problems = run.result === null ? [lastWords(run)] : problemsOfVerdict(expected, got, "kommune-2024");
  const late = seconds > limitSeconds ? [`took more than ${String(limitSeconds)} s`] : [];
  score.note(
    `gateway: ${what}`,
    [...problems, ...late],
    `${got?.verdict ?? "-"} ${got?.cause ?? ""}, ${seconds.toFixed(1)} s`,
  );
}

/** A gateway that takes connections and says nothing costs a bounded time, on both its addresses. */
async function noteTarpit(workshop: Workshop, score: Score): Promise<void> {
  const tarpit = PRACTICE_CASES.find(({ domain }) => domain === TARPIT);
  const expected = tarpit === undefined ? null : expectationOf(tarpit, "S20");
  if (expected === null) throw new Error("the tarpit is no case any more");
  await noteGateway(workshop, score, { domain: TARPIT, what: "tarpit", expected }, TARPIT_LIMIT_SECONDS);
}

async function withSilent(addresses: readonly string[], work: () => Promise<void>): Promise<void> {
  const speak = await silence(addresses);
  try {
    await work();
  } finally {
    await speak();
  }
}

function addressesOf(domain: string): readonly string[] {
  const { ipv4, ipv6 } = gatewayOf(domain);
  return [ipv4, ipv6];
}
