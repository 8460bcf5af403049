import config from "./jest.config.mjs";

/** The unit tests of what `npm run mutate` alters: quick, so that hundreds of mutants take minutes. */
export default {
  ...config,
  testMatch: [
    "<rootDir>/test/core/*.test.ts",
    "<rootDir>/test/dnssec/{denial,denial-*,bogus,insecure,compact-denial,made-cases,work-bounds,forged-replies}.test.ts",
  ],
  testPathIgnorePatterns: [...config.testPathIgnorePatterns, "types\\.test\\.ts$"],
};
