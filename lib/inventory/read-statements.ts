import type { Attestation, Authorisation, Exemption } from "../core/statements.ts";
import { listOf, onceOnly, type ProblemList } from "./problem-list.ts";
import type { FieldPath } from "./problem.ts";
import type { AssetIndex } from "./references.ts";
import { attestationForm, authorisationForm, exemptionForm } from "./statement-form.ts";

/** Reads the section `authorisations`: each id once. */
export function readAuthorisations(section: unknown, problems: ProblemList): readonly Authorisation[] {
  const lineOf = new Map<string, number>();
  return listOf(section, ["authorisations"], problems).flatMap((item, index): readonly Authorisation[] => {
    const path = ["authorisations", index];
    const authorisation = problems.read(authorisationForm, item, path);
    if (authorisation === undefined) return [];
    const earlier = lineOf.get(authorisation.id);
    if (earlier !== undefined) problems.add([...path, "id"], onceOnly(earlier));
    else lineOf.set(authorisation.id, problems.lineOf([...path, "id"]));
    return [authorisation];
  });
}

/** Reads the section `attestations`, with its assets by id. */
export function readAttestations(
  section: unknown,
  references: References,
  problems: ProblemList,
): readonly Attestation[] {
  return listOf(section, ["attestations"], problems).flatMap((item, index): readonly Attestation[] => {
    const path = ["attestations", index];
    const attestation = problems.read(attestationForm, item, path);
    if (attestation === undefined) return [];
    const { assets } = attestation;
    if (assets === "all") return [{ ...attestation, assets }];
    const ids = Array.isArray(assets)
      ? assets.map((reference, place) => references.resolve(reference, [...path, "assets", place]))
      : [references.resolve(assets, [...path, "assets"])];
    return [{ ...attestation, assets: ids }];
  });
}

/** Reads the section `exemptions`, with its asset by id. */
export function readExemptions(section: unknown, references: References, problems: ProblemList): readonly Exemption[] {
  return listOf(section, ["exemptions"], problems).flatMap((item, index): readonly Exemption[] => {
    const path = ["exemptions", index];
    const exemption = problems.read(exemptionForm, item, path);
    if (exemption === undefined) return [];
    return [{ ...exemption, asset: references.resolve(exemption.asset, [...path, "asset"]) }];
  });
}

/** Resolves what statements call their assets, and notes what cannot be resolved. */
export class References {
  readonly #index: AssetIndex;
  readonly #unread: ReadonlySet<string>;
  readonly #problems: ProblemList;

  constructor(index: AssetIndex, unread: ReadonlySet<string>, problems: ProblemList) {
    this.#index = index;
    this.#unread = unread;
    this.#problems = problems;
  }

  resolve(reference: string, path: FieldPath): string {
    const found = this.#index.find(reference);
    if ("id" in found) return found.id;
    const bare = reference.toLowerCase();
    const concernsUnread = this.#unread.has(bare) || this.#unread.has(bare.slice(bare.indexOf(":") + 1));
    if (!concernsUnread) this.#problems.add(path, found.expected);
    return reference;
  }
}
