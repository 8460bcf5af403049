import config from "./jest.config.mjs";

/**
 * The unit tests of what `npm run mutate` alters: quick, so that hundreds of mutants take minutes. The state machine's properties
 * run thousands of looks for each mutant and are left out: its scenarios have to notice by themselves.
 */
export default {
  ...config,
  testMatch: [
    "<rootDir>/test/core/*.test.ts",
    "<rootDir>/test/dnssec/{denial,denial-*,bogus,insecure,compact-denial,made-cases,work-bounds,forged-replies}.test.ts",
  ],
  testPathIgnorePatterns: [
    ...config.testPathIgnorePatterns,
    "types\\.test\\.ts$",
    "core/reduce\\.property",
    "core/reduce-writers",
  ],
};
