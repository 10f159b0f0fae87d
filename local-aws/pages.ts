import { AwsError } from "./aws-error";

/** One page of a list, and the token of the next one when there is more. */
export function page<T>(items: readonly T[], size: number, token: string | undefined, invalidTokenCode: string) {
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isInteger(start) || start < 0 || start > items.length) {
    throw new AwsError(invalidTokenCode, "The specified pagination token is not valid");
  }
  const end = start + size;
  const nextToken = end < items.length ? Buffer.from(String(end)).toString("base64url") : undefined;
  return { items: items.slice(start, end), nextToken };
}
