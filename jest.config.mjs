// Types are checked by `npm run types`; the transformer only strips them.
const common = {
  testEnvironment: "node",
  setupFiles: ["<rootDir>/__tests__/support/stack-traces.js"],
  // As in tsconfig.json.
  moduleNameMapper: { "^cdktf-codestar-connections$": "<rootDir>/src" },
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};

/** @type {import("jest").Config} */
export default {
  reporters: ["default", "<rootDir>/__tests__/support/skipped-reporter.mjs"],
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/e2e/"],
    },
    // What a newcomer runs besides the unit tests: the main job, on the real Terraform.
    {
      ...common,
      displayName: "journey",
      testMatch: ["<rootDir>/__tests__/e2e/journey.test.ts"],
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/e2e/journey.test.ts"],
    },
  ],
};
