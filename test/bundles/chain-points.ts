import { createHash } from "node:crypto";
import { createDynamoTable } from "../../lib/adapters/dynamodb-table.ts";
import { s3Client } from "../../lib/adapters/aws-clients.ts";
import { createS3Evidence } from "../../lib/adapters/s3-evidence.ts";
import { comparePractice } from "../../lib/cli/practice-report.ts";
import type { RequirementId } from "../../lib/core/requirement-id.ts";
import { brokenLink, type Subject, type Transition } from "../../lib/core/transition.ts";
import type { PracticeCase, WebCase } from "../../lib/practice/cases.ts";
import { septetsOf, SMS_SEPTETS } from "../../lib/reports/sms-text.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { STATIC_ASSETS } from "../../lib/status/assets.ts";
import { familiesOf } from "../../lib/status/families.ts";
import type { VerificationResult } from "../../lib/verify/result.ts";
import { familyOf } from "../../lib/watch/cadence.ts";
import { historyOfAsset } from "../../lib/watch/history-of-asset.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { verifies, verifyHistory } from "../../lib/watch/verify-history.ts";
import type { Cloud } from "./cloud.ts";
import type { Published } from "./fake-sns.ts";

/** Something that must have happened, and why it did not; null when it did. */
export interface ChainPoint {
  readonly what: string;
  readonly problem: string | null;
}

type Verdicts = VerificationResult["verdicts"];

/** The families that the chain runs rounds of. */
const FAMILIES = familiesOf(REQUIREMENTS);
/** What a domain without its signatures fails. */
const FALLING: readonly RequirementId[] = ["S18", "S19", "S20", "S23"];
/** What it is judged by besides, signed or not. */
const UNMOVED: readonly RequirementId[] = ["S17"];

/** After the first round: every verdict as it should be, and nobody told. Asked of the status function, asset by asset. */
export async function baselinePoints(
  cloud: Cloud,
  expected: ReadonlyMap<string, PracticeCase | WebCase>,
  star: string,
): Promise<readonly ChainPoint[]> {
  const verdicts: Verdicts[number][] = [];
  for (const id of expected.keys()) {
    const { asset, verdicts: found } = await json<{ asset: Verdicts[number]["asset"]; verdicts: Verdicts }>(
      cloud,
      `/v1/assets/${encodeURIComponent(id)}`,
    );
    verdicts.push(...found.map((each) => ({ ...each, asset })));
  }
  const wrong = comparePractice({ verdicts }, expected).filter((each) => each.difference !== null);
  const told = cloud.sns.published.filter(notDigest);
  const page = await cloud.ask(`/v1/assets/domain%3A${star}`, { headers: { accept: "text/html" } });
  return [
    point(
      `all ${expected.size} assets were judged as they should be`,
      wrong.map((each) => `${each.name}: ${each.difference?.en ?? ""}`),
    ),
    point(
      "nobody was told of the baseline",
      told.map(({ subject }) => subject),
    ),
    point(
      "the status function answers a page",
      page.statusCode === 200 ? [] : [`it answered ${String(page.statusCode)}`],
    ),
  ];
}

/** After the whole story, what was remembered, told and answered of the star and of everybody else. */
export async function storyPoints(cloud: Cloud, municipality: string, star: string): Promise<readonly ChainPoint[]> {
  const memory = createMemory(createDynamoTable(cloud.dynamo.client, cloud.environment.TABLE_NAME ?? ""));
  const points: ChainPoint[] = [];
  const asset = `domain:${star}`;
  for (const id of FALLING) {
    const subject: Subject = { municipality, requirement: id, asset };
    const own = await historyPoints(cloud, memory, subject);
    points.push(...own.map(({ what, problem }) => ({ what: `${id}: ${what}`, problem })));
  }
  return [
    ...points,
    ...(await unmovedPoints(memory, municipality, asset)),
    ...(await runPoints(cloud, memory, municipality)),
    ...publishedPoints(cloud.sns.published.filter(notDigest), municipality),
    ...(await statusPoints(cloud)),
    ...measuredPoints(cloud),
  ];
}

async function historyPoints(cloud: Cloud, memory: Memory, subject: Subject): Promise<readonly ChainPoint[]> {
  const history = await memory.transitions.history(subject);
  const [, fell, rose] = history;
  const evidence = createS3Evidence(s3Client(), cloud.environment.EVIDENCE_BUCKET ?? "");
  const past = await historyOfAsset(subject, { memory, evidence }, Date.now());
  const parts = past === null ? [] : await verifyHistory(past, REQUIREMENTS, { memory, evidence });
  return [
    equal(
      "its history is baseline, regression, recovery",
      history.map(({ kind }) => kind),
      ["baseline", "regression", "recovery"],
    ),
    point("both changes were confirmed by a second look", [fell, rose].flatMap(unconfirmed)),
    equal("the recovery closes the regression", rose?.closes, fell?.number),
    equal("no link of the history is broken", brokenLink(history), null),
    point(
      `history, evidence and judgements verify (${parts.length} parts)`,
      verifies(parts)
        ? []
        : parts
            .filter(({ outcome }) => outcome === "broken")
            .map(({ check, detail }) => `${check}: ${detail}`)
            .concat(parts.length === 0 ? ["none"] : []),
    ),
    ...(await statePoints(memory, subject)),
    ...(await toldHistoryPoints(cloud, subject, history)),
  ];
}

/** Of every other requirement that is built: nothing has moved, of the star or of anybody else. */
async function unmovedPoints(memory: Memory, municipality: string, star: string): Promise<readonly ChainPoint[]> {
  const others = REQUIREMENTS.map(({ id }) => id).filter((id) => !FALLING.includes(id));
  const points = others.map(async (requirement) => {
    const history = await memory.transitions.history({ municipality, requirement, asset: star });
    const states = await memory.states.all(municipality, requirement);
    const kinds = history.map(({ kind }) => kind);
    return [
      equal(`${requirement}: of the star there is`, kinds, UNMOVED.includes(requirement) ? ["baseline"] : []),
      point(`${requirement}: was looked at`, states.length > 0 ? [] : ["nothing is remembered"]),
      point(
        `${requirement}: nobody changed their verdict`,
        states.filter(({ last }) => last > 1).map((state) => state.asset),
      ),
      point(
        `${requirement}: every outbox is empty`,
        states.filter(({ outbox }) => outbox.length > 0).map((state) => state.asset),
      ),
    ];
  });
  return (await Promise.all(points)).flat();
}

async function statePoints(memory: Memory, { municipality, requirement }: Subject): Promise<readonly ChainPoint[]> {
  const states = await memory.states.all(municipality, requirement);
  const moved = states.filter(({ last }) => last > 1).map(({ asset }) => asset);
  const unpublished = states.filter(({ outbox }) => outbox.length > 0).map(({ asset }) => asset);
  return [equal("no other domain changed its verdict", moved.length, 1), point("every outbox is empty", unpublished)];
}

async function runPoints(cloud: Cloud, memory: Memory, municipality: string): Promise<readonly ChainPoint[]> {
  const families = await Promise.all(
    FAMILIES.map(async (family) => ({ family, runs: await memory.runs.newest(municipality, family, 20) })),
  );
  const open = families.flatMap(({ runs }) => runs.filter(({ value }) => value.closedAt === null));
  return [
    ...families.map(({ family, runs }) => {
      const falls = FALLING.some((id) => familyOf(id) === family);
      return equal(`three rounds${falls ? " and two second looks" : ""} of ${family} ran`, runs.length, falls ? 5 : 3);
    }),
    point(
      "every run is closed",
      open.map(({ value }) => value.id),
    ),
    equal("nothing is left to be told", (await memory.alerts.undelivered(municipality)).length, 0),
    equal("nothing waits in a queue", cloud.sqs.waiting.length, 0),
    equal("no regression is open", (await memory.transitions.open(municipality)).length, 0),
  ];
}

function publishedPoints(published: readonly Published[], municipality: string): readonly ChainPoint[] {
  // Practice has domains that never answer at all: after two of these short cadences that is told, once for each cause.
  const gaps = published.filter(({ attributes: { kind } }) => kind === "gap");
  const changes = published.filter((each) => !gaps.includes(each));
  const told = (id: string) =>
    changes
      .filter(({ attributes: { requirement } }) => requirement === id)
      .map(({ attributes: { kind, severity, municipality: whose } }) => [kind, severity, whose]);
  const sms = published.map(({ messages }) => messages.sms ?? "");
  return [
    ...FALLING.map((id) =>
      equal(`${id}: one alert and one relief were published`, told(id), [
        ["regression", "high", municipality],
        ["recovery", "low", municipality],
      ]),
    ),
    equal("and of nothing else", changes.length, 2 * FALLING.length),
    point(
      "whatever gap was published is of domains that never answered",
      gaps
        .filter(({ messages }) => !/Seneste svar: +intet endnu/u.test(messages.email ?? ""))
        .map(({ subject }) => subject),
    ),
    point(
      "subjects are ASCII of less than 100 characters",
      published.filter(({ subject }) => !/^[!-~][ -~]{0,98}$/u.test(subject)).map(({ subject }) => subject),
    ),
    point(
      "each text message is one of the GSM alphabet",
      sms.filter((text) => text === "" || septetsOf(text) > SMS_SEPTETS),
    ),
    point(
      "the e-mails say what to do and where it is proven",
      published
        .filter(({ messages }) => messages.email?.includes("npx kravvagt history") !== true)
        .map(({ subject }) => subject),
    ),
  ];
}

async function toldHistoryPoints(
  cloud: Cloud,
  { asset, requirement }: Subject,
  history: readonly Transition[],
): Promise<readonly ChainPoint[]> {
  const told = await json<{ transitions: { number: number }[]; chain: { holds: boolean } }>(
    cloud,
    `/v1/assets/${encodeURIComponent(asset)}/requirements/${requirement}/history`,
  );
  return [
    equal("the status function tells the history", told.transitions.length, history.length),
    equal("and that its chain holds", told.chain.holds, true),
  ];
}

async function statusPoints(cloud: Cloud): Promise<readonly ChainPoint[]> {
  const status = await json<{ requirements: { requirement: string; openRegressions: number }[] }>(cloud, "/v1/status");
  const health = await json<{ status: string }>(cloud, "/health");
  const [name = "", file] = [...STATIC_ASSETS].find(([each]) => each.endsWith(".woff2")) ?? [];
  const font = await cloud.ask(`/assets/${name}`);
  const bytes = Buffer.from(font.body ?? "", font.isBase64Encoded === true ? "base64" : "utf8");
  return [
    equal(
      "the status function answers for every requirement",
      status.requirements.map(({ requirement, openRegressions }) => [requirement, openRegressions]),
      REQUIREMENTS.map(({ id }) => [id, 0]),
    ),
    equal("it is well", health.status, "ok"),
    equal("its fonts come whole", digest(bytes), digest(Buffer.from(file?.body ?? ""))),
  ];
}

/** By way of the log, as CloudWatch takes metrics. */
function measuredPoints(cloud: Cloud): readonly ChainPoint[] {
  const lines = cloud.log();
  const measured = lines.filter((line) => "RunsClosed" in line);
  const ofMail = lines.filter((line) => "MailRunsClosed" in line);
  const ofWeb = lines.filter((line) => "WebRunsClosed" in line);
  const errors = lines.filter(({ level }) => level === "ERROR").map(({ message }) => String(message));
  return [
    equal(
      "three closed rounds were counted, all of them whole",
      measured.map(({ Coverage }) => Coverage),
      [100, 100, 100],
    ),
    equal("and three of mail, apart from them", ofMail.length, 3),
    equal("and three of the web", ofWeb.length, 3),
    equal(
      "metrics have the service as their only dimension",
      [...new Set([...measured, ...ofMail, ...ofWeb].map(dimensionsOf))],
      ['[["service"]]'],
    ),
    point("no function logged an error", errors),
  ];
}

function dimensionsOf(line: Readonly<Record<string, unknown>>): string {
  const { CloudWatchMetrics } = line._aws as { CloudWatchMetrics: { Dimensions: string[][] }[] };
  return JSON.stringify(CloudWatchMetrics[0]?.Dimensions);
}

async function json<T>(cloud: Cloud, path: string): Promise<T> {
  const { statusCode, body } = await cloud.ask(path, { headers: { accept: "application/json" } });
  if (statusCode !== 200) throw new Error(`${path} answered ${String(statusCode)}: ${body ?? ""}`);
  return JSON.parse(body ?? "") as T;
}

function unconfirmed(transition: Transition | undefined): readonly string[] {
  if (transition === undefined) return ["it is missing"];
  return transition.firstSlot === transition.slot ? [`number ${transition.number} was not`] : [];
}

/** The morning's digest may fall into the story's minutes: it tells of other things. */
function notDigest({ attributes }: Published): boolean {
  return attributes.kind !== "digest";
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function point(what: string, problems: readonly string[]): ChainPoint {
  return { what, problem: problems.length === 0 ? null : problems.join("; ") };
}

function equal(what: string, found: unknown, wanted: unknown): ChainPoint {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  return point(what, one === other ? [] : [`${one} instead of ${other}`]);
}
