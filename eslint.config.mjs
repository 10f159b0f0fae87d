import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["lib/", "dist/", "cdktf.out/", "coverage/"] },
  eslint.configs.recommended,
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
      // The provider's root index takes seconds and hundreds of megabytes to load; a sub-module takes milliseconds.
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "@cdktf/provider-aws", message: "Import a sub-module: @cdktf/provider-aws/lib/<resource>." }] },
      ],
    },
  },
  {
    // Data flows one way: a room imports only from the rooms above it (docs/decisions).
    files: ["src/validation/**"],
    rules: onlyFrom([]),
  },
  { files: ["src/connection/**"], rules: onlyFrom(["validation"]) },
  { files: ["src/source/**"], rules: onlyFrom(["validation", "connection"]) },
  { files: ["src/permissions/**"], rules: onlyFrom(["validation", "connection", "source"]) },
  { files: ["src/activation/**"], rules: onlyFrom(["validation", "connection", "source", "permissions"]) },
);

/** Forbids relative imports that leave the room, except into the rooms named. */
function onlyFrom(rooms) {
  const allowed = rooms.map((room) => `!../${room}/*`);
  return {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        paths: [{ name: "@cdktf/provider-aws", message: "Import a sub-module: @cdktf/provider-aws/lib/<resource>." }],
        patterns: [{ group: ["../*", ...allowed], message: "A room imports only from the rooms above it." }],
      },
    ],
  };
}
