import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Testing } from "cdktf";
import { ActivationReminder, Connection, ConnectionPolicy, PipelineSource, SourceAction } from "../src";
import { newStack } from "./support/synthesis";

// A caller without a type checker can give anything. It must meet a sentence, and never an error of JavaScript's own.
const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
const circular: { [key: string]: unknown } = {};
circular.itself = circular;
const ODD: readonly unknown[] = [
  ...[null, 5, true, "text", "", [], ["text"], [null], [undefined], {}, { a: 5 }, circular, 5n, () => "x", Symbol("x")],
  ...[Number.NaN, new Date(0), new IamRole(newStack(), "Role", { assumeRolePolicy: "{}" })],
];

const stack = newStack();
const existing = Connection.fromConnectionArn(stack, "Existing", ARN);
const settings = { connection: existing, repository: "acme/shop", branch: "main", pipelineRoleNames: ["pipeline"] };
let count = 0;

type Make = (props: never, id: string) => unknown;
const SUBJECTS: readonly [string, Make, object, readonly string[]][] = [
  [
    "Connection",
    (props, id) => new Connection(stack, id, props),
    { name: "x", providerType: "Bitbucket" },
    ["name", "providerType", "hostArn", "tags", "allowAnyRegion", "provider"],
  ],
  [
    "SourceAction",
    (props) => new SourceAction(props),
    settings,
    [
      ...["connection", "repository", "branch", "outputFormat", "detectChanges", "actionName"],
      ...["outputArtifactName", "namespace", "runOrder"],
    ],
  ],
  [
    "PipelineSource",
    (props, id) => new PipelineSource(stack, id, props),
    settings,
    [
      ...["connection", "repository", "branch", "outputFormat", "stageName", "pipelineRoleNames", "buildRoleNames"],
      ...["inlinePolicies", "provider"],
    ],
  ],
  [
    "ConnectionPolicy",
    (props, id) => new ConnectionPolicy(stack, id, props),
    { connections: [existing], roleNames: ["pipeline"] },
    ["connections", "roleNames", "inline", "provider"],
  ],
  [
    "ActivationReminder",
    (props, id) => new ActivationReminder(stack, id, props),
    { connection: undefined },
    ["connection", "outputPrefix", "readStatus", "provider"],
  ],
];

/** What becomes of it: nothing, our sentences, or something else. */
function outcome(make: () => unknown): string {
  try {
    make();
    return "made";
  } catch (error) {
    const { name, message } = error as Error;
    return name === "ValidationError" ? "refused" : `${name}: ${message}`;
  }
}

describe.each(SUBJECTS)("%s", (_, make, good, properties) => {
  const outcomes = (props: unknown) => outcome(() => make(props as never, `Subject${++count}`));

  test.each(properties)("with an odd %s is made or refused with a sentence", (property) => {
    const others = ODD.map((value) => outcomes({ ...good, [property]: value })).filter(
      (result) => result !== "made" && result !== "refused",
    );

    expect(others).toEqual([]);
  });

  test("with no properties, or with something else in their place, is refused with a sentence", () => {
    expect(new Set([undefined, ...ODD].map(outcomes))).toEqual(new Set(["refused"]));
  });
});

test("an existing connection with odd options or an odd ARN is made or refused with a sentence", () => {
  const byOptions = ODD.map((options) =>
    outcome(() => Connection.fromConnectionArn(stack, `Subject${++count}`, ARN, options as object)),
  );
  const byArn = ODD.map((arn) =>
    outcome(() => Connection.fromConnectionArn(stack, `Subject${++count}`, arn as string)),
  );

  expect(new Set(byOptions)).toEqual(new Set(["made"]));
  expect(new Set(byArn)).toEqual(new Set(["refused"]));
});

test("what is refused is made only in the tree, and what is made still synthesises", () => {
  expect(() => JSON.parse(Testing.synth(stack, false)) as unknown).not.toThrow();
});

test("a construct in the place of its attribute is named in the sentence", () => {
  const role = new IamRole(newStack(), "Role", { assumeRolePolicy: "{}" });
  const props = { connections: [existing], roleNames: [role as unknown as string] };

  expect(() => new ConnectionPolicy(stack, "Slip", props)).toThrow(
    "stack/Slip: roleNames[0] must be a text. Given: the construct stack/Role, not one of its attributes.",
  );
});
