import { StoreError, type StoreProblem } from "../ports.ts";

/** What an error of the AWS SDK may carry; nothing is taken for granted. */
interface AwsError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly attempts?: unknown };
}

/** By the error's name, or the system's code. What is not here is a fault of ours and stays what it is. */
const PROBLEMS: ReadonlyMap<string, StoreProblem> = new Map([
  ["ResourceNotFoundException", "unreadable"],
  ["AccessDeniedException", "unreadable"],
  ["UnrecognizedClientException", "unreadable"],
  ["ExpiredTokenException", "unreadable"],
  ["InvalidSignatureException", "unreadable"],
  ["CredentialsProviderError", "unreadable"],
  ["ProvisionedThroughputExceededException", "unavailable"],
  ["ThrottlingException", "unavailable"],
  ["RequestLimitExceeded", "unavailable"],
  ["InternalServerError", "unavailable"],
  ["ServiceUnavailable", "unavailable"],
  ["LostLink", "unavailable"],
  ["TimeoutError", "unavailable"],
  ["ECONNREFUSED", "unavailable"],
  ["ECONNRESET", "unavailable"],
  ["EPIPE", "unavailable"],
  ["ENOTFOUND", "unavailable"],
  ["ETIMEDOUT", "unavailable"],
]);

export function isConditionFailure(error: unknown): boolean {
  return asAwsError(error).name === "ConditionalCheckFailedException";
}

/** How often the request was sent before this error was its answer: more than once means that an earlier outcome is unknown. */
export function attemptsOf(error: unknown): number {
  const attempts = asAwsError(error).$metadata?.attempts;
  return typeof attempts === "number" ? attempts : 1;
}

/** The store's failure as a StoreError, by name or code; anything else as it is. */
export function fromAwsError(error: unknown, place: string): unknown {
  const { name, code, message } = asAwsError(error);
  const problem = PROBLEMS.get(String(name)) ?? PROBLEMS.get(String(code));
  return problem === undefined ? error : new StoreError(problem, place, String(message), { cause: error });
}

function asAwsError(error: unknown): AwsError {
  return typeof error === "object" && error !== null ? error : {};
}
