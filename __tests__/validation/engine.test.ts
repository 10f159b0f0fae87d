import { App } from "cdktf";
import { Construct } from "constructs";
import { checkEngine } from "../../src/validation/engine";
import { messageOf, testingApp } from "../support/synthesis";

/** An app as jsii compiles it: its class has its full name. */
function appNamed(fqn: string): typeof Construct {
  class Named extends Construct {}
  Object.defineProperty(Named, Symbol.for("jsii.rtti"), { value: { fqn, version: "1.0.0" } });
  return Named;
}

/** A construct in such an app. */
const inAppOf = (OfApp: typeof Construct): Construct => new Construct(new OfApp(undefined as never, ""), "Bitbucket");

test("the app of this engine is accepted, and an app that is derived from it", () => {
  class Own extends App {}

  expect(() => {
    checkEngine(new Construct(testingApp(), "Bitbucket"));
    checkEngine(new Construct(new Own(), "Bitbucket"));
  }).not.toThrow();
});

test("the app of the other engine is refused, with the package to install", () => {
  const message =
    /^Bitbucket: this package is for apps of cdkt[fn], and the app is one of cdktx: install cdktx-codestar-connections instead\.$/;
  class Derived extends appNamed("cdktx.App") {}

  expect(
    messageOf(() => {
      checkEngine(inAppOf(appNamed("cdktx.App")));
    }),
  ).toMatch(message);
  expect(
    messageOf(() => {
      checkEngine(inAppOf(Derived));
    }),
  ).toMatch(message);
});

test.each(["cdk8s.App", "aws-cdk-lib.App", "acme-cdktn.App", "cdktn.Application"])(
  "the app %s of another framework is not ours to judge",
  (fqn) => {
    expect(() => {
      checkEngine(inAppOf(appNamed(fqn)));
    }).not.toThrow();
  },
);
