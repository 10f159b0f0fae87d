import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { OutputFormat, ProviderType } from "../../src";
import type { Given, Program, Properties } from "./programs";

/** Gives values as the program wants them given: an expression's are those of Terraform variables. */
export class Values {
  private count = 0;

  public constructor(
    private readonly scope: Construct,
    private readonly program: Program,
  ) {}

  /** The properties of one construct. */
  public of(some: Properties): { [property: string]: unknown } {
    return Object.fromEntries(
      Object.entries(some).map(([property, each]) => [
        property,
        /roles|outputPrefix/i.test(property) ? this.own(each.value) : this.one(each),
      ]),
    );
  }

  /**
   * What the program gives in a place: the value, or something odd where the program is twisted; so are the members that
   * may be twisted.
   */
  public at(place: string, value: unknown, members: readonly string[] = []): never {
    const { at, value: odd } = this.program.twist ?? {};
    if (at === place) return odd as never;
    const member = members.find((name) => at === `${place}.${name}`);
    return (member === undefined ? value : { ...(value as object), [member]: odd }) as never;
  }

  /** Roles and outputs of this program alone: what others have is not its affair. */
  private own(names: unknown): unknown {
    if (names === "x_" || names === "y-") return `${names}${this.scope.node.id}`;
    const areNames = Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "");
    return areNames ? names.map((name) => `${String(name)}-${this.scope.node.id}`) : names;
  }

  private one({ value, as }: Given): unknown {
    if (as === "literal") return value;
    if (value instanceof OutputFormat) return OutputFormat.of(this.expression(value.value, as));
    if (value instanceof ProviderType) return ProviderType.of(this.expression(value.value, as));
    return this.expression(String(value), as);
  }

  private expression(value: string, as: Given["as"]): string {
    const known = as === "mixed" ? value.slice(1) : "";
    const variable = new TerraformVariable(this.scope, `Variable${this.count++}`, {
      ...{ type: "string", default: known === "" ? value : value.slice(0, 1) },
    });
    if (as === "typed") {
      variable.overrideLogicalId(`${this.scope.node.id}_typed${this.count}`);
      return `\${var.${this.scope.node.id}_typed${this.count}}`;
    }
    return variable.stringValue + known;
  }
}
