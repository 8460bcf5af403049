import type { Observation } from "../core/observation.ts";
import { ABSENT_TYPE, APEX_TYPES } from "../dnssec/domain-questions.ts";
import { indexBook } from "../dnssec/lookup.ts";
import { createValidator } from "../dnssec/validator.ts";
import { absolute, parseZoneName } from "../inventory/dns-name.ts";
import { inventoryOfAssets } from "../inventory/inventory.ts";
import { probeDnsChain } from "../probes/dns-chain.ts";
import { printableJson } from "../reports/printable.ts";
import type { Question } from "../wire/message.ts";
import { type Name, ROOT } from "../wire/name.ts";
import { CliError } from "./cli-error.ts";
import { type DnssecPicture, dnssecText } from "./dnssec-text.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { interruptible } from "./interrupt.ts";
import { loadInventory } from "./load-inventory.ts";
import type { Services } from "./services.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `dnssec` as the command line gives them. */
export interface DnssecOptions {
  readonly inventory?: string;
  readonly format?: string;
}

/** Draws the chain of trust to one name and what protects its records. 0: secure; 1: unsigned or broken; 2: not known. */
export async function dnssecCommand(text: string, options: DnssecOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const name = readName(text);
  const observation = await observe(name, options, services);
  const picture = pictureOf(name, observation);
  await terminal.result(
    format === "json"
      ? `${printableJson({ schema: "kravvagt/dnssec/1", ...picture })}\n`
      : dnssecText(picture, terminal.language, terminal.paint),
  );
  return exitCodeOf(picture);
}

/** Any name will do here, the root and top-level domains too. */
function readName(text: string): Name {
  if (text === ".") return ROOT;
  const name = parseZoneName(text);
  if (name.ok) return absolute(name.value);
  const { da, en } = name.expected;
  throw new CliError(EXIT.usage, { da: `${text}: forventede ${da}`, en: `${text}: expected ${en}` });
}

async function observe(name: Name, options: DnssecOptions, services: Services): Promise<Observation<"dns.chain">> {
  const { terminal, interrupts, openNetwork } = services;
  const files =
    options.inventory === undefined
      ? { inventory: inventoryOfAssets([]), trustAnchors: null, ca: null }
      : await loadInventory(options.inventory, terminal);
  const onFirst = (): void => {
    terminal.say({ da: "Afbrudt.", en: "Interrupted." });
  };
  return interruptible(interrupts, onFirst, async (signal) => {
    const network = await openNetwork(files, { signal });
    try {
      const observation = await probeDnsChain(name, name, [], network.context);
      if (!signal.aborted) return observation;
      throw new CliError(EXIT.interrupted);
    } finally {
      network.close();
    }
  });
}

/** Validates what was observed, as of when it was observed. */
export function pictureOf(name: Name, { observedAt, result }: Observation<"dns.chain">): DnssecPicture {
  if (result.state === "unobserved") return { name, observedAt, unobserved: result, walk: null, records: [] };
  const { anchors, book, randomName } = result.value;
  const lookup = indexBook(book);
  const validator = createValidator({ anchors, at: Date.parse(observedAt) / 1000 });
  const questions: readonly Question[] = [
    ...APEX_TYPES.map((type) => ({ name, type })),
    { name, type: ABSENT_TYPE },
    { name: randomName, type: "A" },
  ];
  const records = questions.map((question) => ({ question, classification: validator.classify(question, lookup) }));
  return { name, observedAt, unobserved: null, walk: validator.walkToZone(name, lookup), records };
}

function exitCodeOf({ walk, records }: DnssecPicture): ExitCode {
  const statuses = [
    ...(walk === null ? [] : [walk.status]),
    ...records.map(({ classification }) => classification.status),
  ];
  if (statuses.some((status) => status === "bogus" || status === "insecure")) return EXIT.fail;
  return statuses.length > 0 && statuses.every((status) => status === "secure") ? EXIT.pass : EXIT.indeterminate;
}
