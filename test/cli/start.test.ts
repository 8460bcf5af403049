import { EventEmitter } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import type { RequirementId } from "../../lib/core/requirement-id.ts";
import type { Transition } from "../../lib/core/transition.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { readMail } from "../adapters/read-mail.ts";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { ASSETS, DOMAINS, type QuickPractice, SITE, STAR, STAR_SITE, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain, type RunOptions } from "./run-main.ts";

const newFolder = temporaryFolders();
const PERMISSIONS = 0o777;
/** What the star and its web site are judged for, and how often the whole story makes them fall. */
const STAR_FALLS: readonly (readonly [asset: string, RequirementId, falls: number])[] = [
  [`domain:${STAR}`, "S17", 0],
  [`domain:${STAR}`, "S18", 1],
  [`domain:${STAR}`, "S19", 1],
  [`domain:${STAR}`, "S20", 1],
  [`domain:${STAR}`, "S23", 2],
  [`host:${STAR_SITE}`, "S17", 0],
  [`host:${STAR_SITE}`, "S27", 1],
  [`host:${STAR_SITE}`, "K11", 1],
];
/** What becomes of everybody else: domains are judged for five requirements, the other web site for three. */
const OTHERS: readonly (readonly [asset: string, RequirementId])[] = [
  ...DOMAINS.filter((domain) => domain !== STAR).map((domain) => `domain:${domain}`),
  `host:${SITE}`,
].flatMap((asset) => {
  const kind = asset.startsWith("host:") ? "host" : "domain";
  return REQUIREMENTS.filter(({ appliesTo }) => appliesTo.includes(kind)).map(({ id }) => [asset, id] as const);
});
/** Two stories, on a busy machine. */
const PATIENCE_MS = 120_000;
const ACCOUNT = "23 af 23 skete, som det skulle.";
let practice: QuickPractice;

beforeAll(async () => {
  practice = await startQuickPractice();
});
afterAll(() => practice.stop());

function story(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const services = { ...practice.story, ...options.services };
  return runMain(["start", "--once", ...args], { ...options, services });
}

type Kinds = readonly Transition["kind"][];

/** The kinds of what became of the star of the story, by asset and requirement, and of everybody else. */
async function historiesIn(
  folder: string,
): Promise<{ star: Readonly<Record<string, Kinds>>; others: readonly string[] }> {
  const data = await openDataFolder(folder, { create: false });
  const { transitions } = createMemory(data.table);
  const of = async (asset: string, requirement: RequirementId): Promise<Kinds> =>
    (await transitions.history({ municipality: "0000", requirement, asset })).map(({ kind }) => kind);
  const star = await Promise.all(
    STAR_FALLS.map(async ([asset, id]) => [`${id} ${asset}`, await of(asset, id)] as const),
  );
  const others = await Promise.all(OTHERS.map(([asset, id]) => of(asset, id)));
  await data.close();
  return { star: Object.fromEntries(star), others: others.flat() };
}

/** What `times` whole stories make of the star: a baseline, and each fall with its rise. */
function wholeStories(times: number): Readonly<Record<string, Kinds>> {
  return Object.fromEntries(
    STAR_FALLS.map(([asset, id, falls]) => [
      `${id} ${asset}`,
      ["baseline", ...Array.from({ length: times * falls }, () => ["regression", "recovery"] as const).flat()],
    ]),
  );
}

/** The subjects of the letters that tell of these. */
function subjectsOf(star: Readonly<Record<string, Kinds>>): readonly string[] {
  const subject = (of: string, kind: string): readonly string[] => {
    if (kind === "baseline") return [];
    const [id, asset = ""] = of.split(" ");
    const name = asset.startsWith("host:") ? `${STAR_SITE} (vært)` : STAR;
    return [`${id} ${kind === "regression" ? "ikke længere opfyldt" : "opfyldt igen"}: ${name}`];
  };
  return Object.entries(star)
    .flatMap(([of, kinds]) => kinds.flatMap((kind) => subject(of, kind)))
    .toSorted();
}

const BASELINES = OTHERS.map(() => "baseline");

function mailsIn(folder: string): readonly string[] {
  return readdirSync(path.join(folder, "outbox")).map((file) => path.join(folder, "outbox", file));
}

describe("the practice story", () => {
  const told =
    "is told in Danish, in a pipe without colour or progress, and keeps what it was told to keep for the owner alone";
  test(
    told,
    async () => {
      const folder = path.join(newFolder(), "data");
      const { code, stdout, stderr } = await story(["--data", folder]);
      expect(stdout).toContain(`${ASSETS.length} af ${ASSETS.length} aktiver blev vurderet, som de skulle.`);
      expect(stdout.trimEnd().split("\n").at(-1)).toBe(ACCOUNT);
      expect(code).toBe(0);
      expect(`${stdout}${stderr}`).not.toMatch(/\p{Cc}(?<!\n)/u);
      const told = [...stderr.matchAll(/^(?:ALARM|BESKED) {2}(.*)$/gmu)].map(([, subject]) => subject);
      expect(told.toSorted()).toEqual(subjectsOf(wholeStories(1)));
      expect(stderr).toContain(`Brevene ligger i ${path.join(folder, "outbox")}`);
      expect(await historiesIn(folder)).toEqual({ star: wholeStories(1), others: BASELINES });
      const mails = mailsIn(folder);
      expect(mails).toHaveLength(told.length);
      expect(new Set([...mails, path.join(folder, "kravvagt.json")].map(permissions))).toEqual(new Set([0o600]));
      expect(["", "outbox", "store", "evidence"].map((name) => permissions(path.join(folder, name)))).toEqual(
        Array.from({ length: 4 }, () => 0o700),
      );
    },
    PATIENCE_MS,
  );

  test(
    "can be told again on the same folder: nothing is a baseline twice, and the history goes on",
    async () => {
      const folder = newFolder();
      expect((await story(["--data", folder])).code).toBe(0);
      const { code, stdout, stderr } = await story(["--data", folder, "--lang", "en"]);
      expect([code, stdout.trimEnd().split("\n").at(-1)]).toEqual([0, "23 of 23 happened as it should."]);
      expect(stderr).toMatch(/^ALERT {2}S18 no longer fulfilled: havn-oevelse\.dk$/mu);
      expect(stderr).toMatch(/^NOTICE {2}S18 fulfilled again: havn-oevelse\.dk$/mu);
      expect(`${stdout}${stderr}`).not.toMatch(/[æøå]/iu);
      expect(await historiesIn(folder)).toEqual({ star: wholeStories(2), others: BASELINES });
      for (const [asset, id] of STAR_FALLS) {
        const verified = await runMain(["history", asset, id, "--verify", "--data", folder]);
        expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining("Historikken holder.")]);
      }
    },
    PATIENCE_MS,
  );

  test.each(["begynder", "ser efter igen", "ikke længere opfyldt"])(
    "interrupted at %j it ends with 130, and the next start carries on where nothing is lost or told twice",
    async (moment) => {
      const folder = newFolder();
      const stopped = await story(["--data", folder], interruptedAt(moment));
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toContain("Afbrudt. Det, der er i gang, afsluttes");
      expect(stopped.stdout).not.toContain("regnskab");
      const next = await story(["--data", folder]);
      expect([next.code, next.stdout.match(/✗.*/gu)]).toEqual([0, null]);
      const { star, others } = await historiesIn(folder);
      for (const [asset, id, falls] of STAR_FALLS) {
        const first = falls === 0 ? ["baseline"] : ["baseline", "regression", "recovery"];
        expect([asset, id, star[`${id} ${asset}`]?.slice(0, 3)]).toEqual([asset, id, first]);
      }
      expect(others.every((kind) => kind === "baseline")).toBe(true);
      const told = mailsIn(folder).map((file) => readMail(readFileSync(file)).headers.get("subject"));
      expect(told.toSorted()).toEqual(subjectsOf(star));
    },
    PATIENCE_MS,
  );

  test(
    "whose accident does not happen ends with 1 and says what did not",
    async () => {
      const started = await practice.story.startPractice?.();
      const internet = { ...started!, serve: () => undefined };
      const { code, stdout } = await story([], { services: { startPractice: () => Promise.resolve(internet) } });
      expect(code).toBe(1);
      expect(stdout).toContain("✓ Alle øvelsens aktiver blev vurderet, som de skulle");
      expect(stdout).toContain(`✗ Certifikatet uden TLSA-post: S20 gik fra opfyldt til ikke opfyldt for ${STAR}`);
      expect(stdout.trimEnd().split("\n").at(-1)).toBe("1 af 23 skete, som det skulle.");
    },
    PATIENCE_MS,
  );

  test("without a folder it leaves none behind", async () => {
    const before = practiceFolders();
    expect((await story([], interruptedAt("1. Første runde"))).code).toBe(130);
    expect(practiceFolders().filter((name) => !before.includes(name))).toEqual([]);
  });

  test("without leave for sockets says so, and leaves no folder behind", async () => {
    const before = practiceFolders();
    const refused = Object.assign(new Error("listen EACCES"), { code: "EACCES" });
    const { code, stderr } = await story([], { services: { startPractice: () => Promise.reject(refused) } });
    expect([code, stderr]).toEqual([69, expect.stringContaining("kan ikke startes på denne maskine: listen EACCES")]);
    expect(practiceFolders().filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe("start is used wrongly", () => {
  test.each(["0", "65536", "8080x", ""])("--port %j is no port: 64, before anything is begun", async (port) => {
    const { code, stderr } = await story(["--port", port]);
    expect([code, stderr]).toEqual([64, "--port: forventede et helt tal fra 1 til 65535.\n"]);
  });

  test("a mail server that cannot be read is told before anything is looked at, and its password never", async () => {
    const environment = { KRAVVAGT_SMTP: "smtp://vagt:s3kret-kode@mail.example.dk:99999999" };
    const { code, stdout, stderr } = await story([], { environment });
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toMatch(/^KRAVVAGT_SMTP: Mailserveren skal skrives som smtp:/mu);
    expect(stderr).not.toContain("s3kret");
    expect(stderr).not.toContain("begynder");
  });

  test("a folder that is somebody else's is left alone", async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, "speciale.txt"), "års arbejde");
    const { code, stderr } = await story(["--data", folder]);
    expect([code, stderr]).toEqual([74, expect.stringContaining(`${folder} er ikke en datamappe fra Kravvagt`)]);
    expect(readdirSync(folder)).toEqual(["speciale.txt"]);
  });
});

describe("on a terminal", () => {
  test("a line of progress is rewritten and removed; NO_COLOR leaves the words plain", async () => {
    const colour = await story([], { isTerminal: true, ...interruptedAt("2. Et uheld") });
    expect(colour.stderr).toContain("\r\u001b[K");
    expect(colour.stdout).toContain("\u001b[32m");
    const plain = await story([], {
      isTerminal: true,
      environment: { NO_COLOR: "1" },
      ...interruptedAt("2. Et uheld"),
    });
    expect(plain.stdout).not.toContain("\u001b");
  });
});

/** Interrupts once, as soon as these words are said. */
function interruptedAt(words: string): RunOptions {
  const signals = new EventEmitter();
  let isOver = false;
  return {
    signals,
    onSaid(text) {
      if (isOver || !text.includes(words)) return;
      isOver = true;
      signals.emit("SIGINT");
    },
  };
}

function permissions(file: string): number {
  return statSync(file).mode & PERMISSIONS;
}

function practiceFolders(): readonly string[] {
  return readdirSync(os.tmpdir()).filter((name) => name.startsWith("kravvagt-practice-"));
}
