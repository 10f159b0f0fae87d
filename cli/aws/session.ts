import { CodeBuildClient } from "@aws-sdk/client-codebuild";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { CodeStarConnectionsClient } from "@aws-sdk/client-codestar-connections";
import { IAMClient } from "@aws-sdk/client-iam";
import { trying } from "../failure";

/** Which credentials and region to use, as the AWS CLI takes them. */
export interface SessionSettings {
  readonly region?: string;
  readonly profile?: string;
}

/** The clients of AWS, one for each service and region. */
export class Session {
  private readonly clients = new Map<string, unknown>();

  public constructor(private readonly settings: SessionSettings) {}

  /**
   * It has ARNs of both families: the API documents the pattern `arn:aws(-[\w]+)*:.+:.+:[0-9]{12}:.+`. It makes no retries of
   * its own, since whoever waits asks again anyway.
   *
   * @see https://docs.aws.amazon.com/codestar-connections/latest/APIReference/API_GetConnection.html
   */
  public connections(region: string): CodeStarConnectionsClient {
    return this.client(
      `connections ${region}`,
      () => new CodeStarConnectionsClient({ ...this.config(region), maxAttempts: 1 }),
    );
  }

  public pipelines(region: string): CodePipelineClient {
    return this.client(`pipelines ${region}`, () => new CodePipelineClient(this.config(region)));
  }

  public builds(region: string): CodeBuildClient {
    return this.client(`builds ${region}`, () => new CodeBuildClient(this.config(region)));
  }

  public logs(region: string): CloudWatchLogsClient {
    return this.client(`logs ${region}`, () => new CloudWatchLogsClient(this.config(region)));
  }

  public iam(region: string): IAMClient {
    return this.client(`iam ${region}`, () => new IAMClient(this.config(region)));
  }

  /** The region of `--region`, the environment or the profile. */
  public region(): Promise<string> {
    return trying("find the region", () => new CodePipelineClient(this.config()).config.region());
  }

  private config(region = this.settings.region ?? regionOfEnvironment()) {
    const { profile } = this.settings;
    return { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) };
  }

  private client<T>(key: string, make: () => T): T {
    const client = (this.clients.get(key) as T | undefined) ?? make();
    this.clients.set(key, client);
    return client;
  }
}

/** The SDK knows only the first of the two that the AWS CLI reads. Where none is set, it looks into the profile. */
function regionOfEnvironment(): string | undefined {
  const { AWS_REGION = "", AWS_DEFAULT_REGION = "" } = process.env;
  return [AWS_REGION, AWS_DEFAULT_REGION].find((region) => region !== "");
}
