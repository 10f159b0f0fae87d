import type { Service } from "../service";
import { CodeBuild } from "./codebuild";
import { CodePipeline } from "./codepipeline";
import { ConnectionStore } from "./connection-store";
import { ConnectionsService } from "./connections";
import { Iam } from "./iam";
import { Kms } from "./kms";
import { Logs } from "./logs";
import { S3 } from "./s3";
import { Sts } from "./sts";

/** The services of one account: a new one has nothing in it. */
export function createServices() {
  const iam = new Iam();
  const connections = new ConnectionStore();
  return {
    sts: new Sts(),
    iam,
    s3: new S3((arn) => iam.roleExists(arn)),
    codestarConnections: new ConnectionsService("codestar-connections", connections),
    codeconnections: new ConnectionsService("codeconnections", connections),
    codepipeline: new CodePipeline({
      roleExists: (arn) => iam.roleExists(arn),
      connection: (arn) => connections.connections.get(arn),
      mayUse: (roleArn, service, { connectionArn, repository, branch }) =>
        // What is of another account is not known here.
        !iam.roleExists(roleArn) ||
        iam.isAllowed(roleArn, {
          ...{ action: `${service}:UseConnection`, resource: connectionArn },
          context: {
            [`${service}:FullRepositoryId`]: repository,
            [`${service}:BranchName`]: branch,
            [`${service}:ProviderPermissionsRequired`]: "read_only",
          },
        }),
    }),
    codebuild: new CodeBuild((arn) => iam.roleExists(arn)),
    logs: new Logs(),
    kms: new Kms(),
  } satisfies { [key: string]: Service };
}

export type Services = ReturnType<typeof createServices>;
