import { arn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { jsonProtocol } from "../protocols/json";
import type { Operation, Service } from "../service";
import { checked, type Of, type Shape } from "../shapes";
import { TagStore } from "../tag-store";
import { shapes, tags } from "./codebuild-shapes";

type ProjectInput = Of<typeof shapes.createProject>;

interface Project extends ProjectInput {
  readonly arn: string;
  readonly created: number;
  readonly lastModified: number;
  readonly badge?: { readonly badgeEnabled: boolean };
  readonly cache?: unknown;
  readonly projectVisibility?: string;
}

/** AWS CodeBuild, as far as projects: nothing is ever built. */
export class CodeBuild implements Service {
  public readonly signingName = "codebuild";
  public readonly protocol = jsonProtocol("1.1");
  public readonly operations: Readonly<{ [key: string]: Operation }> = {
    CreateProject: operation(shapes.createProject, (input, scope) => {
      const projectArn = arn(scope, "codebuild", `project/${input.name}`);
      if (this.projects.has(projectArn)) {
        throw new AwsError("ResourceAlreadyExistsException", `Project already exists: ${projectArn}`);
      }
      const time = now();
      const project = this.accept({ ...input, arn: projectArn, created: time, lastModified: time }, scope);
      this.projects.set(projectArn, project);
      return { project };
    }),
    BatchGetProjects: operation(shapes.batchGetProjects, ({ names }, scope) => {
      const found = names.map((name) => ({ name, project: this.projects.get(arnOf(name, scope)) }));
      return {
        projects: found.flatMap(({ project }) => project ?? []),
        projectsNotFound: found.filter(({ project }) => project === undefined).map(({ name }) => name),
      };
    }),
    UpdateProject: operation(shapes.updateProject, (changes, scope) => {
      const before = this.projects.get(arnOf(changes.name, scope));
      if (before === undefined) {
        throw new AwsError("ResourceNotFoundException", `Project cannot be found: ${arnOf(changes.name, scope)}`);
      }
      const project = this.accept({ ...before, ...changes, name: before.name, lastModified: now() }, scope);
      this.projects.set(before.arn, project);
      return { project };
    }),
    // Deleting what is not there is no error in AWS.
    DeleteProject: operation(shapes.deleteProject, ({ name }, scope) => {
      this.projects.delete(arnOf(name, scope));
    }),
  };

  private readonly projects = new Map<string, Project>();

  public constructor(private readonly roleExists?: (arn: string) => boolean) {}

  public inventory(): string[] {
    return [...this.projects.keys()];
  }

  /** A project as AWS keeps it: checked, and with its defaults filled in. */
  private accept(project: Project, scope: Scope): Project {
    const { name, source, artifacts, serviceRole } = project;
    // CodePipeline hands over the source and takes the artifacts: a project has either both from it or neither.
    if ((source.type === "CODEPIPELINE") !== (artifacts.type === "CODEPIPELINE")) {
      throw invalid("Invalid artifacts: artifacts and source types must both be CODEPIPELINE, or neither of them");
    }
    if (source.type === "NO_SOURCE" && source.buildspec === undefined) {
      throw invalid("Invalid buildspec: it is required when the source type is NO_SOURCE");
    }
    if (artifacts.type === "S3" && artifacts.location === undefined) {
      throw invalid("Invalid artifacts: location is required when the artifacts type is S3");
    }
    if (!/^arn:aws(-\w+)*:iam::[0-9]{12}:role\/.+$/.test(serviceRole)) throw invalid("Invalid service role");
    if (this.roleExists?.(serviceRole) === false) {
      throw invalid(`CodeBuild is not authorized to perform: sts:AssumeRole on ${serviceRole}`);
    }
    // CodeBuild's tags are a part of the project, so the store is only borrowed for its rules.
    new TagStore(TAG_RULES).add(project.arn, tags.read(project.tags));
    return {
      timeoutInMinutes: 60,
      queuedTimeoutInMinutes: 480,
      encryptionKey: arn(scope, "kms", "alias/aws/s3"),
      cache: { type: "NO_CACHE" },
      projectVisibility: "PRIVATE",
      ...project,
      badge: { badgeEnabled: project.badgeEnabled ?? false },
      artifacts: { ...(artifacts.type === "CODEPIPELINE" ? { name, packaging: "NONE" } : {}), ...artifacts },
      environment: {
        environmentVariables: [],
        privilegedMode: false,
        imagePullCredentialsType: "CODEBUILD",
        ...project.environment,
      },
    };
  }
}

const TAG_RULES = { limit: 50, tooManyCode: "InvalidInputException", invalidCode: "InvalidInputException" };

/** An operation of CodeBuild, which has a code of its own for input of the wrong shape. */
function operation<T>(shape: Shape<T>, run: (input: T, scope: Scope) => unknown): Operation {
  return checked(shape, run, "InvalidInputException");
}

/** CodeBuild takes a project's name or its ARN. */
function arnOf(nameOrArn: string, scope: Scope): string {
  return nameOrArn.startsWith("arn:") ? nameOrArn : arn(scope, "codebuild", `project/${nameOrArn}`);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidInputException", message);
}

function now(): number {
  return Date.now() / 1000;
}
