import { TerraformOutput } from "cdktf";
import { ActivationGate } from "../../../src";
import { aliased, ARN, connection, existing, type Mistake } from "./making";

export const activation: readonly Mistake[] = [
  (stack) => {
    new TerraformOutput(stack, "connection_arn", { value: "mine", staticId: true });
    return connection({ outputPrefix: "" })(stack, stack);
  },
  ...[undefined, ARN].map(
    (wrong): Mistake =>
      (stack) =>
        new ActivationGate(stack, "Gate", { connection: wrong as never }),
  ),
  (stack, other) => new ActivationGate(stack, "Gate", { connection: existing(stack), provider: aliased(other) }),
];
