/** Tests run as native ES modules; types are stripped by Node itself (test/support/strip-types.mjs). */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/lab/"],
  modulePathIgnorePatterns: ["<rootDir>/.stryker-tmp/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/test/support/strip-types.mjs" },
  setupFiles: ["<rootDir>/test/support/only-loopback.ts"],
  coverageProvider: "v8",
  testTimeout: 20_000,
};
