import type { TlsProfile } from "../../lib/tls/profile.ts";
import { DK_BILAG1_INFERRED_2024 } from "./dk-bilag1-inferred-2024.ts";
import { NCSC_NL_2025_05 } from "./ncsc-nl-2025-05.ts";
import { RFC_9325 } from "./rfc9325.ts";

/** Every profile. A new one is one file and one line here. */
export const TLS_PROFILES: readonly TlsProfile[] = [DK_BILAG1_INFERRED_2024, NCSC_NL_2025_05, RFC_9325];

/** The profile that S27(c) is judged by unless another one is named. */
export const DEFAULT_TLS_PROFILE: TlsProfile = DK_BILAG1_INFERRED_2024;

/** The profile with this id, or null. */
export function profileOf(id: string): TlsProfile | null {
  return TLS_PROFILES.find((profile) => profile.id === id) ?? null;
}
