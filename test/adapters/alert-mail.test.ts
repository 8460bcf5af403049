import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { alertMail, type MailEncoding, messageId } from "../../lib/adapters/alert-mail.ts";
import { alertText } from "../../lib/reports/alert-text.ts";
import { contextOf, manyRegressions, RECOVERY, RECOVERY_CONTEXT, REGRESSION } from "../reports/alert-examples.ts";
import { readMail } from "./read-mail.ts";

const CORRESPONDENTS = { from: null, to: ["it-sikkerhed@example.dk", "drift@example.dk"] };
const TEXT = alertText(REGRESSION, contextOf("S18_SIGNATURE_EXPIRED", "fail"), "da");
const ENCODINGS: readonly MailEncoding[] = ["8bit", "quoted-printable"];

async function read(encoding: MailEncoding, changes: Partial<Parameters<typeof alertMail>[0]> = {}) {
  return readMail(
    await alertMail({ alert: REGRESSION, text: TEXT, correspondents: CORRESPONDENTS, ...changes }, encoding),
  );
}

describe.each(ENCODINGS)("a message in %s", (encoding) => {
  test("has each header once, and the alert's own date and id", async () => {
    const { headers, counts } = await read(encoding);
    expect(Object.fromEntries(headers)).toEqual({
      from: "Kravvagt <kravvagt@localhost>",
      to: "it-sikkerhed@example.dk, drift@example.dk",
      subject: "S18 ikke længere opfyldt: signed.dk",
      date: "Mon, 23 Nov 2026 10:02:15 +0000",
      "message-id": "<0123456789abcdef0123456789abcdef@kravvagt.invalid>",
      "auto-submitted": "auto-generated",
      "mime-version": "1.0",
      "content-type": "text/plain; charset=utf-8; format=flowed",
      "content-transfer-encoding": encoding,
    });
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
  });

  test("says exactly the text, in lines that every server passes", async () => {
    const { text, rawLines } = await read(encoding);
    expect(text).toBe(TEXT.body);
    for (const line of rawLines) expect(line.length).toBeLessThanOrEqual(78);
  });

  test("is the same octets each time", async () => {
    const mail = { alert: REGRESSION, text: TEXT, correspondents: CORRESPONDENTS };
    expect((await alertMail(mail, encoding)).equals(await alertMail(mail, encoding))).toBe(true);
  });

  test("names the alert it continues", async () => {
    const text = alertText(RECOVERY, RECOVERY_CONTEXT, "da");
    const { headers } = await read(encoding, { alert: RECOVERY, text, inReplyTo: REGRESSION.id });
    expect(headers.get("in-reply-to")).toBe(messageId(REGRESSION.id));
    expect(headers.get("references")).toBe(messageId(REGRESSION.id));
  });

  test("has no To without contacts", async () => {
    const { headers } = await read(encoding, { correspondents: { from: "vagt@example.dk", to: [] } });
    expect(headers.has("to")).toBe(false);
    expect(headers.get("from")).toBe("Kravvagt <vagt@example.dk>");
  });

  test("keeps lines that begin with blanks, > or From, and blank-ended words", async () => {
    const body = "  to blanke\n> et citat\nFrom nogen\nen linje \n\nslut\n";
    const { text, rawLines } = await read(encoding, { text: { ...TEXT, body } });
    expect(text).toBe("  to blanke\n> et citat\nFrom nogen\nen linje\n\nslut\n");
    expect(rawLines.some((line) => line.startsWith("From ") || line.startsWith(">"))).toBe(false);
  });

  test("whatever its words hold, it has the same headers, and its lines end in CRLF", async () => {
    const line = fc.string({ unit: "binary", maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(line, line, async (subject, words) => {
        const text = {
          subject: `${subject}\r\nBcc: x@example.org`,
          body: `${words}\r\nBcc: x@example.org\n`,
          brief: "",
        };
        const message = await alertMail({ alert: REGRESSION, text, correspondents: CORRESPONDENTS }, encoding);
        const { headers, counts } = readMail(message);
        expect([...headers.keys()].toSorted()).toEqual(NAMES);
        expect([...counts.values()].every((count) => count === 1)).toBe(true);
        expect(message.toString("latin1")).not.toMatch(/[^\r]\n|\r[^\n]/);
      }),
    );
  });

  test.each(["", "x", "../../etc/passwd", `${REGRESSION.id}\r\nBcc: a@b.dk`, REGRESSION.id.toUpperCase()])(
    "an id that is none is refused: %j",
    async (id) => {
      await expect(read(encoding, { alert: { ...REGRESSION, id } })).rejects.toThrow("not an alert id");
      await expect(read(encoding, { inReplyTo: id })).rejects.toThrow("not an alert id");
    },
  );

  test("an address cannot make a header or a recipient", async () => {
    const { headers } = await read(encoding, { correspondents: { from: null, to: ["a@b.dk\r\nBcc: c@d.dk"] } });
    expect(headers.has("bcc")).toBe(false);
  });
});

const NAMES = [
  ...["auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version"],
  ...["subject", "to"],
];

test("Danish is readable in the file itself", async () => {
  const message = await alertMail({ alert: REGRESSION, text: TEXT, correspondents: CORRESPONDENTS }, "8bit");
  expect(message.toString("utf8")).toContain("er ikke længere opfyldt for signed.dk.");
});

test("a word that is too long for a line makes the message quoted-printable", async () => {
  const body = `npx ${"a".repeat(1200)}\n`;
  const { headers, text, rawLines } = await read("8bit", { text: { ...TEXT, body } });
  expect(headers.get("content-transfer-encoding")).toBe("quoted-printable");
  expect(text).toBe(body);
  for (const line of rawLines) expect(line.length).toBeLessThanOrEqual(78);
});

test("a command stays in one line", async () => {
  const command = `npx kravvagt history domain:${"a".repeat(40)}.dk S18 --verify --data /srv/kravvagt/data`;
  const { text, rawLines } = await read("8bit", { text: { ...TEXT, body: `${command}\n` } });
  expect(rawLines).toContain(command);
  expect(text).toBe(`${command}\n`);
});

test("forty assets fit as well", async () => {
  const text = alertText(manyRegressions(40), contextOf("S18_SERVER_UNSIGNED", "fail"), "da");
  expect((await read("8bit", { text })).text).toBe(text.body);
});
