import { CloudBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";

/** Where Terraform keeps the state of a stack. Without any, it is a file in the folder of the project. */
export interface State {
  /** A bucket of S3 that exists. */
  readonly stateBucket?: string;
  /** The region of that bucket, if it is not that of the pipeline. */
  readonly stateRegion?: string;
  /** An organisation of HCP Terraform. */
  readonly stateOrganization?: string;
}

/** Each pipeline has a state of its own, so that what is done to one leaves the others alone. */
export function keepState(stack: TerraformStack, name: string, ownRegion: string, state: State): void {
  const { stateBucket: bucket, stateRegion: region = ownRegion, stateOrganization: organization } = state;
  if (bucket !== undefined) {
    new S3Backend(stack, { bucket, key: `${name}.tfstate`, region, encrypt: true });
    // A file beside the state, which only one deploy can write. CDKTF 0.21 has no property for it.
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }
  if (organization !== undefined) {
    // A workspace's name has no dots.
    const workspaces = new NamedCloudWorkspace(name.replace(/[^A-Za-z0-9_-]/g, "-"));
    new CloudBackend(stack, { organization, workspaces });
  }
}
