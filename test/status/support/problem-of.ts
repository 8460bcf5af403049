import { expect } from "@jest/globals";
import { problemForm } from "../../../lib/status/forms.ts";
import type { Problem } from "../../../lib/status/renderer.ts";
import type { StatusResponse } from "../../../lib/status/status-request.ts";

/** The problem that an answer tells programs of; anything else fails the test. */
export function problemOf(answer: StatusResponse): Problem {
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  const problem = problemForm.parse(JSON.parse(String(answer.body)));
  expect(problem.status).toBe(answer.status);
  return problem;
}
