import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cdktf as bindings } from "@cdktf/provider-aws/package.json";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  type App,
  DefaultTokenResolver,
  StringConcat,
  TerraformProvider,
  type TerraformResource,
  TerraformStack,
  Testing,
  Tokenization,
} from "cdktf";
import type { Construct } from "constructs";

/** One block of a synthesised stack: whatever Terraform's JSON holds; assertions say what. */
export interface Block {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON of many shapes
  [attribute: string]: any;
}

/** A synthesised stack: what Terraform will read. */
export class Synthesis {
  public constructor(public readonly json: string) {}

  /** The blocks of one kind and type, e.g. `blocks("resource", "aws_iam_policy")`, by their local names. */
  public blocks(kind: "resource" | "data", type: string): { [name: string]: Block } {
    return (this.all[kind]?.[type] ?? {}) as { [name: string]: Block };
  }

  /** The only block of one kind and type. */
  public only(kind: "resource" | "data", type: string): Block {
    const found = Object.values(this.blocks(kind, type));
    if (found.length !== 1) throw new Error(`There are ${found.length} blocks ${kind}.${type}, not one.`);
    return found[0] ?? {};
  }

  /** Everything under one top-level key, e.g. `top("output")`. */
  public top(kind: string): { [name: string]: Block } {
    return (this.all[kind] ?? {}) as { [name: string]: Block };
  }

  private get all(): Block {
    return JSON.parse(this.json) as Block;
  }
}

/** Where an app would write, though none of these does. With a folder of its own, each would leave that behind. */
const OUTDIR = join(tmpdir(), "cdktf-codestar-connections");
// Apps make what is missing, and can't do so at the same time.
mkdirSync(join(OUTDIR, "stacks"), { recursive: true });

/** A program whose stacks are synthesised by `Testing.synth`, so that nothing is written. */
export function testingApp(context: { readonly [key: string]: unknown } = {}): App {
  return Testing.app({ outdir: OUTDIR, context });
}

/** Whether the installed bindings are those of AWS provider 6 or newer. */
export const RESOURCES_TAKE_REGION = Number.parseInt(bindings.provider.version, 10) >= 6;

/** An AWS provider as other bindings than the installed ones make it. It is the stack's default one without an alias. */
export class ProviderOfVersion extends TerraformProvider {
  public readonly region = "us-east-1";

  public constructor(scope: Construct, providerVersion: string, alias?: string) {
    super(scope, alias ?? "aws", {
      terraformResourceType: "aws",
      terraformProviderSource: "aws",
      terraformGeneratorMetadata: { providerName: "aws", providerVersion },
    });
    this.alias = alias;
  }
}

/** A stack with the default AWS provider. */
export function newStack(region = "us-east-1"): TerraformStack {
  const stack = new TerraformStack(testingApp(), "stack");
  new AwsProvider(stack, "aws", { region });
  return stack;
}

/** Two stacks of one program, each with the default AWS provider. */
export function newStacks(...ids: readonly [string, string]): [TerraformStack, TerraformStack] {
  const app = testingApp();
  return ids.map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    return stack;
  }) as [TerraformStack, TerraformStack];
}

/** Synthesises one of several stacks, with validations on and what crosses between them. */
export function synthesisOf(stack: TerraformStack): Synthesis {
  stack.prepareStack();
  return new Synthesis(Testing.synth(stack, true));
}

/** Synthesises what `build` puts into a stack, with validations on. */
export function synthesise(build: (stack: TerraformStack) => unknown): Synthesis {
  const stack = newStack();
  build(stack);
  return new Synthesis(Testing.synth(stack, true));
}

/** The preconditions of a resource or data source, as they are rendered. */
export function preconditionsOf({ lifecycle, cdktfStack: scope }: TerraformResource): unknown {
  return Tokenization.resolve(lifecycle?.precondition, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

/** The message of the error that `action` throws. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("No error was thrown.");
}
