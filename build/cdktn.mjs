/** What a package for CDK Terrain has in place of CDKTF's names, and what it needs installed. */

/** What an app of CDK Terrain has installed. Each minor version of it goes with one major version of the bindings. */
const PEERS = { "@cdktn/provider-aws": ">=25.5.0 <26.0.0", cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" };

/** Node.js, as the command line of CDK Terrain needs it. */
const NODE = ">=22.19.0";

/** The names of packages in imports and in Markdown, which stand in double quotes or backticks, and the name of this package. */
export function translated(text) {
  return text
    .replace(/(["`])(@?)cdktf(?=["`]|\/provider-aws)/g, "$1$2cdktn")
    .replace(/\bnpx cdktf\b/g, "npx cdktn")
    .replace(/\bcdktf(?=-codestar-connections)/g, "cdktn");
}

/** What a project installs first, as the page about moving has it, and as the README has it for CDKTF. */
const INSTALLATION = /npm init -y\n[^]*?(?=cp node_modules|\n```)/;

/**
 * The README: what it says of the clone, which is a program of CDKTF, stays; what it says of versions and of a project is
 * this package's.
 *
 * @param moving the page about moving to CDK Terrain
 */
export function readme(text, moving) {
  const versions = `## Versions

This is the package for [CDK Terrain](https://cdktn.io). It needs Terraform 1.5 or newer (older ones have no \`check\`), Node.js \`${NODE}\` and ${Object.entries(
    PEERS,
  )
    .map(([name, range]) => `\`${name}\` \`${range}\``)
    .join(
      ", ",
    )}. It is made from the same sources as the package for CDKTF. The library has no runtime dependency of its own.
`;
  const [installation] = INSTALLATION.exec(moving) ?? [];
  const section = /## Versions\n[^]*$/;
  if (!section.test(text) || !INSTALLATION.test(text))
    throw new Error("The README has no versions, or no installation.");
  return translated(text.replace(section, versions).replace(INSTALLATION, `${installation}\n`))
    .replace("CDKTF constructs", "CDK Terrain constructs")
    .replace("`npm ci && npm run pack:cdktf`", "`npm ci && npm ci --prefix engines && npm run pack:cdktn`");
}

/** The package.json. */
export function described({ name, description, keywords, bin, ...rest }) {
  return {
    name: translated(name),
    description: description.replace("CDKTF", "CDK Terrain"),
    keywords: keywords.map((keyword) => (keyword === "cdktf" ? "cdktn" : keyword)),
    // Under its own name, so that nobody is handed a stranger's package.
    bin: { [translated(name)]: Object.values(bin)[0] },
    ...rest,
    engines: { node: NODE },
    peerDependencies: PEERS,
  };
}
