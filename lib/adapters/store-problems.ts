import { StoreError, type StoreProblem } from "../ports.ts";

/** What a failed call of the system says of the store. Refused permission depends on what was tried. */
const BY_CODE: ReadonlyMap<string, StoreProblem> = new Map([
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EFBIG", "full"],
  ["EROFS", "read-only"],
  ["ENOENT", "unreadable"],
  ["ENOTDIR", "unreadable"],
  ["EISDIR", "unreadable"],
  ["ELOOP", "unreadable"],
  ["ENAMETOOLONG", "unreadable"],
  ["EIO", "unreadable"],
  ["EMFILE", "unavailable"],
  ["ENFILE", "unavailable"],
  ["EADDRINUSE", "unavailable"],
  ["LEVEL_CORRUPTION", "corrupt"],
  ["LEVEL_DECODE_ERROR", "corrupt"],
  ["LEVEL_LOCKED", "locked"],
]);

/** LevelDB hands on the system's words, not its number. The last are those of Windows. */
const BY_WORDS: readonly (readonly [RegExp, StoreProblem])[] = [
  [/No space left on device|File too large|[Qq]uota exceeded|not enough space/, "full"],
  [/Read-only file system|Permission denied|Operation not permitted|Access is denied/, "read-only"],
  [/Too many open files|^Database is closed/, "unavailable"],
  // The folder is there, so a file that the database counts on has gone.
  [/No such file|does not exist|cannot find the file/, "corrupt"],
  // A table that is shorter than the database knows it to be.
  [/\.(ldb|sst): Invalid argument/, "corrupt"],
];

interface SystemError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** The failure of a file operation as a StoreError; what is none of the expected failures stays as it is. */
export function fromSystemError(error: unknown, path: string, doing: "reading" | "writing"): unknown {
  if (error instanceof StoreError) return error;
  const { code, message } = asSystemError(error);
  const refused = code === "EACCES" || code === "EPERM";
  const problem = refused ? (doing === "writing" ? "read-only" : "unreadable") : BY_CODE.get(String(code));
  return problem === undefined ? error : new StoreError(problem, path, String(message), { cause: error });
}

/** A failure of LevelDB as a StoreError: all it says is about the files, so an unknown one is "unreadable". */
export function fromLevelError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message, cause } = asSystemError(error);
  if (code === "LEVEL_DATABASE_NOT_OPEN" && cause !== undefined) return fromLevelError(cause, path);
  const words = String(message);
  const problem = BY_CODE.get(String(code)) ?? BY_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? "unreadable";
  return new StoreError(problem, path, words, { cause: error });
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(String(asSystemError(error).code));
}

function asSystemError(error: unknown): SystemError {
  return typeof error === "object" && error !== null ? error : {};
}
