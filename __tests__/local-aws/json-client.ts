import type { AwsEndpoint } from "../../local-aws";

interface Answer {
  /** The AWS error code of a refusal; nothing when the call went through. */
  readonly code?: string | undefined;
  readonly message: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire is untyped
  readonly output: any;
}

/** Calls one operation of a JSON service, as an AWS client does, without the provider in between. */
export async function callJson(
  endpoint: AwsEndpoint,
  service: string,
  operation: string,
  input: object,
  region = "eu-west-1",
): Promise<Answer> {
  const response = await fetch(endpoint.url, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/${service}/aws4_request, Signature=none`,
      "x-amz-target": `Target.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const output = JSON.parse(await response.text()) as { __type?: string; message?: string };
  return { code: output.__type, message: output.message ?? "", output };
}
