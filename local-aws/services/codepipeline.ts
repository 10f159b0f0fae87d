import { arn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { jsonProtocol } from "../protocols/json";
import type { Operation, Service } from "../service";
import { checked } from "../shapes";
import { TagStore } from "../tag-store";
import { checkAction } from "./codepipeline-actions";
import { PipelineExecutions } from "./codepipeline-executions";
import { type PipelineDeclaration, shapes, tags } from "./codepipeline-shapes";
import { checkPipelineType, checkStructure } from "./codepipeline-structure";
import { checkTriggers, withDefaultTriggers } from "./codepipeline-triggers";

interface Pipeline {
  readonly arn: string;
  readonly created: number;
  readonly updated: number;
  readonly declaration: PipelineDeclaration;
}

/** What CodePipeline asks of the other services. */
export interface CodePipelineNeighbours {
  readonly roleExists?: (arn: string) => boolean;
  /** Nothing for an ARN that names no connection. */
  readonly connectionStatus?: (arn: string) => string | undefined;
}

/** AWS CodePipeline: a pipeline's declaration and tags, and its executions as far as the source stage. */
export class CodePipeline implements Service {
  public readonly signingName = "codepipeline";
  public readonly protocol = jsonProtocol("1.1");
  public readonly operations: Readonly<{ [key: string]: Operation }>;

  private readonly pipelines = new Map<string, Pipeline>();
  private readonly tags = new TagStore({
    limit: 50,
    tooManyCode: "TooManyTagsException",
    invalidCode: "InvalidTagsException",
  });

  private readonly executions: PipelineExecutions;

  public constructor(private readonly neighbours: CodePipelineNeighbours = {}) {
    this.executions = new PipelineExecutions(
      (name, scope) => this.pipeline(name, scope),
      (connectionArn) => neighbours.connectionStatus?.(connectionArn),
    );
    this.operations = {
      ...this.executions.operations,
      CreatePipeline: checked(shapes.createPipeline, ({ pipeline: wanted, tags: pairs }, scope) => {
        const pipelineArn = arn(scope, "codepipeline", wanted.name);
        if (this.pipelines.has(pipelineArn)) {
          throw new AwsError(
            "PipelineNameInUseException",
            `A pipeline with the name '${wanted.name}' already exists in account '${scope.accountId}'`,
          );
        }
        const declaration = { ...this.accept(wanted, scope), version: 1 };
        this.tags.add(pipelineArn, tags.read(pairs));
        this.pipelines.set(pipelineArn, { arn: pipelineArn, created: now(), updated: now(), declaration });
        this.executions.start(pipelineArn, declaration, "CreatePipeline");
        return { pipeline: declaration, tags: pairs };
      }),
      GetPipeline: checked(shapes.named, ({ name }, scope) => {
        const { arn: pipelineArn, created, updated, declaration } = this.pipeline(name, scope);
        return { pipeline: declaration, metadata: { pipelineArn, created, updated } };
      }),
      UpdatePipeline: checked(shapes.updatePipeline, ({ pipeline: wanted }, scope) => {
        const before = this.pipeline(wanted.name, scope);
        const declaration = { ...this.accept(wanted, scope), version: (before.declaration.version ?? 0) + 1 };
        this.pipelines.set(before.arn, { ...before, updated: now(), declaration });
        return { pipeline: declaration };
      }),
      // Deleting what is not there is no error in AWS.
      DeletePipeline: checked(shapes.named, ({ name }, scope) => {
        const pipelineArn = arn(scope, "codepipeline", name);
        this.pipelines.delete(pipelineArn);
        this.tags.forget(pipelineArn);
        this.executions.forget(pipelineArn);
      }),
      TagResource: checked(shapes.tagResource, ({ resourceArn, tags: pairs }) => {
        this.tags.add(this.known(resourceArn), tags.read(pairs));
      }),
      UntagResource: checked(shapes.untagResource, (input) => {
        this.tags.remove(this.known(input.resourceArn), input.tagKeys);
      }),
      ListTagsForResource: checked(shapes.resource, ({ resourceArn }) => ({
        tags: tags.write(this.tags.of(this.known(resourceArn))),
      })),
    };
  }

  public inventory(): string[] {
    return [...this.pipelines.keys()];
  }

  /** A declaration as AWS keeps it: checked, and with its defaults filled in. */
  private accept(wanted: PipelineDeclaration, scope: Scope): PipelineDeclaration {
    const declaration: PipelineDeclaration = {
      ...wanted,
      pipelineType: wanted.pipelineType ?? "V1",
      executionMode: wanted.executionMode ?? "SUPERSEDED",
      stages: wanted.stages.map((stage) => ({
        ...stage,
        actions: stage.actions.map((action) => ({
          configuration: {},
          inputArtifacts: [],
          outputArtifacts: [],
          runOrder: 1,
          ...action,
        })),
      })),
    };
    declaration.stages
      .flatMap(({ actions }) => actions)
      .forEach((action) => {
        checkAction(action, scope.region);
      });
    checkStructure(declaration);
    checkTriggers(declaration);
    checkPipelineType(declaration);
    if (this.neighbours.roleExists?.(declaration.roleArn) === false) {
      throw new AwsError(
        "InvalidStructureException",
        `CodePipeline is not authorized to perform AssumeRole on role ${declaration.roleArn}`,
      );
    }
    const triggers = withDefaultTriggers(declaration);
    return triggers.length > 0 ? { ...declaration, triggers } : declaration;
  }

  private pipeline(name: string, scope: Scope): Pipeline {
    const found = this.pipelines.get(arn(scope, "codepipeline", name));
    if (found !== undefined) return found;
    throw new AwsError(
      "PipelineNotFoundException",
      `Account '${scope.accountId}' does not have a pipeline with name '${name}'`,
    );
  }

  private known(pipelineArn: string): string {
    if (this.pipelines.has(pipelineArn)) return pipelineArn;
    throw new AwsError("ResourceNotFoundException", `The resource was not found: ${pipelineArn}`);
  }
}

/** AWS's JSON protocols write times as seconds. */
function now(): number {
  return Date.now() / 1000;
}
