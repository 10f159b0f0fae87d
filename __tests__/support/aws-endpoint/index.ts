import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsError } from "./aws-error";
import type { HttpRequest, HttpResponse, Input, Service } from "./service";
import { createServices, type Services } from "./services";

/** One call that reached the endpoint, in the order of arrival. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: Input;
  /** The AWS error code, when the call was refused. */
  readonly error?: string;
}

/**
 * A local AWS account behind one HTTP endpoint on 127.0.0.1, as far as this project's stacks need it.
 *
 * It keeps state, refuses what AWS refuses with AWS's error codes, and logs every call. An operation that it does not
 * know is refused loudly and listed in `unknownOperations`.
 */
export class AwsEndpoint {
  public readonly accountId = "123456789012";
  public readonly calls: Call[] = [];
  public readonly unknownOperations: string[] = [];

  private readonly services: Services = createServices();

  private constructor(private readonly server: Server) {
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.serve(request, response);
    });
  }

  public static async start(): Promise<AwsEndpoint> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new AwsEndpoint(server);
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The environment that makes an AWS client talk to this endpoint and to nothing else. */
  public get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }

  /** Everything that exists in the account, one line a resource. */
  public inventory(): string[] {
    return Object.values(this.services).flatMap((service: Service) => service.inventory());
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = this.answer(await read(message));
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private answer(request: HttpRequest): HttpResponse {
    const { region, signingName } = credentialScope(request);
    const service = Object.values(this.services).find((candidate: Service) => candidate.signingName === signingName);
    if (service === undefined) return this.unknown(`${signingName}: ${request.method} ${request.path}`);
    const { operation, input } = service.protocol.read(request);
    const run = service.operations[operation];
    if (run === undefined) return this.unknown(`${signingName}: ${operation} (${request.method} ${request.path})`);
    try {
      const output = run(input, { accountId: this.accountId, region });
      this.calls.push({ service: signingName, operation, region, input });
      return service.protocol.write(operation, output, request);
    } catch (error) {
      const refusal = error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
      this.calls.push({ service: signingName, operation, region, input, error: refusal.code });
      return service.protocol.writeError(refusal, request);
    }
  }

  private unknown(what: string): HttpResponse {
    this.unknownOperations.push(what);
    // 501 is not retried by AWS clients, so an unknown operation fails at once and with its name.
    return { status: 501, headers: { "content-type": "text/plain" }, body: `The local endpoint does not know ${what}` };
  }
}

async function read(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? "/", "http://127.0.0.1");
  return {
    method: message.method ?? "GET",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks),
  };
}

/** Every AWS request is signed, and the signature's scope names the region and the service. */
function credentialScope(request: HttpRequest): { region: string; signingName: string } {
  const [, region = "", signingName = "unsigned"] =
    /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? "") ?? [];
  return { region, signingName };
}
