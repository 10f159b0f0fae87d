import { AwsEndpoint } from "../../local-aws";
import { createConnection, createPipeline, type PipelineChanges } from "../../local-aws/made-by-calls";
import { callJson } from "./json-client";

/** An account with a pending connection, new for each test, and the calls to CodePipeline in it. */
export class PipelineAccount {
  public endpoint!: AwsEndpoint;
  public connection = "";

  /** For each test of the suite that this is called in. */
  public static ofSuite(): PipelineAccount {
    const account = new PipelineAccount();
    beforeEach(async () => {
      account.endpoint = await AwsEndpoint.start();
      account.connection = createConnection(account.endpoint);
    });
    afterEach(() => account.endpoint.stop());
    return account;
  }

  public readonly call = (operation: string, input: object) =>
    callJson(this.endpoint, "codepipeline", operation, input, "us-east-1");

  public readonly create = (changes?: PipelineChanges) => createPipeline(this.endpoint, this.connection, changes);

  public readonly activate = () => {
    this.endpoint.activate(this.connection);
  };
}
