import { App } from "cdktf";
import type { IConstruct } from "constructs";
import { ValidationError } from "./validation-error";

/**
 * Refuses an app that is made with another engine than the one that this package is compiled for: the engines take each
 * other's constructs for their own, and fail at synthesis, with an error that names neither package.
 */
export function checkEngine(scope: IConstruct): void {
  const app = scope.node.root.constructor;
  if (ACCEPTED.has(app)) return;
  const [ours, theirs] = [App, app].map(rootNameOf);
  if (ours === undefined || theirs === undefined || theirs === ours || !ENGINE.test(theirs)) {
    ACCEPTED.add(app);
    return;
  }
  const [[engine = ""], [other = ""]] = [ours, theirs].map((name) => name.split(".")) as [string[], string[]];
  throw new ValidationError(scope.node.path, [
    `this package is for apps of ${engine}, and the app is one of ${other}: install ${other}-codestar-connections instead.`,
  ]);
}

/** The classes of apps that were looked at; a program has thousands of constructs, and one app. */
const ACCEPTED = new WeakSet<object>();

/** The name that jsii gives to the class directly below `Construct`, such as `cdktf.App`, whatever is derived from it. */
function rootNameOf(type: object): string | undefined {
  const names: string[] = [];
  for (let each: object | null = type; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    const info = Object.getOwnPropertyDescriptor(each, RTTI)?.value as { readonly fqn: string } | undefined;
    if (info !== undefined) names.push(info.fqn);
  }
  return names[names.indexOf("constructs.Construct") - 1];
}

/** The class of an app of either engine; apps of other frameworks are not ours to judge. */
const ENGINE = /^cdkt[a-z]\.App$/;

/** How jsii marks the classes that it compiles. */
const RTTI = Symbol.for("jsii.rtti");
