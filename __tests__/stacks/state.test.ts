import { Testing } from "cdktf";
import { keepState } from "../../stacks/state";
import { newStack } from "../support/synthesis";

const backendOf = (state: object): unknown => {
  const stack = newStack();
  keepState(stack, "shop.v1", "us-east-1", state);
  return (JSON.parse(Testing.synth(stack, true)) as { terraform: object }).terraform;
};

test("a state in a bucket has the name of the pipeline, is encrypted, and is locked", () => {
  expect(backendOf({ stateBucket: "acme-state", stateRegion: "eu-west-1" })).toMatchObject({
    backend: {
      s3: { bucket: "acme-state", key: "shop.v1.tfstate", region: "eu-west-1", encrypt: true, use_lockfile: true },
    },
  });
});

test("a state in a bucket is in the region of the pipeline by default", () => {
  expect(backendOf({ stateBucket: "acme-state" })).toMatchObject({ backend: { s3: { region: "us-east-1" } } });
});

test("a state in HCP Terraform has a workspace of the pipeline's name, without the dots", () => {
  expect(backendOf({ stateOrganization: "acme" })).toMatchObject({
    cloud: { organization: "acme", workspaces: { name: "shop-v1" } },
  });
});

test("without a place, the state is a file", () => {
  expect(backendOf({})).not.toHaveProperty("backend");
  expect(backendOf({})).not.toHaveProperty("cloud");
});
