import { createHash, X509Certificate } from "node:crypto";
import { createReadStream } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Bilingual } from "../core/messages.ts";
import { parseAnchorFile } from "../dnssec/anchor-file.ts";
import type { TrustAnchor } from "../dnssec/trust-anchor.ts";
import { profileOf } from "../../data/tls-profiles/index.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { EvidenceFile, FileReference, Inventory } from "./inventory.ts";
import { parseInventory } from "./parse-inventory.ts";
import { parseTlsProfile } from "./tls-profile-file.ts";
import { inFileOrder, type InventoryProblem, shortened, untranslated } from "./problem.ts";

/** Far above any municipality; below what would fill memory. */
const LARGEST_INVENTORY = 10 * 1024 * 1024;
const LARGEST_SIDE_FILE = 10 * 1024 * 1024;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu;

/** An inventory with the files it names. Null: the inventory names none. */
export interface InventoryFiles {
  readonly inventory: Inventory;
  readonly trustAnchors: readonly TrustAnchor[] | null;
  /** PEM certificates, as many as the file holds. */
  readonly ca: readonly string[] | null;
}

export type ReadInventory =
  | ({ readonly ok: true; readonly warnings: readonly InventoryProblem[] } & InventoryFiles)
  | { readonly ok: false; readonly problems: readonly InventoryProblem[] };

/**
 * Reads an inventory and the trust anchors and certificates it names, relative to its folder. A document of evidence may
 * lie elsewhere (it is often confidential): its absence is a warning, but contents that differ from the hash are a problem.
 */
export async function readInventory(file: string): Promise<ReadInventory> {
  const text = await readText(file, LARGEST_INVENTORY);
  if ("expected" in text) return { ok: false, problems: [{ file, line: 1, column: 1, field: "", ...text }] };
  return readInventoryText(text.value, file);
}

/**
 * As readInventory, for a text that is at hand. `file` names it, and files that it names are relative to its folder, unless
 * `sideFiles` holds their texts, by the path that the inventory gives.
 */
export async function readInventoryText(
  text: string,
  file: string,
  sideFiles: ReadonlyMap<string, string> = new Map(),
): Promise<ReadInventory> {
  const parsed = parseInventory(text, file);
  if (!parsed.ok) return parsed;
  const { inventory, evidence, tlsProfile: named, warnings } = parsed;
  const problems: InventoryProblem[] = [];
  const missing: InventoryProblem[] = [];
  const read = { file, sideFiles, problems };
  const trustAnchors = await readSideFile(inventory.network.trustAnchors, parseAnchors, read);
  const ca = await readSideFile(inventory.network.ca, parseCertificates, read);
  const tlsProfile = await readProfile(named, read);
  for (const each of evidence) await checkEvidence(file, each, problems, missing);
  if (problems.length > 0) return { ok: false, problems: inFileOrder(problems) };
  const judgedBy = tlsProfile === null ? inventory : withProfile(inventory, tlsProfile);
  return { ok: true, inventory: judgedBy, trustAnchors, ca, warnings: inFileOrder([...warnings, ...missing]) };
}

interface Fault {
  readonly found: Bilingual;
  readonly expected: Bilingual;
}

async function readText(file: string, limit: number): Promise<{ readonly value: string } | Fault> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file, { end: limit }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    return unreadable(file, error);
  }
  if (size > limit) {
    const wanted = { da: `højst ${limit} bytes`, en: `at most ${limit} bytes` };
    return { found: { da: `${file}, som er større`, en: `${file}, which is larger` }, expected: wanted };
  }
  try {
    return { value: new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch {
    const found = { da: `${file}, som ikke er UTF-8`, en: `${file}, which is not UTF-8` };
    return { found, expected: { da: "tekst i UTF-8", en: "text in UTF-8" } };
  }
}

const WHY: Readonly<Record<string, Bilingual>> = {
  ENOENT: { da: "som ikke findes", en: "which does not exist" },
  ENOTDIR: { da: "som ikke findes", en: "which does not exist" },
  EACCES: { da: "som ikke må læses", en: "which may not be read" },
  EPERM: { da: "som ikke må læses", en: "which may not be read" },
  EISDIR: { da: "som er en mappe", en: "which is a folder" },
};

function unreadable(file: string, error: unknown): Fault {
  const { code } = error as { readonly code?: unknown };
  const why = typeof code === "string" ? WHY[code] : undefined;
  if (why === undefined) throw error;
  const found = { da: `filen ${file}, ${why.da}`, en: `the file ${file}, ${why.en}` };
  return { found, expected: { da: "en fil, der kan læses", en: "a file that can be read" } };
}

interface SideReading {
  readonly file: string;
  readonly sideFiles: ReadonlyMap<string, string>;
  readonly problems: InventoryProblem[];
}

async function readSideFile<T>(
  reference: FileReference | undefined,
  parse: (text: string, path: string) => { readonly value: T } | Fault,
  { file, sideFiles, problems }: SideReading,
): Promise<T | null> {
  if (reference === undefined) return null;
  const path = resolve(dirname(file), reference.path);
  const atHand = sideFiles.get(reference.path);
  const text = atHand === undefined ? await readText(path, LARGEST_SIDE_FILE) : { value: atHand };
  const result = "expected" in text ? text : parse(text.value, path);
  if ("value" in result) return result.value;
  problems.push(at(file, reference, result));
  return null;
}

/** A profile of the house by its id, else a file; what is wrong within the file is told at its own place. */
async function readProfile(named: FileReference | null, read: SideReading): Promise<TlsProfile | null> {
  if (named === null) return null;
  const known = profileOf(named.path);
  if (known !== null) return known;
  return readSideFile(
    named,
    (text, path) => {
      const parsed = parseTlsProfile(text, path);
      if (parsed.ok) return { value: parsed.profile };
      const [first] = parsed.problems;
      return {
        found: shortenedProblem(path, first),
        expected: first?.expected ?? untranslated("kravvagt/tls-profile/1"),
      };
    },
    read,
  );
}

function shortenedProblem(path: string, problem: InventoryProblem | undefined): Bilingual {
  if (problem === undefined) return untranslated(path);
  const where = `${path}:${String(problem.line)}:${String(problem.column)}: ${problem.field}`;
  return { da: `${where}: ${problem.found.da}`, en: `${where}: ${problem.found.en}` };
}

function withProfile(inventory: Inventory, tlsProfile: TlsProfile): Inventory {
  return { ...inventory, settings: { ...inventory.settings, tlsProfile } };
}

function at(file: string, { field, line, column }: FileReference, fault: Fault): InventoryProblem {
  return { file, line, column, field, ...fault };
}

function parseAnchors(text: string, path: string): { readonly value: readonly TrustAnchor[] } | Fault {
  const anchors = parseAnchorFile(text);
  if (anchors.ok && anchors.value.length > 0) return { value: anchors.value };
  const why = anchors.ok ? "" : ` (${shortened(anchors.problem)})`;
  return {
    found: { da: `${path} uden brugbare tillidsankre${why}`, en: `${path} without usable trust anchors${why}` },
    expected: {
      da: "en fil med DS- eller DNSKEY-poster som i en zonefil",
      en: "a file with DS or DNSKEY records as in a zone file",
    },
  };
}

function parseCertificates(text: string, path: string): { readonly value: readonly string[] } | Fault {
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return { value: blocks };
  return {
    found: { da: `${path} uden brugbare certifikater`, en: `${path} without usable certificates` },
    expected: { da: "en fil med certifikater i PEM", en: "a file with certificates in PEM" },
  };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

async function checkEvidence(
  file: string,
  evidence: EvidenceFile,
  problems: InventoryProblem[],
  missing: InventoryProblem[],
): Promise<void> {
  const path = resolve(dirname(file), evidence.path);
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    missing.push(at(file, evidence, unreadable(path, error)));
    return;
  }
  const actual = hash.digest("hex");
  if (actual === evidence.sha256) return;
  const found = { da: `${path} med SHA-256 ${actual}`, en: `${path} with SHA-256 ${actual}` };
  problems.push(at(file, evidence, { found, expected: untranslated(`SHA-256 ${evidence.sha256}`) }));
}
