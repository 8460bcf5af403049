import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { probeTlsEndpoints } from "../probes/tls/tls-endpoints.ts";
import { printableJson } from "../reports/printable.ts";
import { s27 } from "../requirements/s27/requirement.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
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

/** What the verdict is not about. */
const SCOPE = {
  da: "Kun TLS er bedømt her. Om serveren også kan bruges ukrypteret, ser kravvagt verify på.",
  en: "Only TLS was judged here. Whether the server can also be used in clear is for kravvagt verify.",
} as const;

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
  const { subject, observations, interrupted } = await lookOverNetwork(
    options,
    services,
    (inventory) => {
      const asset = tlsSubject(text, inventory);
      const consented = options.active === true ? { ...asset, consent: "active" as const } : asset;
      return { asset: consented, inventory: withProfile(inventory, named) };
    },
    async ({ asset }, context) => ({ observations: await probeTlsEndpoints(asset, context) }),
    true,
  );
  const found = interrupted ? observations.filter(({ result }) => result.state === "observed") : observations;
  if (interrupted && found.length === 0) return EXIT.interrupted;
  const profile = subject.inventory.settings.tlsProfile ?? DEFAULT_TLS_PROFILE;
  const pictures = found.map((each) => tlsPicture(each, profile));
  // Half a look is shown and not judged.
  const judged = interrupted ? null : judgeLook(TLS_ONLY, subject, found, language);
  if (format === "json") {
    const { id, version, hash } = profile;
    const told = { schema: "kravvagt/tls/1", name: subject.asset.name, profile: { id, version, hash } };
    await terminal.result(`${printableJson({ ...told, interrupted, endpoints: pictures, judged })}\n`);
    return judged === null ? EXIT.interrupted : exitCodeOfLook(judged);
  }
  const tables = pictures.flatMap((picture) => [...tlsLines(picture, profile, language, paint), ""]);
  const verdict = judged === null ? [] : [...judgedLines(judged, language, paint), paint("faint", SCOPE[language])];
  await terminal.result(`${[...tables, ...verdict].join("\n")}\n`);
  return judged === null ? EXIT.interrupted : exitCodeOfLook(judged);
}

function withProfile(inventory: Inventory, tlsProfile: Inventory["settings"]["tlsProfile"] | null): Inventory {
  if (tlsProfile === null || tlsProfile === undefined) return inventory;
  return { ...inventory, settings: { ...inventory.settings, tlsProfile } };
}
