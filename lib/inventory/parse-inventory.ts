import { warnAboutAuthorisations } from "./authorisation-links.ts";
import {
  DEFAULT_NETWORK,
  DEFAULT_SETTINGS,
  type EvidenceFile,
  type FileReference,
  type Inventory,
  markSettings,
  type NetworkSettings,
  type Place,
  type Settings,
} from "./inventory.ts";
import { INVENTORY_FIELDS } from "./inventory-form.ts";
import { oneOf } from "./issue-words.ts";
import { nearest } from "./nearest.ts";
import { parsePositioned, type PositionedDocument } from "./positioned-document.ts";
import { type FieldPath, fieldOf, inFileOrder, type InventoryProblem } from "./problem.ts";
import { isFields, ProblemList } from "./problem-list.ts";
import { readAssets } from "./read-assets.ts";
import { readAttestations, readAuthorisations, readExemptions, References } from "./read-statements.ts";
import { AssetIndex } from "./references.ts";
import { contactsForm, insideForm, municipalityForm, networkForm, readingForm, settingsForm } from "./settings-form.ts";
import { inventoryAttestationForm } from "./statement-form.ts";

/** An inventory, or everything that is wrong with it. Warnings concern what is allowed but probably not meant. */
export type ParsedInventory =
  | {
      readonly ok: true;
      readonly inventory: Inventory;
      readonly evidence: readonly EvidenceFile[];
      /** What `settings.tlsProfile` names: an id of data/tls-profiles, or a file. */
      readonly tlsProfile: FileReference | null;
      readonly warnings: readonly InventoryProblem[];
    }
  | { readonly ok: false; readonly problems: readonly InventoryProblem[] };

/** Reads the text of an inventory, YAML or JSON; `file` is only for naming. Touches nothing outside its arguments. */
export function parseInventory(text: string, file: string): ParsedInventory {
  const { document, problems } = parsePositioned(text.replace(/^\uFEFF/u, ""));
  const syntax = problems.map(({ position, ...words }) => ({ file, ...position, field: "", ...words }));
  const read = document === null ? null : readInventory(document, file);
  if (read !== null && syntax.length === 0) return read;
  return { ok: false, problems: inFileOrder([...syntax, ...(read?.ok === false ? read.problems : [])]) };
}

function readInventory(document: PositionedDocument, file: string): ParsedInventory {
  const problems = new ProblemList(file, document);
  const warnings = new ProblemList(file, document);
  if (!isFields(document.data)) {
    problems.add([], { da: "felter: version, municipality, assets …", en: "fields: version, municipality, assets …" });
    return { ok: false, problems: problems.inOrder() };
  }
  checkTopLevel(document.data, problems);
  const inventory = readSections(document.data, file, problems, warnings);
  const found = problems.inOrder();
  if (found.length > 0) return { ok: false, problems: found };
  const evidence = evidenceOf(inventory, problems);
  return {
    ok: true,
    inventory,
    evidence,
    tlsProfile: profileNamed(document.data, problems),
    warnings: warnings.inOrder(),
  };
}

function checkTopLevel(data: Readonly<Record<string, unknown>>, problems: ProblemList): void {
  for (const key of Object.keys(data)) {
    if (!INVENTORY_FIELDS.includes(key)) problems.addKey([key], fieldExpectation(key));
  }
  if (data.version !== 1) problems.add(["version"], { da: "tallet 1", en: "the number 1" });
}

function fieldExpectation(key: string): { da: string; en: string } {
  const near = nearest(key, INVENTORY_FIELDS);
  if (near !== null) return { da: `et kendt felt; mente du ${near}?`, en: `a known field; did you mean ${near}?` };
  const all = oneOf(INVENTORY_FIELDS);
  return { da: `et kendt felt: ${all.da}`, en: `a known field: ${all.en}` };
}

type Data = Readonly<Record<string, unknown>>;

function readSections(data: Data, file: string, problems: ProblemList, warnings: ProblemList): Inventory {
  const optional = <T>(key: string, form: Parameters<typeof problems.read<T>>[0]): T | undefined =>
    data[key] === undefined ? undefined : problems.read(form, data[key], [key]);
  const { assets, lineOf, links, unread } = readAssets(data.assets, problems);
  const references = new References(new AssetIndex(assets), unread, problems);
  const authorisations = readAuthorisations(data.authorisations, problems);
  warnAboutAuthorisations(links, authorisations, warnings);
  return markSettings({
    file,
    municipality: optional("municipality", municipalityForm) ?? null,
    reading: optional("reading", readingForm) ?? "kommune-2024",
    contacts: optional("contacts", contactsForm) ?? { email: [], sms: [] },
    assets,
    attestations: readAttestations(data.attestations, references, problems),
    exemptions: readExemptions(data.exemptions, references, problems),
    authorisations,
    inside: optional("inside", insideForm) ?? {},
    network: withPlaces(optional("network", networkForm), problems),
    settings: settingsOf(optional("settings", settingsForm)),
    inventoryAttestation: optional("inventoryAttestation", inventoryAttestationForm) ?? null,
    lineOf,
  });
}

/** The profile that they name is read with the other files. */
function settingsOf(settings: ReturnType<typeof settingsForm.parse> | undefined): Settings {
  if (settings === undefined) return DEFAULT_SETTINGS;
  const { k11Level, strict, confirmAfter, cadence } = settings;
  return {
    ...DEFAULT_SETTINGS,
    ...{ k11Level, strict },
    ...(confirmAfter === undefined ? {} : { confirmAfter }),
    ...(cadence === undefined ? {} : { cadence }),
  };
}

/** Only of settings that were read without a problem. */
function profileNamed({ settings }: Data, problems: ProblemList): FileReference | null {
  const named = isFields(settings) ? settings.tlsProfile : undefined;
  if (typeof named !== "string") return null;
  const path = ["settings", "tlsProfile"];
  return { path: named.trim(), field: fieldOf(path), ...problems.positionOf(path) };
}

function evidenceOf({ attestations }: Inventory, problems: ProblemList): readonly EvidenceFile[] {
  return attestations.flatMap(({ evidence }, index) => {
    if (evidence === undefined) return [];
    const path = ["attestations", index, "evidence", "file"];
    return [{ path: evidence.file, sha256: evidence.sha256, field: fieldOf(path), ...problems.positionOf(path) }];
  });
}

function withPlaces(network: ReturnType<typeof networkForm.parse> | undefined, problems: ProblemList): NetworkSettings {
  if (network === undefined) return DEFAULT_NETWORK;
  const { trustAnchors, ca, ...rest } = network;
  const placeOf = (...steps: FieldPath): Place => {
    const path = ["network", ...steps];
    return { field: fieldOf(path), ...problems.positionOf(path) };
  };
  const resolverPlaces = [
    ...(network.doh ?? []).map((_, index) => placeOf("doh", index)),
    ...(network.dns ?? []).map((_, index) => placeOf("dns", index)),
  ];
  return {
    ...rest,
    ...(resolverPlaces.length === 0 ? {} : { resolverPlaces }),
    ...(trustAnchors === undefined ? {} : { trustAnchors: { path: trustAnchors, ...placeOf("trustAnchors") } }),
    ...(ca === undefined ? {} : { ca: { path: ca, ...placeOf("ca") } }),
  };
}
