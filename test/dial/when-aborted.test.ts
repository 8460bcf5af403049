import { describe, expect, jest, test } from "@jest/globals";
import { whenAborted } from "../../lib/dial/when-aborted.ts";

describe("whenAborted", () => {
  test("calls everybody who waits, once, and nobody who called it off", () => {
    const control = new AbortController();
    const [stays, leaves, twice] = [jest.fn(), jest.fn(), jest.fn()];
    whenAborted(control.signal, stays);
    whenAborted(control.signal, leaves)();
    const first = whenAborted(control.signal, twice);
    whenAborted(control.signal, twice);
    first();
    control.abort();
    control.abort();
    expect([stays.mock.calls.length, leaves.mock.calls.length, twice.mock.calls.length]).toEqual([1, 0, 1]);
  });

  test("who waits from within a call is not called by the same abort", () => {
    const control = new AbortController();
    const late = jest.fn();
    whenAborted(control.signal, () => void whenAborted(control.signal, late));
    control.abort();
    expect(late).not.toHaveBeenCalled();
  });

  test("a signal has one listener however many wait", () => {
    const { signal } = new AbortController();
    const listen = jest.spyOn(signal, "addEventListener");
    for (let count = 0; count < 100; count += 1) whenAborted(signal, () => undefined);
    expect(listen).toHaveBeenCalledTimes(1);
  });
});
