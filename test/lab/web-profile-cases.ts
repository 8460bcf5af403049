import type { WebLabCase } from "./web-case.ts";

/** It takes CBC beside GCM, which the default profile calls sufficient (tls-profile 2.2, T6). */
export const CBC_CASE: WebLabCase = {
  name: "cbc",
  places: [{ tls: ["ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA;"] }],
  expected: { S27: { verdict: "pass" }, K11: { verdict: "pass" } },
  reason: "tls-profile 2.2, T6: CBC is sufficient",
};

/** A municipality's own profile that forbids it. */
export const WITHOUT_CBC = {
  schema: "kravvagt/tls-profile/1",
  id: "uden-cbc",
  version: "1",
  source: "Kommunens egen TLS-politik",
  extends: "dk-bilag1-inferred-2024",
  suites: {
    cipher: { rows: Object.fromEntries(["AES_128_CBC", "AES_256_CBC"].map((cipher) => [cipher, "insufficient"])) },
  },
} as const;
