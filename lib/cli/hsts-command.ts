import { isIP } from "node:net";
import type { Asset } from "../core/asset.ts";
import { assetsNamed } from "../inventory/assets-of-name.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { probeHttpsRecord } from "../probes/web/https-record.ts";
import { withOwnHosts } from "../probes/web/own-hosts.ts";
import { probePreload } from "../probes/web/preload-status.ts";
import { probeWebEntries, probeWebVisits } from "../probes/web/web-visits.ts";
import { printableJson } from "../reports/printable.ts";
import { k11 } from "../requirements/k11/requirement.ts";
import { CliError } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { type HstsPicture, hstsPicture } from "./hsts-picture.ts";
import { hstsLines } from "./hsts-text.ts";
import { exitCodeOfLook, judgedLines, judgeLook } from "./judged-look.ts";
import { lookOverNetwork } from "./look-over-network.ts";
import type { Services } from "./services.ts";
import { declaresHost } from "../verify/plan.ts";
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
  const { subject, visits, entries, https, preload, interrupted } = await lookOverNetwork(
    options,
    services,
    (inventory) => ({ asset: siteNamed(text, inventory), inventory }),
    async ({ asset, inventory }, context) => {
      const isDeclared = (host: string): boolean => declaresHost(inventory, host);
      const [own, beside, record, listed] = await Promise.all([
        probeWebVisits(asset, context),
        probeWebEntries(asset, context),
        probeHttpsRecord(asset, context),
        probePreload(asset, context),
      ]);
      return {
        visits: withOwnHosts(own, isDeclared),
        entries: withOwnHosts(beside, isDeclared),
        https: record,
        preload: listed,
      };
    },
    true,
  );
  const seen = [...visits, ...entries];
  const found = interrupted ? seen.filter(({ result }) => result.state === "observed") : seen;
  if (interrupted && found.length === 0) return EXIT.interrupted;
  const whole = hstsPicture(subject.asset.name, found, preload);
  const picture = interrupted ? answeredOnly(whole) : whole;
  // Half a look is shown and not judged.
  const judged = interrupted ? null : judgeLook(k11, subject, [...found, https, preload], language);
  const verdict = judged === null ? [] : ["", ...judgedLines(judged, language, paint)];
  const lines = [...hstsLines(picture, language, paint), ...verdict];
  await terminal.result(
    format === "json"
      ? `${printableJson({ schema: "kravvagt/hsts/1", interrupted, ...picture, judged })}\n`
      : `${lines.join("\n")}\n`,
  );
  return judged === null ? EXIT.interrupted : exitCodeOfLook(judged);
}

/** What was cut short by an interrupt is no fault of anybody. */
function answeredOnly(picture: HstsPicture): HstsPicture {
  const hosts = picture.hosts.filter(({ answers }) => answers.length > 0).map((host) => ({ ...host, unseen: [] }));
  return { ...picture, hosts };
}

/** A URL, or a host by its name: the inventory's own asset where it has one. */
function siteNamed(text: string, { assets }: Inventory): Asset {
  const named = assetsNamed(urlOf(text), assets);
  const site = named.ok
    ? named.value.map(({ asset }) => asset).find(({ kind }) => kind === "host" || kind === "url")
    : undefined;
  if (site !== undefined) return site;
  const wanted = named.ok ? { da: "en webadresse", en: "a web address" } : named.expected;
  const shown = text.trim() === "" ? '""' : text;
  throw new CliError(EXIT.usage, { da: `${shown}: forventede ${wanted.da}`, en: `${shown}: expected ${wanted.en}` });
}

/** As a browser's address bar takes it: a name, or one with a port or a path, over HTTPS. */
function urlOf(text: string): string {
  if (text.includes("://")) return text;
  if (isIP(text) === 6) return `https://[${text}]/`;
  return /[/:]|^\s*$/u.test(text) || isIP(text) !== 0 ? `https://${text}` : `host:${text}`;
}
