import { synthesised } from "../../release/everything";
import * as state from "../../release/state.json";
import { testingApp } from "../support/synthesis";

interface Blocks {
  readonly [type: string]: { readonly [name: string]: object };
}

interface Stack {
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly output: object;
  readonly check: { readonly [name: string]: { readonly data?: Blocks } };
  readonly moved?: readonly { readonly from: string }[];
}

/** What the last release has in its state. */
const RELEASED = [
  ...state.resources.map(({ mode, type, name }) => `${mode === "managed" ? "resource" : "data"}.${type}.${name}`),
  ...Object.keys(state.outputs).map((name) => `output.${name}`),
  ...state.check_results.filter(({ object_kind }) => object_kind === "check").map(({ config_addr }) => config_addr),
].sort();

/** What the sources make now, and where they say that something was before. */
function made(): { readonly addresses: string[]; readonly movedFrom: string[] } {
  const stack = JSON.parse(synthesised(testingApp())) as Stack;
  const inBlocks = (kind: string, blocks: Blocks = {}) =>
    Object.entries(blocks).flatMap(([type, named]) => Object.keys(named).map((name) => `${kind}.${type}.${name}`));
  return {
    addresses: [
      ...inBlocks("resource", stack.resource),
      ...[stack, ...Object.values(stack.check)].flatMap(({ data }) => inBlocks("data", data)),
      ...Object.keys(stack.output).map((name) => `output.${name}`),
      ...Object.keys(stack.check).map((name) => `check.${name}`),
    ],
    movedFrom: (stack.moved ?? []).map(({ from }) => `resource.${from}`),
  };
}

test("what the last release made has its address still, or is moved", () => {
  const { addresses, movedFrom } = made();
  const kept = new Set([...addresses, ...movedFrom]);

  expect(RELEASED.length).toBeGreaterThan(60);
  expect(RELEASED.filter((address) => !kept.has(address))).toEqual([]);
});

test("the program has each type of resource that the library makes", () => {
  const types = new Set(state.resources.map(({ mode, type }) => `${mode} ${type}`));

  expect([...types].sort()).toEqual([
    "data aws_codestarconnections_connection",
    "data aws_region",
    "managed aws_codeconnections_connection",
    "managed aws_codeconnections_host",
    "managed aws_codestarconnections_connection",
    "managed aws_codestarconnections_host",
    "managed aws_iam_policy",
    "managed aws_iam_role",
    "managed aws_iam_role_policy",
    "managed aws_iam_role_policy_attachment",
  ]);
});
