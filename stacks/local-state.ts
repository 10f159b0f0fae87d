import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Configuration } from "./configuration";
import { Inspection } from "./library-rules";

/** A Terraform state, as far as it is read here. */
interface LocalState {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes?: { readonly arn?: unknown } }[];
  }[];
}

/**
 * Holds a change against the state that lies beside the program, if one does: one that would make everything a second time,
 * and leave what is there, is refused. What a state elsewhere holds is not known at synthesis.
 *
 * @param outdir where the app writes its stacks
 */
export function inspectLocalState(configuration: Configuration, outdir: string, folder = process.cwd()): Inspection {
  const { pipelineName, region } = configuration;
  const file = `terraform.${pipelineName}.tfstate`;
  const resources = (stateIn(join(folder, file)).resources ?? []).filter(({ mode }) => mode === "managed");
  const elsewhere = (["stateBucket", "stateOrganization"] as const).find((key) => configuration[key] !== undefined);
  // Terraform remembers in it where the state was, and then offers to move it.
  const memory = resolve(folder, outdir, "stacks", pipelineName, ".terraform", "terraform.tfstate");
  const regions = resources
    .filter(({ type }) => type === "aws_codepipeline")
    .flatMap(({ instances }) => instances.map(({ attributes }) => String(attributes?.arn).split(":")[3]));
  const [other] = regions.filter((each) => each !== undefined && each !== "" && each !== region);
  return new Inspection()
    .fact(
      `${elsewhere ?? ""} is given, but ${file} has the state of ${resources.length} resources, which Terraform would make a ` +
        `second time. To move it, set ${elsewhere ?? ""} to null, run "npx cdktf diff", set it again, and run "npx cdktf deploy ` +
        '--migrate-state". If it was moved, move the file away',
      elsewhere === undefined || resources.length === 0 || existsSync(memory),
    )
    .fact(
      `region can't become "${region}": the pipeline "${pipelineName}" is in ${other ?? ""}, says ${file}, and would stay there. ` +
        `Destroy it first, with the region "${other ?? ""}", or give another pipelineName`,
      other === undefined,
    );
}

/** Nothing where there is no state, or one that Terraform itself will complain about. */
function stateIn(path: string): LocalState {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LocalState;
  } catch {
    return {};
  }
}
