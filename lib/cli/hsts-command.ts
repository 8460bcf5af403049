import type { Asset } from "../core/asset.ts";
import { assetsNamed } from "../inventory/assets-of-name.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { probeHttpsRecord } from "../probes/web/https-record.ts";
import { probePreload } from "../probes/web/preload-status.ts";
import { probeWebEntries, probeWebVisits } from "../probes/web/web-visits.ts";
import { printableJson } from "../reports/printable.ts";
import { k11 } from "../requirements/k11/requirement.ts";
import { CliError } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { hstsPicture } from "./hsts-picture.ts";
import { hstsLines } from "./hsts-text.ts";
import { exitCodeOfLook, judgedLines, judgeLook } from "./judged-look.ts";
import { lookOverNetwork } from "./look-over-network.ts";
import type { Services } from "./services.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `hsts` as the command line gives them. */
export interface HstsOptions {
  readonly inventory?: string;
  readonly format?: string;
}

/**
 * Looks at every answer of one host that matters to HSTS, at each of its addresses, and at the names beside it. 0: all of K11 holds;
 * 1: something does not; 2: not known.
 */
export async function hstsCommand(text: string, options: HstsOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  const { language, paint } = terminal;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const { subject, visits, entries, https, preload } = await lookOverNetwork(
    options,
    services,
    (inventory) => ({ asset: siteNamed(text, inventory), inventory }),
    async ({ asset }, context) => {
      const [own, beside, record, listed] = await Promise.all([
        probeWebVisits(asset, context),
        probeWebEntries(asset, context),
        probeHttpsRecord(asset, context),
        probePreload(asset, context),
      ]);
      return { visits: own, entries: beside, https: record, preload: listed };
    },
  );
  const picture = hstsPicture(subject.asset.name, [...visits, ...entries], preload);
  const judged = judgeLook(k11, subject, [...visits, ...entries, https, preload], language);
  const lines = [...hstsLines(picture, language, paint), "", ...judgedLines(judged, language, paint)];
  await terminal.result(
    format === "json"
      ? `${printableJson({ schema: "kravvagt/hsts/1", ...picture, judged })}\n`
      : `${lines.join("\n")}\n`,
  );
  return exitCodeOfLook(judged);
}

/** A URL, or a host by its name: the inventory's own asset where it has one. */
function siteNamed(text: string, { assets }: Inventory): Asset {
  const named = assetsNamed(text.includes("://") ? text : `host:${text}`, assets);
  const site = named.ok
    ? named.value.map(({ asset }) => asset).find(({ kind }) => kind === "host" || kind === "url")
    : undefined;
  if (site !== undefined) return site;
  const wanted = named.ok ? { da: "en webadresse", en: "a web address" } : named.expected;
  throw new CliError(EXIT.usage, { da: `${text}: forventede ${wanted.da}`, en: `${text}: expected ${wanted.en}` });
}
