import { AwsError } from "../../aws-error";
import type { S3Output } from "../../protocols/s3";

/** The part of an object that a `Range` header asks for, as a 206; all of it without one. */
export function partOf(body: Buffer, range: string | undefined): S3Output {
  if (range === undefined) return { body };
  const [, first = "", last = ""] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  if (first === "") throw new AwsError("NotImplemented", `The local endpoint does not know the range ${range}`, 501);
  const start = Number(first);
  if (start >= body.length) throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416);
  const end = Math.min(last === "" ? Infinity : Number(last), body.length - 1);
  const part = body.subarray(start, end + 1);
  const headers = { "content-length": String(part.length), "content-range": `bytes ${start}-${end}/${body.length}` };
  return { status: 206, headers, body: part };
}
