import { describe, expect, test } from "@jest/globals";
import { type Attempts, handshakesOf, nextToTry } from "../../../lib/probes/smtp/handshakes.ts";
import type { Attempt } from "../../../lib/probes/smtp/tls-handshake.ts";
import { derOf, ECDSA, ED25519, RSA } from "./loopback.ts";

const CHAINS = { rsa: derOf(RSA.chain), ecdsa: derOf(ECDSA.chain), ed25519: derOf(ED25519.chain), none: [] };
const completed = (chain: readonly string[]): Attempt => {
  return { outcome: "completed", protocol: "TLSv1.3", suite: "TLS_AES_256_GCM_SHA384", chain };
};
const unusable = (chain: readonly string[], code = "ERR_SSL_WRONG_SIGNATURE_TYPE"): Attempt => {
  return { outcome: "unusable", code, chain };
};
const alert = (number: number, chain: readonly string[] = []): Attempt => ({ outcome: "alert", alert: number, chain });
const closed: Attempt = { outcome: "closed", chain: [] };
const silent: Attempt = { outcome: "unobserved", cause: "tcp-timeout", detail: "silence" };

const rsaBeside = (...rsa: readonly Attempt[]): Attempts => ({ rsa, ecdsa: [completed(CHAINS.ecdsa)] });

function rsaOf(attempts: Attempts): string {
  const [{ outcome, cause, chain } = { outcome: "none", cause: null, chain: [] }] = handshakesOf(attempts);
  return [outcome, ...(cause === null ? [] : [cause]), ...(chain.length > 0 ? ["with a chain"] : [])].join(" ");
}

describe("one kind broke off, the other came about", () => {
  test.each([
    ["the other kind's certificate was presented all the same", [unusable(CHAINS.ecdsa)], "not-offered"],
    ["Ed25519 goes with ECDSA", [unusable(CHAINS.ed25519)], "not-offered"],
    ["by another name of OpenSSL's", [unusable(CHAINS.ecdsa, "ERR_SSL_WRONG_CERTIFICATE_TYPE")], "not-offered"],
    ["a certificate of the kind was presented", [unusable(CHAINS.rsa)], "unobserved protocol-error with a chain"],
    ["nothing was presented that can be read", [unusable(["AA=="])], "unobserved protocol-error"],
    ["nothing was presented", [unusable([])], "unobserved protocol-error"],
    ["alert 40", [alert(40)], "not-offered"],
    ["alert 40 after a certificate of the kind", [alert(40, CHAINS.rsa)], "unobserved tls-failed with a chain"],
    ["alert 80 twice", [alert(80), alert(80)], "not-offered"],
    ["alert 70 twice", [alert(70), alert(70)], "not-offered"],
    ["alert 80, then a hang-up", [alert(80), closed], "not-offered"],
    ["alert 80 once", [alert(80)], "unobserved tls-failed"],
    [
      "alert 80 twice, once after a certificate",
      [alert(80, CHAINS.rsa), alert(80)],
      "unobserved tls-failed with a chain",
    ],
    ["alert 80, then silence", [alert(80), silent], "unobserved tcp-timeout"],
    ["alert 51 twice", [alert(51), alert(51)], "unobserved tls-failed"],
    ["hung up twice", [closed, closed], "not-offered"],
    [
      "hung up after a certificate of the kind",
      [{ ...closed, chain: CHAINS.rsa }, closed],
      "unobserved connection-reset with a chain",
    ],
  ] as const)("%s", (_, rsa, said) => {
    expect(rsaOf(rsaBeside(...rsa))).toBe(said);
  });
});

describe("neither kind came about", () => {
  test.each([
    ["the other kind's certificate was presented", [unusable(CHAINS.ecdsa)], [alert(40)], "failed"],
    ["alert 80 twice", [alert(80), alert(80)], [alert(80)], "failed"],
    ["silence to the other", [unusable(CHAINS.ecdsa)], [silent], "unobserved tcp-timeout"],
    ["hung up on the other", [alert(80)], [closed, closed], "unobserved connection-reset"],
  ] as const)("%s", (_, rsa, ecdsa, said) => {
    expect(rsaOf({ rsa, ecdsa })).toBe(said);
  });
});

test.each([
  ["each kind once", { rsa: [closed], ecdsa: [] }, "ecdsa"],
  ["a kind that was hung up on", { rsa: [closed], ecdsa: [alert(40)] }, "rsa"],
  ["a kind that was given up on", rsaBeside(alert(80)), "rsa"],
  ["not when the other kind broke off, too", { rsa: [alert(80)], ecdsa: [alert(80)] }, null],
  ["not more than twice", rsaBeside(alert(80), alert(80)), null],
  ["not what was refused", rsaBeside(alert(40)), null],
] as const)("is tried next: %s", (_, attempts, next) => {
  expect(nextToTry(attempts)).toBe(next);
});
