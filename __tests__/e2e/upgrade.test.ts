import { type PlannedChange, TerraformProject } from "../../local-aws/terraform";
import { makeExisting, synthesised } from "../../release/everything";
import { textOf } from "../support/documentation";
import { testingApp } from "../support/synthesis";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";

/** What a person activated, or set up. */
const ACTIVATED = /_(connection|host)$/;

/** A change as the announcement has it: `aws_iam_policy`: update. */
function line({ type, change }: PlannedChange): string {
  return `\`${type}\`: ${change.actions.join(" and ")}`;
}

describeOnTerraform("a state of the last release", () => {
  const account = accountOfSuite();
  let project: TerraformProject;
  let changes: PlannedChange[] = [];
  beforeAll(async () => {
    makeExisting(account());
    const files = {
      "cdk.tf.json": synthesised(testingApp()),
      "terraform.tfstate": textOf("release/state.json"),
    };
    project = await TerraformProject.createIn(files, account().environment);
    // What the state knows is not in this account.
    const planned = await project.plannedChanges("-refresh=false");
    changes = planned.filter(({ mode, change }) => mode === "managed" && !change.actions.includes("no-op"));
  });
  afterAll(() => {
    project.remove();
  });

  test("has no connection and no host that the sources of today replace or destroy", () => {
    expect(changes.filter(({ type }) => ACTIVATED.test(type)).map(line)).toEqual([]);
  });

  test("is changed as is announced for the next release, and in no other way", () => {
    const announced = textOf("release/after-upgrade.md").match(/`aws_\w+`: [a-z]+( and [a-z]+)*/g) ?? [];

    expect([...new Set(changes.map(line))].sort()).toEqual(announced.sort());
  });
});
