import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A folder as `cdktf deploy` leaves it: the stack `shop` with what is to be made, and the state of what was. */
export function writeProject(folder: string, program: object, state: object): void {
  const local = join(folder, "terraform.shop.tfstate");
  const stack = join(folder, "cdktf.out/stacks/shop");
  mkdirSync(stack, { recursive: true });
  const manifest = { stacks: { shop: { name: "shop", synthesizedStackPath: "stacks/shop/cdk.tf.json" } } };
  writeFileSync(join(folder, "cdktf.out/manifest.json"), JSON.stringify(manifest));
  const backend = { terraform: { backend: { local: { path: local } } } };
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ ...backend, ...program }));
  writeFileSync(local, JSON.stringify(state));
}

/** A resource in a state. */
export function inState(mode: "managed" | "data", type: string, name: string, attributes: object): object {
  return { mode, type, name, provider: "aws", instances: [{ attributes }] };
}
