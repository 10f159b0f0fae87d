import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { AwsError } from "./aws-error";
import { type Arrival, type Fault, type Faults, SLOW_MS } from "./faults";
import type { CommonRefusal, HttpRequest, HttpResponse, Input, Service } from "./service";
import { createServices, type Services } from "./services";

/** One call that reached the endpoint, in the order of arrival. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: Input;
  /** When it came, in milliseconds. */
  readonly time: number;
  /** The AWS error code, when the call was refused. */
  readonly error?: string;
}

/** The one access key of the account. Signatures are not checked. */
const ACCESS_KEY = "local";

/**
 * A local AWS account behind one HTTP endpoint on 127.0.0.1, as far as this project's stacks need it.
 *
 * It keeps state, refuses what AWS refuses with AWS's error codes, and logs every call. What it does not know, or fails
 * at, is refused loudly and listed in `unknownOperations`.
 */
export class AwsEndpoint {
  public readonly accountId = "123456789012";
  public readonly calls: Call[] = [];
  public readonly unknownOperations: string[] = [];
  /** The operations that the caller may not use, such as `codestar-connections:GetConnection`. */
  public readonly denied = new Set<string>();
  /** Whether the caller's credentials have expired. */
  public isExpired = false;
  /** What goes wrong with calls on their way. */
  public faults?: Faults | undefined;
  private arrived = 0;

  /** For what a call cannot tell, such as the policies of a role. */
  public readonly services: Services = createServices();

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
  public get environment(): { [key: string]: string } {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: "local-secret-access-key",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  }

  /** Everything that exists in the account, one line a resource. */
  public inventory(): string[] {
    return this.all().flatMap((service) => service.inventory());
  }

  /** Does what a person in the console does: completes a connection, or sets up a host, that is `PENDING`. */
  public activate(arn: string): void {
    this.services.codestarConnections.store.activate(arn);
  }

  /** Makes a connection as a person in the console does, and returns its ARN: it is `AVAILABLE` from the start. */
  public createByHand(wanted: {
    readonly name: string;
    readonly providerType?: string;
    readonly hostArn?: string;
    readonly region: string;
    readonly family?: "codestar-connections" | "codeconnections";
  }): string {
    const { family = "codeconnections", ...connection } = wanted;
    return this.services.codestarConnections.store.createByHand({ ...connection, family, accountId: this.accountId });
  }

  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private all(): Service[] {
    return Object.values<Service>(this.services);
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await read(message);
      const fault = this.faults?.(this.arrivalOf(request));
      if (fault === "slow") await setTimeout(SLOW_MS);
      const answer = fault === "lost request" ? undefined : this.answer(request, fault);
      if (answer === undefined || fault === "lost answer") response.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      // Nobody awaits this promise: what is thrown here would end the process, or leave the client waiting.
      response.destroy(error instanceof Error ? error : undefined);
    }
  }

  private serviceOf(signingName: string): Service | undefined {
    return this.all().find((candidate) => candidate.signingName === signingName);
  }

  private arrivalOf(request: HttpRequest): Arrival {
    const { signingName } = credentialScope(request);
    const { operation = "?" } = this.serviceOf(signingName)?.protocol.read(request) ?? {};
    const [, attempt = 1] = /attempt=(\d+)/.exec(String(request.headers["amz-sdk-request"])) ?? [];
    return { number: ++this.arrived, action: `${signingName}:${operation}`, attempt: Number(attempt) };
  }

  private answer(request: HttpRequest, fault: Fault | undefined): HttpResponse {
    const { accessKey, region, signingName } = credentialScope(request);
    const service = this.serviceOf(signingName);
    if (service === undefined) {
      this.unknownOperations.push(`${signingName}: ${request.method} ${request.path}`);
      return { status: 501, body: `The local endpoint does not know the service ${signingName}` };
    }
    const { protocol, operations } = service;
    let call: Call = { service: signingName, operation: "?", region, input: {}, time: Date.now() };
    try {
      call = { ...call, ...protocol.read(request) };
      const action = `${signingName}:${call.operation}`;
      const refusal = fault === "throttled" || fault === "unavailable" ? fault : this.refusalOf(action, accessKey);
      if (refusal !== undefined) {
        const [code, status] = protocol.refusals[refusal];
        throw new AwsError(code, MESSAGES[refusal](action), status);
      }
      const run = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
      if (run === undefined) throw notImplemented("does not know this operation");
      const answer = protocol.write(call.operation, run(call.input, { accountId: this.accountId, region }), request);
      this.calls.push(call);
      return answer;
    } catch (error) {
      const refusal = error instanceof AwsError ? error : notImplemented(`failed: ${String(error)}`);
      this.calls.push({ ...call, error: refusal.code });
      if (refusal.status === 501) {
        this.unknownOperations.push(`${signingName}: ${call.operation} (${request.method} ${request.path})`);
      }
      return protocol.writeError(refusal, request);
    }
  }

  /** Why a call is refused whatever it asks for. */
  private refusalOf(action: string, accessKey: string): CommonRefusal | undefined {
    if (accessKey !== ACCESS_KEY) return "unrecognized";
    if (this.isExpired) return "expired";
    return this.denied.has(action) ? "denied" : undefined;
  }
}

const MESSAGES: { readonly [refusal in CommonRefusal]: (action: string) => string } = {
  denied: (action) => `not authorized to perform: ${action}`,
  throttled: () => "Rate exceeded",
  unrecognized: () => "The security token included in the request is invalid",
  unavailable: () => "The service has failed to answer",
  expired: () => "The security token included in the request is expired",
};

/** A shortcoming of the endpoint. AWS clients retry most server errors for minutes, but give up at once on a 501. */
function notImplemented(why: string): AwsError {
  return new AwsError("NotImplemented", `The local endpoint ${why}`, 501);
}

async function read(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  // Joined as strings: a path that starts with two slashes would else be taken for a host.
  const url = new URL(`http://127.0.0.1${message.url ?? "/"}`);
  return {
    method: message.method ?? "GET",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks),
  };
}

/** Every AWS request is signed, and the signature's scope names the region and the service. */
function credentialScope(request: HttpRequest): { accessKey: string; region: string; signingName: string } {
  const [, accessKey = "", region = "", signingName = "unsigned"] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? "") ?? [];
  return { accessKey, region, signingName };
}
