import { usageError } from "./cli-error.ts";

/** One of the values an option can have, or a usage error that lists them. */
export function oneOfOption<T extends string>(option: string, value: string, values: readonly T[]): T {
  const found = values.find((each) => each === value);
  if (found !== undefined) return found;
  const list = values.join(", ");
  throw usageError(
    `${option}: ${value} kendes ikke. Vælg blandt ${list}.`,
    `${option}: unknown value ${value}. Choose from ${list}.`,
  );
}

/** A whole number from 1 to `most`, or a usage error. */
export function positiveInteger(option: string, value: string, most: number): number {
  const number = /^\d{1,9}$/u.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= most) return number;
  throw usageError(
    `${option}: forventede et helt tal fra 1 til ${most}.`,
    `${option}: expected a whole number from 1 to ${most}.`,
  );
}
