import type { TerraformStack } from "cdktf";
import { ActivationGate, Connection, type IConnection, ProviderType } from "../../src";
import { type Block, newStack, newStacks, synthesise, type Synthesis, synthesisOf } from "../support/synthesis";

const ARN = "arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b";
const BITBUCKET = { providerType: ProviderType.BITBUCKET };

const typesIn = (synthesis: Synthesis): string[] =>
  Object.values(synthesis.top("check"))
    .flatMap(({ assert }) => assert as Block[])
    .map(({ condition }) => String(condition))
    .filter((condition) => condition.includes("provider_type"));

const gated = (stack: TerraformStack, connection: IConnection): unknown =>
  new ActivationGate(stack, "Gate", { connection });

describe("the type that the program says is compared with the one that is read", () => {
  test.each<[string, (stack: TerraformStack) => unknown]>([
    ["by name", (stack) => Connection.fromConnectionName(stack, "Existing", "shop", BITBUCKET)],
    [
      "with readStatus",
      (stack) => Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true, ...BITBUCKET }),
    ],
    [
      "by the reminder",
      (stack) => Connection.fromConnectionArn(stack, "Existing", ARN, { activationReminder: true, ...BITBUCKET }),
    ],
    ["by a gate", (stack) => gated(stack, Connection.fromConnectionArn(stack, "Existing", ARN, BITBUCKET))],
  ])("%s", (_, build) => {
    const [condition, ...others] = typesIn(synthesise(build));

    expect(others).toEqual([]);
    expect(condition).toMatch(/^\$\{data\.aws_codestarconnections_connection\.[\w-]+\.provider_type == "Bitbucket"\}$/);
  });

  test("by a gate in another stack", () => {
    const [connections, pipelines] = newStacks("connections", "pipelines");
    gated(pipelines, Connection.fromConnectionArn(connections, "Existing", ARN, BITBUCKET));

    expect(typesIn(synthesisOf(pipelines))).toHaveLength(1);
  });
});

describe("nothing is compared", () => {
  test.each<[string, (stack: TerraformStack) => unknown]>([
    ["where no type is given", (stack) => Connection.fromConnectionName(stack, "Existing", "shop")],
    ["where nothing is read", (stack) => Connection.fromConnectionArn(stack, "Existing", ARN, BITBUCKET)],
    ["for a connection that is made", (stack) => gated(stack, new Connection(stack, "Bitbucket", BITBUCKET))],
  ])("%s", (_, build) => {
    expect(typesIn(synthesise(build))).toEqual([]);
  });

  test("where another stack can't name what the type is an expression of", () => {
    const [connections, pipelines] = newStacks("connections", "pipelines");
    const providerType = ProviderType.of("${var.type}");
    gated(pipelines, Connection.fromConnectionArn(connections, "Existing", ARN, { providerType }));

    expect(typesIn(synthesisOf(pipelines))).toEqual([]);
  });
});

test("a connection that is read is compared once, whatever waits for it", () => {
  const stack = newStack();
  gated(stack, Connection.fromConnectionName(stack, "Existing", "shop", BITBUCKET));

  expect(typesIn(synthesisOf(stack))).toHaveLength(1);
});
