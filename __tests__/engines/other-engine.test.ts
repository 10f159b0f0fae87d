import { join } from "node:path";
import * as cdktf from "cdktf";
import * as ours from "../../src";
import { messageOf } from "../support/synthesis";

const ENGINES = join(__dirname, "../../engines");
/* eslint-disable @typescript-eslint/no-require-imports -- what is loaded is the test's subject, and not installed for the types */
const cdktn = require(join(ENGINES, "node_modules/cdktn")) as typeof cdktf;
const packed = require(join(ENGINES, "package/lib/index.js")) as typeof ours;
/* eslint-enable @typescript-eslint/no-require-imports */

const connectionIn = (engine: typeof cdktf, library: typeof ours) => () =>
  new library.Connection(new engine.TerraformStack(engine.Testing.app(), "stack"), "Bitbucket", {
    name: "MyConnection",
    providerType: library.ProviderType.BITBUCKET,
  });

describe("an app of the other engine is refused at the first construct", () => {
  test("by the package for CDKTF", () => {
    expect(messageOf(connectionIn(cdktn, ours))).toBe(
      "stack/Bitbucket: this package is for apps of cdktf, and the app is one of cdktn: install cdktn-codestar-connections instead.",
    );
  });

  test("by the package for CDK Terrain", () => {
    expect(messageOf(connectionIn(cdktf, packed))).toBe(
      "stack/Bitbucket: this package is for apps of cdktn, and the app is one of cdktf: install cdktf-codestar-connections instead.",
    );
  });
});

describe("an app of a class that another package derives with jsii", () => {
  /** As jsii marks the class. */
  const derived = (engine: typeof cdktf, name: string): typeof cdktf.App => {
    class Derived extends engine.App {}
    Object.defineProperty(Derived, Symbol.for("jsii.rtti"), { value: { fqn: name, version: "1.0.0" } });
    return Derived;
  };
  const connectionInApp = (type: typeof cdktf.App, engine: typeof cdktf) => () =>
    new ours.Connection(new engine.TerraformStack(new type(), "stack"), "Bitbucket", {
      providerType: ours.ProviderType.BITBUCKET,
    });

  test.each(["acme.App", "acme.PlatformApp"])("and calls %s is of the engine that it derives from", (name) => {
    expect(connectionInApp(derived(cdktf, name), cdktf)).not.toThrow();
    expect(messageOf(connectionInApp(derived(cdktn, name), cdktn))).toContain(
      "install cdktn-codestar-connections instead",
    );
  });
});

describe("an app of the package's own engine is none", () => {
  test("for the package for CDKTF", () => {
    expect(connectionIn(cdktf, ours)).not.toThrow();
  });

  test("for the package for CDK Terrain", () => {
    expect(connectionIn(cdktn, packed)).not.toThrow();
  });
});
