import { s3Client } from "../lib/adapters/aws-clients.ts";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import { createS3Evidence } from "../lib/adapters/s3-evidence.ts";
import type { EvidenceStore } from "../lib/ports.ts";
import { openMemory } from "./memory.ts";

export type Store = ReturnType<typeof openMemory> & { readonly evidence: EvidenceStore };

/** Memory, and the bucket of evidence that the environment names. Sends nothing yet. */
export function openStore(): Store {
  const { EVIDENCE_BUCKET } = settingsFrom(process.env, "EVIDENCE_BUCKET");
  return { ...openMemory(), evidence: createS3Evidence(s3Client(), EVIDENCE_BUCKET) };
}
