import type { IConstruct } from "constructs";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";
import { nearest } from "../validation/nearest";
import { given, guessed, ValidationError } from "../validation/validation-error";
import { PIPELINE } from "./read-pipeline";
import { ERRORS, WARNINGS } from "./rules";

/** What the program says of the rules, by their ids. */
interface Adjustments {
  readonly acknowledged: string[];
  readonly lowered: string[];
}

/**
 * The check of one pipeline as a whole, which runs when the app is synthesised. Each of its messages ends with the id of
 * its rule in brackets, such as `[artifact-handed-over]`; docs/rules.md lists them. Here a program says that a message is
 * not for this pipeline.
 *
 * @example
 * PipelineCheck.of(pipeline).acknowledgeWarning("source-dependencies");
 */
export class PipelineCheck {
  /**
   * The check of a pipeline.
   *
   * @param pipeline an `aws_codepipeline`: a `Codepipeline` of the provider's bindings
   */
  public static of(pipeline: IConstruct): PipelineCheck {
    const { terraformResourceType } = pipeline as { terraformResourceType?: string };
    if (terraformResourceType !== PIPELINE) {
      throw new ValidationError(pipeline.node.path, ["PipelineCheck.of is for a pipeline: new Codepipeline(…)."]);
    }
    return new PipelineCheck(pipeline);
  }

  private constructor(private readonly pipeline: IConstruct) {}

  /**
   * Leaves the warnings of a rule out.
   *
   * @param ruleId the id of a rule that warns; one that is an error can only become a warning
   */
  public acknowledgeWarning(ruleId: string): void {
    this.demand(ruleId, "acknowledgeWarning", WARNINGS, ERRORS, "an error, which lowerToWarning makes a warning");
    adjustmentsOf(this.pipeline).acknowledged.push(ruleId);
  }

  /**
   * Makes the errors of a rule warnings: for what AWS accepts by now, and this library does not.
   *
   * @param ruleId the id of a rule that is an error
   */
  public lowerToWarning(ruleId: string): void {
    this.demand(ruleId, "lowerToWarning", ERRORS, WARNINGS, "a warning, which acknowledgeWarning leaves out");
    adjustmentsOf(this.pipeline).lowered.push(ruleId);
  }

  private demand(ruleId: string, method: string, rules: Ids, others: Ids, otherwise: string): void {
    const ids = rules.map(({ id }) => id);
    if (ids.includes(ruleId)) return;
    const meant = nearest(ruleId, ids);
    const sentence = others.some(({ id }) => id === ruleId)
      ? `${method}: the rule ${given(ruleId)} is ${otherwise}.`
      : `${method}: there is no rule ${given(ruleId)}${guessed(meant && given(meant)) || `. Its id stands at the end of the message.`}`;
    throw new ValidationError(this.pipeline.node.path, [sentence]);
  }
}

type Ids = readonly { readonly id: string }[];

const NONE: Adjustments = { acknowledged: [], lowered: [] };

function adjustmentsOf(pipeline: IConstruct): Adjustments {
  return sharedData<Adjustments>(pipeline, "adjustments", () => ({ acknowledged: [], lowered: [] }));
}

/** What the program says of the rules on a pipeline. */
export function adjustmentsIfAny(pipeline: IConstruct): Adjustments {
  return (sharedDataIfAny(pipeline, "adjustments") as Adjustments | undefined) ?? NONE;
}
