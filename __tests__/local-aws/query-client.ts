import type { AwsEndpoint } from "../../local-aws";
import { parseXml } from "../../local-aws/protocols/xml";

interface Answer {
  readonly status: number;
  /** The AWS error code of a refusal; nothing when the call went through. */
  readonly code?: string | undefined;
  readonly message: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire is untyped
  readonly result: any;
}

/** Calls one operation of IAM or STS, as an AWS client does, without the provider in between. */
export async function callQuery(
  endpoint: AwsEndpoint,
  service: string,
  operation: string,
  fields: { readonly [name: string]: string },
  region = "us-east-1",
): Promise<Answer> {
  const response = await fetch(endpoint.url, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/${service}/aws4_request, Signature=none`,
    },
    body: new URLSearchParams({ Action: operation, Version: "2010-05-08", ...fields }),
  });
  const document = parseXml(await response.text());
  const error = (document.ErrorResponse?.Error ?? {}) as { Code?: string; Message?: string };
  const result: unknown = document[`${operation}Response`]?.[`${operation}Result`];
  return { status: response.status, code: error.Code, message: error.Message ?? "", result };
}
