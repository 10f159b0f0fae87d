import type { IncomingHttpHeaders } from "node:http";
import type { Scope } from "./account";
import type { AwsError } from "./aws-error";

/** One HTTP request, read whole. */
export interface HttpRequest {
  readonly method: string;
  /** The decoded path, without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

/** What an operation is given: JSON-like data, whatever the wire protocol. */
export interface Input {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire is untyped; each operation checks what it reads
  [field: string]: any;
}

/** Does one API operation, or throws an `AwsError`. */
export type Operation = (input: Input, scope: Scope) => unknown;

/**
 * A refusal that every service has: the caller may not do it, calls too often, has credentials that have expired or that
 * nobody knows, or AWS fails.
 */
export type CommonRefusal = "denied" | "throttled" | "expired" | "unrecognized" | "unavailable";

/** How a request becomes an operation and its input, and how the answer goes back. */
export interface Protocol {
  read(request: HttpRequest): { readonly operation: string; readonly input: Input };
  write(operation: string, output: unknown, request: HttpRequest): HttpResponse;
  writeError(error: AwsError, request: HttpRequest): HttpResponse;
  /** Each protocol has its own error codes and HTTP statuses for the refusals that every service has. */
  readonly refusals: { readonly [refusal in CommonRefusal]: readonly [code: string, status: number] };
}

/** One AWS service: its operations by name, over its state, behind its protocol. */
export interface Service {
  /** The name in the credential scope of a request's signature, e.g. `codestar-connections`. */
  readonly signingName: string;
  readonly protocol: Protocol;
  readonly operations: { readonly [name: string]: Operation };
  /** What exists now, one line a resource: what a person would find left behind. */
  inventory(): string[];
}
