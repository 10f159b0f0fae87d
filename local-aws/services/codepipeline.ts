import { arn, callerArn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { page } from "../pages";
import { jsonProtocol } from "../protocols/json";
import type { Operation, Service } from "../service";
import { checked } from "../shapes";
import { TagStore } from "../tag-store";
import { checkAction } from "./codepipeline-actions";
import { PipelineExecutions } from "./codepipeline-executions";
import { type PipelineDeclaration, shapes, tags } from "./codepipeline-shapes";
import { now, type SourceNeighbours, SourceRuns, useOf } from "./codepipeline-source-runs";
import { checkPipelineType, checkStructure } from "./codepipeline-structure";
import { checkTriggers, withDefaultTriggers } from "./codepipeline-triggers";
import { type Push, Webhooks } from "./codepipeline-webhooks";
import { GitProvider } from "./git-provider";

interface Pipeline {
  readonly arn: string;
  readonly created: number;
  readonly updated: number;
  readonly declaration: PipelineDeclaration;
}

/** What CodePipeline asks of the other services. */
export interface CodePipelineNeighbours extends SourceNeighbours {
  readonly roleExists?: (arn: string) => boolean;
}

/** AWS CodePipeline: a pipeline's declaration and tags, and its executions as far as the source stage. */
export class CodePipeline implements Service {
  public readonly signingName = "codepipeline";
  public readonly protocol = jsonProtocol("1.1");
  public readonly operations: Readonly<{ [key: string]: Operation }>;

  /** What the connections lead to. */
  public readonly provider = new GitProvider();
  /** What GetPipeline answers besides what is declared, by the name of a pipeline: fields that AWS adds one day. */
  public readonly newerFields = new Map<string, object>();

  private readonly pipelines = new Map<string, Pipeline>();
  private readonly tags = new TagStore({
    limit: 50,
    tooManyCode: "TooManyTagsException",
    invalidCode: "InvalidTagsException",
  });

  private readonly executions: PipelineExecutions;
  private readonly webhooks: Webhooks;

  public constructor(private readonly neighbours: CodePipelineNeighbours = {}) {
    const sources = new SourceRuns(neighbours, this.provider);
    this.executions = new PipelineExecutions((name, scope) => this.pipeline(name, scope), sources, this.provider);
    this.webhooks = new Webhooks(sources);
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
        this.webhooks.register(pipelineArn, declaration);
        const trigger = { triggerType: "CreatePipeline", triggerDetail: callerArn(scope) } as const;
        this.executions.start(pipelineArn, declaration, trigger);
        return { pipeline: declaration, tags: pairs };
      }),
      GetPipeline: checked(shapes.named, ({ name }, scope) => {
        const { arn: pipelineArn, created, updated, declaration } = this.pipeline(name, scope);
        const pipeline = { ...masked(declaration), ...this.newerFields.get(name) };
        return { pipeline, metadata: { pipelineArn, created, updated } };
      }),
      ListPipelines: checked(shapes.listPipelines, ({ maxResults = 1000, nextToken: token }, scope) => {
        const own = [...this.pipelines.values()].filter(
          (each) => each.arn === arn(scope, "codepipeline", each.declaration.name),
        );
        const { items, nextToken } = page(own, maxResults, token, "InvalidNextTokenException");
        return { pipelines: items.map(listed), nextToken };
      }),
      UpdatePipeline: checked(shapes.updatePipeline, ({ pipeline: wanted }, scope) => {
        const before = this.pipeline(wanted.name, scope);
        const declaration = { ...this.accept(wanted, scope), version: (before.declaration.version ?? 0) + 1 };
        this.pipelines.set(before.arn, { ...before, updated: now(), declaration });
        this.webhooks.register(before.arn, declaration);
        return { pipeline: declaration };
      }),
      // Deleting what is not there is no error in AWS.
      DeletePipeline: checked(shapes.named, ({ name }, scope) => {
        const pipelineArn = arn(scope, "codepipeline", name);
        this.pipelines.delete(pipelineArn);
        this.tags.forget(pipelineArn);
        this.executions.forget(pipelineArn);
        this.webhooks.forget(pipelineArn);
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

  /** Does what a person does with `git push`, and tells the names of the pipelines that it started. */
  public push(push: Push): string[] {
    const { repository, branch, commitId } = push;
    this.provider.canonical(repository, branch);
    this.provider.commit(repository, branch, commitId);
    return [...this.pipelines.values()].flatMap(({ arn: own, declaration }) => {
      const source = this.webhooks.startedBy(own, declaration, push);
      if (source === undefined) return [];
      const triggerDetail = useOf(source).connectionArn;
      this.executions.start(own, declaration, { triggerType: "WebhookV2", triggerDetail });
      return declaration.name;
    });
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

/** A declaration as GetPipeline answers it, without the secret of a GitHub version 1 action. */
function masked(declaration: PipelineDeclaration): PipelineDeclaration {
  const stages = declaration.stages.map((stage) => ({
    ...stage,
    actions: stage.actions.map((action) => ({
      ...action,
      configuration: {
        ...action.configuration,
        ...(action.configuration?.OAuthToken === undefined ? {} : { OAuthToken: "****" }),
      },
    })),
  }));
  return { ...declaration, stages };
}

function listed({ declaration, created, updated }: Pipeline) {
  const { name, version, pipelineType, executionMode } = declaration;
  return { name, version, pipelineType, executionMode, created, updated };
}
