import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  ehloKeywords,
  MAX_LINE_OCTETS,
  MAX_LINES,
  MAX_REPLY_OCTETS,
  type ReplyProgress,
  SmtpReplyReader,
} from "../../lib/parsers/smtp-reply.ts";

function read(...pieces: readonly (string | Uint8Array)[]): ReplyProgress {
  const reader = new SmtpReplyReader();
  let progress: ReplyProgress = { state: "unfinished" };
  for (const piece of pieces) {
    progress = reader.push(typeof piece === "string" ? Buffer.from(piece, "latin1") : piece);
    if (progress.state !== "unfinished") return progress;
  }
  return progress;
}

function restOf(progress: ReplyProgress): string {
  return progress.state === "finished" ? Buffer.from(progress.rest).toString("latin1") : progress.state;
}

describe("a reply", () => {
  test.each([
    ["220 mx.oevelse.dk ESMTP\r\n", 220, ["mx.oevelse.dk ESMTP"]],
    ["250\r\n", 250, [""]],
    ["250 \r\n", 250, [""]],
    ["250-a\r\n250-b c\r\n250 d\r\n", 250, ["a", "b c", "d"]],
    ["250-\r\n250\r\n", 250, ["", ""]],
    ["354 go\n", 354, ["go"]],
    ["421 \ttab and \xe6\xf8\xe5 and \x1b[31m\r\n", 421, ["?tab and ??? and ?[31m"]],
    ["220 a\rb\r\n", 220, ["a?b"]],
    ["559 x\r\n", 559, ["x"]],
  ])("%j is read", (text, code, lines) => {
    expect(read(text)).toMatchObject({ state: "finished", reply: { code, lines } });
  });

  test("leaves what comes after it", () => {
    expect(restOf(read("220-a\r\n22", "0 b\r\n250 more\r\n"))).toBe("250 more\r\n");
    expect(restOf(read("220 b\r\n"))).toBe("");
  });

  test.each(["", "2", "22", "220", "220 text", "220-a\r\n", "220-a\r\n220 b\r"])("%j is not finished", (text) => {
    expect(read(text)).toEqual({ state: "unfinished" });
  });
});

describe("what is no reply", () => {
  test.each([
    ["SSH-2.0-OpenSSH_9.2", "no SMTP reply code"],
    ["S", "no SMTP reply code"],
    ["1", "no SMTP reply code"],
    ["26", "no SMTP reply code"],
    ["199 x\r\n", "no SMTP reply code"],
    ["25a x\r\n", "no SMTP reply code"],
    ["\x16\x03\x01", "no SMTP reply code"],
    ["\r\n", "no SMTP reply code"],
    ["25\r\n", "no SMTP reply code"],
    [" 250 x\r\n", "no SMTP reply code"],
    ["2500 x\r\n", "neither a space nor a hyphen after the reply code"],
    ["250+x\r\n", "neither a space nor a hyphen after the reply code"],
    ["250-a\r\n220 b\r\n", "the lines of a reply differ in their code"],
    ["250-a\r\nb\r\n", "no SMTP reply code"],
  ])("%j is refused", (text, problem) => {
    expect(read(text)).toEqual({ state: "malformed", problem });
  });

  test("stays refused", () => {
    const reader = new SmtpReplyReader();
    reader.push(Buffer.from("x"));
    expect(reader.push(Buffer.from("250 ok\r\n"))).toEqual({ state: "malformed", problem: "no SMTP reply code" });
  });
});

describe("bounds", () => {
  test("of a line", () => {
    const longest = `250 ${"x".repeat(MAX_LINE_OCTETS - "250 \n".length)}`;
    expect(read(longest, "\n").state).toBe("finished");
    expect(read(longest, "x")).toMatchObject({ state: "malformed" });
  });

  test("of lines", () => {
    expect(read("250-x\r\n".repeat(MAX_LINES - 1), "250 x\r\n").state).toBe("finished");
    expect(read("250-x\r\n".repeat(MAX_LINES), "250 x\r\n").state).toBe("malformed");
  });

  test("of a reply", () => {
    const line = `250-${"x".repeat(MAX_LINE_OCTETS / 2)}\r\n`;
    const allowed = Math.floor(MAX_REPLY_OCTETS / line.length);
    expect(read(line.repeat(allowed)).state).toBe("unfinished");
    expect(read(line.repeat(allowed + 1)).state).toBe("malformed");
  });
});

const replies = fc.record({
  code: fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.nat(9)).map(([a, b, c]) => {
    return a * 100 + b * 10 + c;
  }),
  lines: fc.array(fc.string({ unit: fc.constantFrom(..." -~aZ09=.[]".split("")), maxLength: 60 }), {
    minLength: 1,
    maxLength: MAX_LINES,
  }),
});

function wireOf({ code, lines }: { readonly code: number; readonly lines: readonly string[] }): string {
  return lines.map((line, index) => `${code}${index === lines.length - 1 ? " " : "-"}${line}\r\n`).join("");
}

describe("whatever arrives", () => {
  test("a reply is read back, in whatever pieces it comes and whatever follows", () => {
    fc.assert(
      fc.property(replies, fc.array(fc.nat(9), { minLength: 1 }), fc.string(), (reply, cuts, after) => {
        const octets = Buffer.from(wireOf(reply) + after, "latin1");
        const reader = new SmtpReplyReader();
        let at = 0;
        for (let turn = 0; ; turn += 1) {
          const end = Math.min(octets.length, at + 1 + (cuts[turn % cuts.length] ?? 0));
          const progress = reader.push(octets.subarray(at, end));
          at = end;
          if (progress.state === "unfinished") continue;
          expect(progress).toMatchObject({ state: "finished", reply });
          return restOf(progress) === octets.subarray(wireOf(reply).length, at).toString("latin1");
        }
      }),
    );
  });

  test("random octets never throw, and a finished reply is bounded and printable", () => {
    const likely = fc.uint8Array({ maxLength: 200 });
    const nearly = fc
      .array(fc.constantFrom("2", "5", "0", "-", " ", "\r\n", "\n", "x", "\xff", "250-", "250 "))
      .map((all) => Buffer.from(all.join(""), "latin1"));
    fc.assert(
      fc.property(fc.oneof(likely, nearly), (octets) => {
        const progress = read(octets);
        if (progress.state !== "finished") return;
        expect(progress.reply.code).toBeGreaterThanOrEqual(200);
        expect(progress.reply.code).toBeLessThan(560);
        expect(progress.reply.lines.length).toBeLessThanOrEqual(MAX_LINES);
        expect(progress.reply.lines.every((line) => /^[ -~]*$/.test(line))).toBe(true);
        expect(ehloKeywords(progress.reply).every((keyword) => /^[A-Z0-9-]+$/.test(keyword))).toBe(true);
      }),
    );
  });
});

describe("keywords of EHLO", () => {
  test("are the first words of all lines but the first, upper case", () => {
    const lines = [
      "STARTTLS at your service",
      "Size 1000",
      "starttls",
      "AUTH=LOGIN",
      "X-ODD_ONE",
      "",
      " STARTTLS2",
      "-x",
    ];
    expect(ehloKeywords({ code: 250, lines })).toEqual(["SIZE", "STARTTLS", "AUTH"]);
  });

  test("are none in a reply that refuses", () => {
    expect(ehloKeywords({ code: 550, lines: ["no", "STARTTLS"] })).toEqual([]);
  });
});
