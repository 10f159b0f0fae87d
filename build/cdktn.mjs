/** What a package for CDK Terrain has in place of CDKTF's names, and what it needs installed. */

/** What an app of CDK Terrain has installed. Each minor version of it goes with one major version of the bindings. */
const PEERS = { "@cdktn/provider-aws": ">=25.5.0 <26.0.0", cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" };

/** The names of packages in imports and in Markdown, commands, and the name of this package. */
export function translated(text) {
  return text
    .replace(/(["`])(@?)cdktf(?=["`]|\/provider-aws)/g, "$1$2cdktn")
    .replace(/\bnpx cdktf\b/g, "npx cdktn")
    .replace(/\bnpm run pack:cdktf\b/g, "npm ci --prefix engines && npm run pack:cdktn")
    .replace(/\bcdktf(?=-codestar-connections)/g, "cdktn");
}

/** The package.json. */
export function described({ name, description, keywords, ...rest }) {
  return {
    name: translated(name),
    description: description.replace("CDKTF", "CDK Terrain"),
    keywords: keywords.map((keyword) => (keyword === "cdktf" ? "cdktn" : keyword)),
    ...rest,
    engines: { node: ">=22.19.0" },
    peerDependencies: PEERS,
  };
}
