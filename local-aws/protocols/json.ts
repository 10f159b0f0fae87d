import { randomUUID } from "node:crypto";
import type { Input, Protocol } from "../service";

/** The AWS JSON protocol: the operation in `X-Amz-Target`, JSON both ways. */
export function jsonProtocol(version: "1.0" | "1.1"): Protocol {
  const headers = () => ({ "content-type": `application/x-amz-json-${version}`, "x-amzn-requestid": randomUUID() });
  return {
    read: ({ headers: { "x-amz-target": target }, body }) => ({
      operation: String(target).split(".").pop() ?? "",
      input: body.length > 0 ? (JSON.parse(body.toString("utf8")) as Input) : {},
    }),
    write: (_operation, output) => ({ status: 200, headers: headers(), body: JSON.stringify(output ?? {}) }),
    writeError: ({ code, message, status }) => ({
      status,
      headers: headers(),
      body: JSON.stringify({ __type: code, message }),
    }),
    refusals: {
      denied: ["AccessDeniedException", 400],
      throttled: ["ThrottlingException", 400],
      expired: ["ExpiredTokenException", 400],
      unrecognized: ["UnrecognizedClientException", 400],
      unavailable: ["InternalFailure", 500],
    },
  };
}
