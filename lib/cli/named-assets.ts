import type { Asset } from "../core/asset.ts";
import type { Requirement } from "../core/requirement.ts";
import { assetsNamed, type NamedAsset } from "../inventory/assets-of-name.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { CliError, usageError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";

/** What the NAME arguments stand for: assets of the inventory by id or name, else new ones. Throws for what is no name. */
export function readNames(names: readonly string[], known: readonly Asset[]): readonly NamedAsset[] {
  const byId = new Map<string, NamedAsset>();
  for (const name of names) {
    const named = assetsNamed(name, known);
    if (!named.ok) {
      const { da, en } = named.expected;
      throw new CliError(EXIT.usage, { da: `${name}: forventede ${da}`, en: `${name}: expected ${en}` });
    }
    for (const each of named.value)
      if (byId.get(each.asset.id)?.onlyWithAddress !== false) byId.set(each.asset.id, each);
  }
  if (byId.size === 0) {
    throw usageError(
      "Angiv mindst ét navn, eller en fortegnelse med --inventory.",
      "Give at least one name, or an inventory with --inventory.",
    );
  }
  return [...byId.values()];
}

/**
 * The assets to verify. A name that is a host only if it has an address is looked up, but only when some requirement asks
 * about hosts; without an answer it stays, so that silence does not make it disappear.
 */
export async function settleNames(
  named: readonly NamedAsset[],
  requirements: readonly Requirement[],
  context: ProbeContext,
): Promise<readonly Asset[]> {
  const settled = await Promise.all(
    named.map(async ({ asset, onlyWithAddress }) => {
      if (!onlyWithAddress) return [asset];
      const matters = requirements.some(({ appliesTo }) => appliesTo.includes(asset.kind));
      return matters && asset.kind === "host" && (await mayHaveAddress(asset.host, context)) ? [asset] : [];
    }),
  );
  return settled.flat();
}

async function mayHaveAddress(
  name: Parameters<ProbeContext["resolver"]["ask"]>[0]["name"],
  { resolver, signal }: ProbeContext,
): Promise<boolean> {
  const types = ["A", "AAAA"];
  const replies = await Promise.all(types.map((type) => resolver.ask({ name, type }, { signal })));
  return replies.some(
    (reply) => reply.state === "unobserved" || reply.value.answer.some(({ type }) => types.includes(type)),
  );
}
