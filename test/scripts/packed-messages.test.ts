import { describe, expect, test } from "@jest/globals";
import { packed } from "../../scripts/packed-messages.ts";
import { messages } from "../../lib/requirements/s19/messages.ts";

/** What the packed module exports. */
async function unpacked(module: object): Promise<object> {
  const code = packed(module).replace('import { brotliDecompressSync } from "node:zlib";', "");
  const { brotliDecompressSync } = await import("node:zlib");
  const names = Object.keys(module);
  const body = `${code.replaceAll("export const ", "const ")}\nreturn { ${names.join(", ")} };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it is our own code, made above
  return new Function("brotliDecompressSync", body)(brotliDecompressSync) as object;
}

describe("packed messages", () => {
  test("are the same messages, and smaller", async () => {
    expect(await unpacked({ messages })).toEqual({ messages });
    expect(packed({ messages }).length).toBeLessThan(JSON.stringify({ messages }).length / 2);
  });

  test("what is no plain data is refused", () => {
    expect(() => packed({ judge: () => true })).toThrow("judge is no plain data");
  });
});
