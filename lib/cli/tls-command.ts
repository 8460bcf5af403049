import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { probeTlsEndpoints } from "../probes/tls/tls-endpoints.ts";
import { printableJson } from "../reports/printable.ts";
import { s27 } from "../requirements/s27/requirement.ts";
import type { ExitCode } from "./exit-code.ts";
import { exitCodeOfLook, judgedLines, judgeLook } from "./judged-look.ts";
import { lookOverNetwork } from "./look-over-network.ts";
import type { Services } from "./services.ts";
import { tlsPicture } from "./tls-picture.ts";
import { tlsProfileOption } from "./tls-profile-option.ts";
import { tlsSubject } from "./tls-subject.ts";
import { tlsLines } from "./tls-text.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `tls` as the command line gives them. */
export interface TlsOptions {
  readonly inventory?: string;
  readonly format?: string;
  readonly tlsProfile?: string;
  readonly active?: boolean;
}

/** The checks of S27 that read nothing but the TLS servers. */
const TLS_ONLY = {
  ...s27,
  clauses: s27.clauses.filter(({ id }) => s27.checks.some((check) => check.clause === id && isOfTls(check.needs))),
  checks: s27.checks.filter(({ needs }) => isOfTls(needs)),
};

function isOfTls(needs: readonly string[]): boolean {
  return needs.every((kind) => kind === "tls.endpoint");
}

/**
 * Profiles one TLS server at each of its addresses, and grades all that it takes. 0: everything holds by the profile; 1: something
 * does not; 2: not known. `--active` gives the consent for renegotiation and 0-RTT.
 */
export async function tlsCommand(text: string, options: TlsOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  const { language, paint } = terminal;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const named = await tlsProfileOption(options.tlsProfile);
  const { subject, observations } = await lookOverNetwork(
    options,
    services,
    (inventory) => {
      const asset = tlsSubject(text, inventory);
      const consented = options.active === true ? { ...asset, consent: "active" as const } : asset;
      return { asset: consented, inventory: withProfile(inventory, named) };
    },
    async ({ asset }, context) => ({ observations: await probeTlsEndpoints(asset, context) }),
  );
  const profile = subject.inventory.settings.tlsProfile ?? DEFAULT_TLS_PROFILE;
  const pictures = observations.map((each) => tlsPicture(each, profile));
  const judged = judgeLook(TLS_ONLY, subject, observations, language);
  if (format === "json") {
    const { id, version, hash } = profile;
    const told = { schema: "kravvagt/tls/1", name: subject.asset.name, profile: { id, version, hash } };
    await terminal.result(`${printableJson({ ...told, endpoints: pictures, judged })}\n`);
    return exitCodeOfLook(judged);
  }
  const tables = pictures.flatMap((picture) => [...tlsLines(picture, profile, language, paint), ""]);
  await terminal.result(`${[...tables, ...judgedLines(judged, language, paint)].join("\n")}\n`);
  return exitCodeOfLook(judged);
}

function withProfile(inventory: Inventory, tlsProfile: Inventory["settings"]["tlsProfile"] | null): Inventory {
  if (tlsProfile === null || tlsProfile === undefined) return inventory;
  return { ...inventory, settings: { ...inventory.settings, tlsProfile } };
}
