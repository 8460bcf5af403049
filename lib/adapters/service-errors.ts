import { StoreError, type StoreProblem } from "../ports.ts";
import { fromAwsError } from "./aws-errors.ts";

/** How S3, SQS and SNS name what DynamoDB names otherwise, or does not know. */
const PROBLEMS: ReadonlyMap<string, StoreProblem> = new Map([
  ["NoSuchBucket", "unreadable"],
  ["AccessDenied", "unreadable"],
  ["InvalidAccessKeyId", "unreadable"],
  ["SignatureDoesNotMatch", "unreadable"],
  ["QueueDoesNotExist", "unreadable"],
  ["NotFoundException", "unreadable"],
  ["AuthorizationErrorException", "unreadable"],
  ["SlowDown", "unavailable"],
  ["InternalError", "unavailable"],
  ["InternalErrorException", "unavailable"],
  ["RequestTimeout", "unavailable"],
  ["RequestThrottled", "unavailable"],
  ["ThrottledException", "unavailable"],
]);

/** The failure of a service of AWS as a StoreError, by its name; what is none of the expected failures stays as it is. */
export function fromServiceError(error: unknown, place: string): unknown {
  if (error instanceof StoreError) return error;
  const problem = PROBLEMS.get(nameOf(error));
  if (problem === undefined || !(error instanceof Error)) return fromAwsError(error, place);
  return new StoreError(problem, place, error.message, { cause: error });
}

/** Whether the service answered with this error. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return names.includes(nameOf(error));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
