import { readFile } from "node:fs/promises";
import { profileOf, TLS_PROFILES } from "../../data/tls-profiles/index.ts";
import { renderProblem } from "../inventory/problem.ts";
import type { TlsProfile } from "../tls/profile.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";

/** The profile that `--tls-profile` names: one of the house by its id, else a file. Null where the option is not given. */
export async function tlsProfileOption(named: string | undefined): Promise<TlsProfile | null> {
  if (named === undefined) return null;
  const known = profileOf(named);
  if (known !== null) return known;
  const { parseTlsProfile } = await import("../inventory/tls-profile-file.ts");
  const parsed = parseTlsProfile(await textOf(named), named);
  if (parsed.ok) return parsed.profile;
  const words = parsed.problems.map((each) => ({ da: renderProblem(each, "da"), en: renderProblem(each, "en") }));
  throw new CliError(EXIT.input, ...words);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (typeof code !== "string") throw error;
    const ids = TLS_PROFILES.map(({ id }) => id).join(", ");
    throw new CliError(EXIT.input, {
      da: `--tls-profile: filen ${file} kan ikke læses (${code}), og de kendte profiler hedder ${ids}.`,
      en: `--tls-profile: the file ${file} cannot be read (${code}), and the known profiles are ${ids}.`,
    });
  }
}
