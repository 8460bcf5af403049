/**
 * Selectors that administrators and signing software choose when nothing says otherwise, tried for any domain, in this order.
 * As of 2026-11-23: `mail` and `default` are what the guides of opendkim and cPanel name, `dkim` rspamd's default, the others the
 * ones of the largest providers (data/mail-providers.ts), which customers keep after a move. Patterns with dates cannot be
 * bounded and are left out.
 */
export const COMMON_SELECTORS: readonly string[] = [
  "mail",
  "default",
  "dkim",
  "selector1",
  "selector2",
  "s1",
  "s2",
  "k1",
  "google",
];
