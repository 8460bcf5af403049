import { describe, expect, test } from "@jest/globals";
import { abortError, causeOf, DialError, toDialError } from "../../lib/dial/dial-error.ts";

function systemError(code: string): Error {
  return Object.assign(new Error(`something ${code}`), { code });
}

describe("causes of errors", () => {
  test.each([
    ["ECONNREFUSED", "connection-refused"],
    ["ECONNRESET", "connection-reset"],
    ["EPIPE", "connection-reset"],
    ["ETIMEDOUT", "tcp-timeout"],
    ["ENETUNREACH", "vantage-blocked"],
    ["EHOSTUNREACH", "vantage-blocked"],
    ["EACCES", "vantage-blocked"],
    ["EPERM", "vantage-blocked"],
    ["CERT_HAS_EXPIRED", "tls-failed"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls-failed"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls-failed"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls-failed"],
    ["EMFILE", "internal"],
    ["ENFILE", "internal"],
    ["EADDRNOTAVAIL", "internal"],
    ["ENOBUFS", "internal"],
    ["ENEWANDUNKNOWN", "internal"],
  ])("%s is %s", (code, cause) => {
    expect(causeOf(systemError(code))).toBe(cause);
    expect(toDialError(systemError(code), "trying")).toMatchObject({ cause, code, message: `trying: ${code}` });
  });

  test("what is no error, or has no code, is ours", () => {
    for (const thrown of [undefined, null, "ECONNREFUSED", 7, new TypeError("x"), { code: 5 }]) {
      expect(causeOf(thrown)).toBe("internal");
    }
    expect(toDialError(new TypeError("x"), "trying").code).toBe("TypeError");
  });

  test("a DialError stays what it is; a deadline is tcp-timeout, another abort ours", () => {
    const known = new DialError("greylisted", "X", "x");
    expect(toDialError(known, "trying")).toBe(known);
    expect(causeOf(known)).toBe("greylisted");
    expect(abortError(AbortSignal.abort(known), "trying")).toBe(known);
    expect(abortError(AbortSignal.abort(), "trying")).toMatchObject({ cause: "internal", code: "STOPPED" });
    const passed = AbortSignal.abort(new DOMException("late", "TimeoutError"));
    expect(abortError(passed, "trying").cause).toBe("tcp-timeout");
    expect(causeOf(passed.reason)).toBe("tcp-timeout");
  });
});
