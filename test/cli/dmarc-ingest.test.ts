import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { EventEmitter } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Services } from "../../lib/cli/services.ts";
import { StoreError } from "../../lib/ports.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { learnedSelectors } from "../../lib/watch/memory/learned-selectors.ts";
import { noteMunicipality } from "../../lib/watch/municipalities.ts";
import { name } from "../../lib/wire/name.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";
import { runMain, type RunOptions } from "./run-main.ts";

const VECTORS = path.resolve(import.meta.dirname, "../vectors/reports");
const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const DOMAIN = name("eksempelkommune.dk");
const ALL = ["google.xml", "microsoft.xml", "yahoo.xml", "mail-ru.xml", "rfc9990.xml", "prefixed.xml"];

let folder: string;
let table: ReturnType<typeof createMemoryTable>;
let services: Partial<Services>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-ingest-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  table = createMemoryTable();
  await noteMunicipality(table, "0101");
  services = {
    now: () => NOW,
    openData: async () => ({ path: "/data", table, evidence: createMemoryEvidence(), close: async () => undefined }),
  };
});

function vector(file: string): string {
  return path.join(VECTORS, file);
}

async function written(file: string, content: string | Uint8Array): Promise<string> {
  const full = path.join(folder, file);
  await writeFile(full, content);
  return full;
}

function ingest(args: readonly string[], options: RunOptions = {}) {
  return runMain(["dmarc", "ingest", ...args], { services, ...options });
}

function selectors() {
  return learnedSelectors(createMemory(table), "0101", DOMAIN, NOW);
}

describe("dmarc ingest", () => {
  test("tells what was learned, and keeps it", async () => {
    const { code, stdout, stderr } = await ingest(ALL.map(vector));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      [
        "6 rapporter læst: 6 nye.",
        "",
        "eksempelkommune.dk",
        "  277 mails fra 4 netblokke, heraf 276 godkendt af DMARC",
        "  DKIM-selektorer, der er set signere:",
        "    selector1  254 mails, 2026-11-17 – 2026-11-17, google.com, Enterprise Outlook, Mail.Ru  ny",
        "    s2026  17 mails, 2026-11-17 – 2026-11-17, Modtager A/S  ny",
        "    k2  3 mails, 2026-11-17 – 2026-11-17, google.com  ny",
        "",
        "nyhedsbrev.eksempelkommune.dk",
        "  3 mails fra 1 netblok, heraf 3 godkendt af DMARC",
        "  Ingen DKIM-selektorer er set signere.",
        "",
        "Enhver kan skrive en rapport: en selektor tæller først som bevis, når dens nøgle også er offentliggjort i DNS.",
        "Afsendere gemmes kun som antal pr. netblok (/24 eller /48), og alt fra rapporter slettes efter 182 dage.",
        "",
      ].join("\n"),
    );
    expect((await selectors()).map(({ selector, passed }) => [selector, passed])).toEqual([
      ["selector1", 254],
      ["s2026", 17],
      ["k2", 3],
    ]);
  });

  test("changes nothing when the same reports come again, in another wrapping", async () => {
    await ingest(ALL.map(vector));
    const before = await selectors();
    const again = await written("again.xml.gz", gzipSync(await readFile(vector("google.xml"))));
    const { code, stdout } = await ingest([again, vector("streamed.zip"), vector("rfc9990.xml")]);
    expect([code, stdout]).toEqual([0, "4 rapporter læst: 0 nye, 4 talt med før.\n"]);
    expect(await selectors()).toEqual(before);
  });

  test("takes a folder, and says which files it passed over", async () => {
    const { code, stdout } = await ingest([VECTORS, "--lang", "en"]);
    expect(code).toBe(0);
    expect(stdout).toContain("8 reports read: 6 new, 2 counted before.\n1 other file in the folders was passed over.");
  });

  test("a wrong file is told with its place and what was expected; the others are taken in", async () => {
    const text = await readFile(vector("google.xml"), "utf8");
    const wrong = await written("wrong\u001b[2J.xml", text.replace("<count>3</count>", "<count>x</count>"));
    const { code, stdout, stderr } = await ingest([wrong, path.join(folder, "none.xml"), vector("yahoo.xml")]);
    expect(code).toBe(66);
    const shown = path.join(folder, "wrong\\u{1b}[2J.xml");
    expect(stderr.split("\n")).toEqual([
      `${shown}, linje 51: forventede et helt tal fra 0 til 1000000000 i <count>, fandt «x».`,
      `${path.join(folder, "none.xml")}: forventede en fil, fandt ingen.`,
      "",
    ]);
    expect(stdout).toContain("1 rapport læst: 1 ny.\n2 kunne ikke læses, se ovenfor.");
  });

  test("a report of the past is counted as such, one of the future is a problem", async () => {
    const text = await readFile(vector("google.xml"), "utf8");
    const dated = (year: number) => {
      const begin = Date.UTC(year, 0, 1) / 1000;
      return text.replace(/<begin>\d+/, `<begin>${begin}`).replace(/<end>\d+/, `<end>${begin + 86_399}`);
    };
    const old = await written("old.xml", dated(2025));
    const future = await written("future.xml", dated(2028));
    const nameless = await written("nameless.xml", text.replace("<domain>eksempelkommune.dk", "<domain>-"));
    const { code, stdout, stderr } = await ingest([old, future, nameless]);
    expect(code).toBe(66);
    expect(stdout).toContain("1 rapport læst: 0 nye, 1 ældre end 182 dage.");
    expect(stderr).toContain("future.xml: forventede en periode, der er begyndt, fandt en i fremtiden.");
    expect(stderr).toContain("nameless.xml: forventede et domænenavn i <policy_published>, fandt noget andet.");
    expect(await table.query("P#0101")).toEqual([]);
  });

  test("is there as JSON", async () => {
    const { code, stdout } = await ingest([vector("google.xml"), path.join(folder, "none.xml"), "--format", "json"]);
    expect(code).toBe(66);
    expect(JSON.parse(stdout)).toEqual({
      ...{ schema: "kravvagt/dmarc-ingest/1", municipality: "0101", interrupted: false, passedOver: 0 },
      reports: { new: 1, known: 0, old: 0 },
      domains: [
        {
          ...{ domain: "eksempelkommune.dk", messages: 213, passed: 212, blocks: 2, newSelectors: ["selector1", "k2"] },
          selectors: [expect.objectContaining({ selector: "selector1", passed: 212 }), expect.anything()],
        },
        {
          ...{ domain: "nyhedsbrev.eksempelkommune.dk", messages: 3, passed: 3, blocks: 1, newSelectors: [] },
          selectors: [],
        },
      ],
      problems: [
        {
          ...{ file: path.join(folder, "none.xml"), member: null, line: null },
          expected: { da: "forventede en fil, fandt ingen", en: "expected a file, found none" },
        },
      ],
    });
  });

  test("no report at all is no success", async () => {
    const { code, stdout } = await ingest([await written("notes.txt", "hello")]);
    expect([code, stdout]).toEqual([66, "0 rapporter læst: 0 nye.\n1 kunne ikke læses, se ovenfor.\n"]);
    const empty = await mkdtemp(path.join(folder, "empty-"));
    expect(await ingest([empty])).toMatchObject({
      code: 66,
      stderr: "Forventede rapporter (.xml, .gz eller .zip), fandt ingen.\n",
    });
  });

  test("an interrupt keeps what came before it", async () => {
    const signals = new EventEmitter();
    const openReports: Services["openReports"] = async (_, signal) => ({
      files: 2,
      reads: (async function* () {
        const { openReports: open } = await import("../../lib/adapters/report-files.ts");
        yield* (await open([vector("google.xml")], signal)).reads;
        signals.emit("SIGINT");
      })(),
    });
    const { code, stdout, stderr } = await ingest(["x"], { services: { ...services, openReports }, signals });
    expect([code, stderr]).toEqual([130, "Afbryder …\n"]);
    expect(stdout).toContain("1 rapport læst: 1 ny.");
    expect(await selectors()).toHaveLength(2);
  });

  test("shows progress on a terminal only", async () => {
    const { stderr } = await ingest(ALL.map(vector), { isTerminal: true });
    expect(stderr).toContain("6/6 filer");
    expect(stderr.endsWith("\r\u001b[K")).toBe(true);
  });

  test("forgets what is past, whatever comes in", async () => {
    await ingest([vector("google.xml")]);
    services = { ...services, now: () => NOW + 200 * 86_400_000 };
    await ingest([vector("google.xml")]);
    expect(await table.query("P#0101")).toEqual([]);
  });
});

describe("what it needs", () => {
  test("files", async () => {
    expect((await ingest([])).code).toBe(64);
  });

  test("a format that there is", async () => {
    expect((await ingest([vector("google.xml"), "--format", "csv"])).code).toBe(64);
  });

  test("a municipality, where the folder remembers several", async () => {
    await noteMunicipality(table, "0202");
    const { code, stderr } = await ingest([vector("google.xml")]);
    expect(code).toBe(64);
    expect(stderr).toContain("--municipality: 0101, 0202");
    expect((await ingest([vector("google.xml"), "--municipality", "0202"])).code).toBe(0);
    expect(await selectors()).toEqual([]);
  });

  test("a data folder that can be used", async () => {
    const openData = () => Promise.reject(new StoreError("unreadable", "/data", "no such folder"));
    const { code } = await ingest([vector("google.xml")], { services: { ...services, openData } });
    expect(code).toBe(74);
  });
});
