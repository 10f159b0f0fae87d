import { existsSync } from "node:fs";
import { join } from "node:path";

// Types are checked by `npm run types`; the transformer only strips them.
const common = {
  testEnvironment: "node",
  setupFiles: ["<rootDir>/__tests__/support/stack-traces.js"],
  // What is packed there has the name of this package.
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  // As in tsconfig.json.
  moduleNameMapper: { "^cdktf-codestar-connections$": "<rootDir>/src" },
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};

const unit = {
  ...common,
  displayName: "unit",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/(e2e|engines|cli)/"],
};

/** The unit tests again, with other packages in place of those that this project installs for itself. */
function unitOn(displayName, packages) {
  const moduleNameMapper = Object.fromEntries(
    Object.entries(packages).map(([name, other]) => [`^${name}(/.*)?$`, `<rootDir>/engines/node_modules/${other}$1`]),
  );
  return { ...unit, displayName, moduleNameMapper: { ...common.moduleNameMapper, ...moduleNameMapper } };
}

/** What needs engines/ to be installed, as `npm run test:engines` does. */
function onEngines() {
  return [
    unitOn("cdktn", {
      cdktf: "cdktn",
      "@cdktf/provider-aws": "@cdktn/provider-aws",
      constructs: "constructs",
    }),
    unitOn("provider-6", { "@cdktf/provider-aws": "@cdktf/provider-aws", constructs: "constructs" }),
    // The packages of both engines, and what they make.
    {
      ...common,
      displayName: "engines",
      testMatch: ["<rootDir>/__tests__/engines/**/*.test.ts"],
    },
  ];
}

/** @type {import("jest").Config} */
export default {
  reporters: ["default", "<rootDir>/__tests__/support/skipped-reporter.mjs"],
  projects: [
    unit,
    ...(existsSync(join(import.meta.dirname, "engines", "node_modules")) ? onEngines() : []),
    // The command, bundled and run as a process.
    {
      ...common,
      displayName: "command",
      testMatch: ["<rootDir>/__tests__/cli/**/*.test.ts"],
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
