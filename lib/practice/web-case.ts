import type { Expected } from "./practice-case.ts";

/** One web host or service of the practice municipality, what is wrong with it on purpose, and what must be said of it. */
export interface WebCase {
  /** As the inventory has it. Names are A-labels, lower case, no final dot; a service at its usual port goes without. */
  readonly asset: { readonly host: string } | { readonly service: string };
  /** Kebab-case; unique among all cases. */
  readonly class: string;
  readonly what: { readonly da: string; readonly en: string };
  /** What each requirement about the web must say of it; absent: not written down, or not asked of such an asset. */
  readonly web: { readonly S17?: Expected; readonly S27?: Expected; readonly K11?: Expected };
  readonly reason: string;
  /** Looking at it takes long: it is in the municipality only when it is named. */
  readonly slow?: true;
}

/** The id of a web case's asset. */
export function assetIdOf({ asset }: WebCase): string {
  return "host" in asset ? `host:${asset.host}` : `service:${asset.service}`;
}

/** What a person calls a web case's asset. */
export function assetNameOf({ asset }: WebCase): string {
  return "host" in asset ? asset.host : asset.service;
}
