import { TerraformOutput } from "cdktf";
import { ActivationGate, ActivationReminder, Connection, ProviderType } from "../../../src";
import { aliased, ARN, existing, type Mistake, reminder } from "./making";

export const activation: readonly Mistake[] = [
  ...[
    { connection: undefined },
    { connection: ARN },
    { outputPrefix: "my prefix" },
    { outputPrefix: "${var.x}" },
    { check: "no" },
  ].map(reminder),
  () => ActivationReminder.of(undefined as never),
  (stack) => {
    const own = existing(stack);
    for (const id of ["One", "Two"]) new ActivationReminder(stack, id, { connection: own });
  },
  (stack) => {
    new TerraformOutput(stack, "connection_arn", { value: "mine", staticId: true });
    return reminder({ outputPrefix: "" })(stack, stack);
  },
  (stack, other) => reminder({ provider: aliased(other) })(stack, other),
  (stack, other) =>
    new ActivationReminder(stack, "Reminder", {
      connection: new Connection(other, "Connection", { providerType: ProviderType.BITBUCKET }),
    }),
  (stack) => new ActivationGate(stack, "Gate", { connection: undefined as never }),
  (stack, other) => new ActivationGate(stack, "Gate", { connection: existing(stack), provider: aliased(other) }),
];
