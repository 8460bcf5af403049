/** What OpenSSL says of a chain that does not lead to a root it knows: most often the server leaves out an intermediate. */
const NO_ISSUER: ReadonlySet<string> = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Whether it depends on the browser if such a certificate is taken: some fetch or remember the one that is missing. */
export function lacksIntermediate(code: string): boolean {
  return NO_ISSUER.has(code);
}
