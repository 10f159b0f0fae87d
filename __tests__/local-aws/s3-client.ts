import type { AwsEndpoint } from "../../local-aws";
import { parseXml } from "../../local-aws/protocols/xml";

interface Request {
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly region?: string;
}

interface Answer {
  readonly status: number;
  /** The AWS error code of a refusal; nothing when the call went through. */
  readonly code?: string | undefined;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends one S3 request, e.g. `PUT /shop?policy`, as an AWS client does, without the provider in between. */
export async function callS3(endpoint: AwsEndpoint, request: string, more: Request = {}): Promise<Answer> {
  const [method = "GET", path = "/"] = request.split(" ");
  const { body, headers = {}, region = "eu-west-1" } = more;
  const response = await fetch(endpoint.url + path, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/s3/aws4_request, Signature=none`,
      ...headers,
    },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const error = (response.ok ? {} : (parseXml(text).Error ?? {})) as { Code?: string };
  return { status: response.status, code: error.Code, headers: response.headers, text };
}
