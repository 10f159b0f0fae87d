import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutputFormat } from "../../src";
import { inspectLocalState } from "../../stacks/local-state";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-state-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const SHOP = {
  ...{ region: "us-east-1", pipelineName: "shop", repository: "acme/shop", branch: "main" },
  ...{ outputFormat: OutputFormat.CODE_ZIP, scopeToRepository: true, protectConnection: false },
};
const PIPELINE = {
  ...{ mode: "managed", type: "aws_codepipeline" },
  instances: [{ attributes: { arn: "arn:aws:codepipeline:us-east-1:123456789012:shop" } }],
};
const ROLE = { mode: "managed", type: "aws_iam_role", instances: [{ attributes: { arn: "arn:aws:iam::1:role/x" } }] };

/** What is said of a configuration beside a state with some resources; nothing, if nothing is wrong. */
const said = (changes: object, resources?: readonly object[]): string | undefined => {
  if (resources) writeFileSync(join(folder, "terraform.shop.tfstate"), JSON.stringify({ resources }));
  const inspection = inspectLocalState({ ...SHOP, ...changes }, "cdktf.out", folder);
  try {
    inspection.throwIfBroken("cdktf.json");
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe.each([
  ["stateBucket", { stateBucket: "acme-state" }],
  ["stateOrganization", { stateOrganization: "acme" }],
])("%s beside a local state", (key, elsewhere) => {
  test("is refused if Terraform would make everything a second time", () => {
    expect(said(elsewhere, [PIPELINE, ROLE, { ...ROLE, mode: "data" }])).toBe(
      `cdktf.json: ${key} is given, but terraform.shop.tfstate has the state of 2 resources, which Terraform would make a second ` +
        `time. To move it, set ${key} to null, run "npx cdktf diff", set it again, and run "npx cdktf deploy --migrate-state". If it ` +
        "was moved, move the file away.",
    );
  });

  test("can be given where Terraform remembers the old place, and moves the state", () => {
    const stack = join(folder, "cdktf.out/stacks/shop/.terraform");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "terraform.tfstate"), "{}");

    expect(said(elsewhere, [PIPELINE])).toBeUndefined();
  });

  test("can be given where the state has no resources, or there is none", () => {
    expect(said(elsewhere, [])).toBeUndefined();
    rmSync(join(folder, "terraform.shop.tfstate"));
    expect(said(elsewhere)).toBeUndefined();
  });
});

describe("another region than that of the pipeline in the local state", () => {
  test("is refused", () => {
    expect(said({ region: "eu-west-1" }, [ROLE, PIPELINE])).toBe(
      'cdktf.json: region can\'t become "eu-west-1": the pipeline "shop" is in us-east-1, says terraform.shop.tfstate, and would ' +
        'stay there. Destroy it first, with the region "us-east-1", or give another pipelineName.',
    );
  });

  test.each([
    ["the pipeline has another name", { region: "eu-west-1", pipelineName: "other" }, [PIPELINE]],
    ["there is no pipeline in the state", { region: "eu-west-1" }, [ROLE]],
    ["it is the same", {}, [PIPELINE]],
  ])("is nothing where %s", (_, changes, resources) => {
    expect(said(changes, resources)).toBeUndefined();
  });

  test("is nothing where the state can't be read: Terraform says that itself", () => {
    writeFileSync(join(folder, "terraform.shop.tfstate"), "");

    expect(said({ region: "eu-west-1" })).toBeUndefined();
  });
});
