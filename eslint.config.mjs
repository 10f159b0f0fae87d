import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** The folders of `src/`. Data flows one way: each imports only from those above it in this list. */
const FOLDERS = [
  "terraform",
  "validation",
  "aws-provider",
  "activation",
  "connection",
  "codepipeline",
  "pipeline-check",
  "source",
  "permissions",
  "pipeline-source",
];

export default tseslint.config(
  { ignores: ["lib/", "dist/", "cdktf.out/", "coverage/", "engines/package/", "bench/aws-cdk/"] },
  eslint.configs.recommended,
  { files: ["**/*.mjs"], languageOptions: { globals: { console: "readonly", process: "readonly" } } },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Constructs are made for their effect on the tree.
      "no-new": "off",
      "@typescript-eslint/explicit-member-accessibility": ["error", { accessibility: "explicit" }],
      // A class with nothing but static factories is jsii's way to say "one of several".
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // jsii knows index signatures, not `Record`.
      "@typescript-eslint/consistent-indexed-object-style": ["error", "index-signature"],
      // Constructs may come from another copy of the framework: what they have counts, not which class made them.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      ...restrictedImports(),
    },
  },
  {
    // What Terraform reads is untyped JSON; the assertions say what must be in it.
    files: ["__tests__/**"],
    rules: {
      // That is how an expression is given for an enum.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    // What is there to be copied names the package, as its users do.
    files: ["examples/**", "demo/**", "stacks/**"],
    ignores: ["stacks/library-rules.ts"],
    rules: restrictedImports({ regex: "(^|/)src(/|$)", message: 'Import from "cdktf-codestar-connections".' }),
  },
  {
    // The command is not loaded with the library, and loads no framework.
    files: ["cli/**"],
    rules: restrictedImports({
      regex: "^@?cdktf|(^|/)src/(?!pipeline-check/glob)",
      message: "The command loads no framework.",
    }),
  },
  ...FOLDERS.map((folder, index) => ({
    files: [`src/${folder}/**`],
    rules: onlyFrom(FOLDERS.slice(0, index)),
  })),
);

/** Forbids relative imports that leave a folder of `src/`, except into the folders named. */
function onlyFrom(folders) {
  const others = folders.length > 0 ? `(?!(?:${folders.join("|")})/)` : "";
  return restrictedImports({ regex: `^\\.\\./${others}`, message: "A folder imports only from the folders above it." });
}

/** Forbids imports by a pattern, and for all files the provider's root index: it takes seconds and hundreds of megabytes. */
function restrictedImports(...patterns) {
  const paths = [{ name: "@cdktf/provider-aws", message: "Import a sub-module: @cdktf/provider-aws/lib/<resource>." }];
  return { "@typescript-eslint/no-restricted-imports": ["error", { paths, patterns }] };
}
