import { App } from "cdktf";
import type { IConstruct } from "constructs";
import { ValidationError } from "./validation-error";

/**
 * Refuses an app that is made with another engine than the one that this package is compiled for: the engines take each
 * other's constructs for their own, and fail at synthesis, with an error that names neither package.
 */
export function checkEngine(scope: IConstruct): void {
  const [ours, theirs] = [App, scope.node.root.constructor].map(nameOf);
  // An app of a class that is compiled with jsii has a name of its own, which tells nothing.
  if (ours === undefined || theirs === ours || !theirs?.endsWith(".App")) return;
  const [[engine = ""], [other = ""]] = [ours, theirs].map((name) => name.split(".")) as [string[], string[]];
  throw new ValidationError(scope.node.path, [
    `this package is for apps of ${engine}, and the app is one of ${other}: install ${other}-codestar-connections instead.`,
  ]);
}

/** The name that jsii gives to a class, such as `cdktf.App`, also to those below it. */
function nameOf(type: object): string | undefined {
  return (type as { readonly [RTTI]?: { readonly fqn: string } })[RTTI]?.fqn;
}

/** How jsii marks the classes that it compiles. */
const RTTI = Symbol.for("jsii.rtti");
