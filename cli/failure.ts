import { npx } from "./package-names";

/** What went wrong, as a sentence for people that says what to do. It is shown without a stack trace. */
export class Failure extends Error {}

/** An error of the AWS SDK, as far as it is read here. */
interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly errors?: readonly SdkError[];
}

const CREDENTIALS =
  'Sign in again, for example with "aws sso login", or set AWS_PROFILE or AWS_ACCESS_KEY_ID; --profile chooses a profile';

const EXPIRED = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
const INVALID = [
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
];
const DENIED = ["AccessDeniedException", "AccessDenied"];
const NETWORK = [
  "ENOTFOUND",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ETIMEDOUT",
  "TimeoutError",
];
const THROTTLED = ["ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded"];
const GONE = ["ResourceNotFoundException", "PipelineNotFoundException", "NoSuchEntity", "NoSuchEntityException"];

const isOneOf = (names: readonly string[]) => (error: unknown) => {
  const { name = "", code = "", errors = [] } = (error ?? {}) as SdkError;
  return names.includes(name) || names.includes(code) || errors.some((each) => names.includes(each.code ?? ""));
};

export const isDenied = isOneOf(DENIED);
export const isGone = isOneOf(GONE);
const isThrottled = isOneOf(THROTTLED);
const isNetwork = isOneOf(NETWORK);

/** What is over when one waits: AWS asks for fewer calls, or has a fault, or the network is away. */
export function isPassing(error: unknown): boolean {
  const status = (error as SdkError).$metadata?.httpStatusCode ?? 0;
  return isThrottled(error) || isNetwork(error) || status >= 500;
}

/** What an error means for whoever runs the command. `what` says what was tried: "read the connection …". */
export function failureOf(error: unknown, what: string): Failure {
  if (error instanceof Failure) return error;
  const { name = "", message = String(error) } = (error ?? {}) as SdkError;
  const because = (reason: string) => new Failure(`Could not ${what}: ${reason}.`, { cause: error });
  if (name === "CredentialsProviderError" || name === "ProviderError") {
    return because(`there are no AWS credentials (${oneLine(message)}). ${CREDENTIALS}`);
  }
  if (isOneOf(EXPIRED)(error)) return because(`the AWS credentials have expired. ${CREDENTIALS}`);
  if (isOneOf(INVALID)(error)) return because(`AWS does not accept the credentials. ${CREDENTIALS}`);
  if (isDenied(error))
    return because(`AWS does not allow it (${oneLine(message)}). Ask for the permission, or use another --profile`);
  if (isThrottled(error)) return because("AWS asks for fewer calls. Try again in a minute");
  if (isNetwork(error)) return because("AWS can't be reached. Look at your network, your proxy and the region");
  if (/region (is missing|not accepted)/i.test(message)) {
    return new Failure("No region is known, or it is none of AWS. Give --region, or set AWS_REGION.");
  }
  if ((error as SdkError).$metadata === undefined) return because(oneLine(message));
  return because(`AWS says ${name === "" ? "" : `${name}: `}${oneLine(message)}`);
}

/** Whether a person answered a question with Ctrl-C. */
export function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === "ExitPromptError";
}

/** Runs what reads or changes something at AWS, and says what was tried when that fails. */
export async function trying<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw failureOf(error, what);
  }
}

/** A message of AWS in one line, without its last full stop. */
export function oneLine(message: string): string {
  return message.replace(/\s+/g, " ").trim().replace(/\.$/, "");
}

/** What can't be found in the folder or the input. */
export function nothingFound(what: string, command: string): Failure {
  return new Failure(
    `${what} Stand in the folder of cdktf.json after "npx cdktf deploy", or give ARNs (${npx(`${command} arn:…`)}), ` +
      `--outputs-file <file>, or - for what \`terraform output -json\` prints in the stack's folder, on standard input.`,
  );
}
