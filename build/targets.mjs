/**
 * What the package is called in the languages that jsii generates it for, from its name and its repository: the line
 * `repository` of package.json is the only one to change.
 */
export function targetsOf({ name, repository }) {
  const { url } = repository;
  const [, owner = ""] = /github\.com\/([^/]+)\//.exec(url) ?? [];
  const plain = name.replaceAll("-", "");
  const pascal = name.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());
  return {
    python: { distName: name, module: name.replaceAll("-", "_") },
    java: {
      package: `io.github.${owner.replaceAll("-", "")}.${plain}`,
      maven: { groupId: `io.github.${owner}`, artifactId: name },
    },
    dotnet: { namespace: pascal, packageId: pascal },
    go: { moduleName: `github.com/${owner}/${name}-go`, packageName: plain },
  };
}
