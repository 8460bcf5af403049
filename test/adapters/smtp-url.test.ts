import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { parseSmtpUrl } from "../../lib/adapters/smtp-url.ts";

const PLAIN = { login: null, from: null };

describe("a mail server's URL", () => {
  test.each([
    ["smtp://mail.example.dk", { ...PLAIN, host: "mail.example.dk", port: 587, security: "starttls" }],
    ["smtp://Mail.Example.DK:25/", { ...PLAIN, host: "mail.example.dk", port: 25, security: "starttls" }],
    ["smtps://mail.example.dk", { ...PLAIN, host: "mail.example.dk", port: 465, security: "tls" }],
    ["smtps://[2a01:db8::1]:4650", { ...PLAIN, host: "2a01:db8::1", port: 4650, security: "tls" }],
    ["smtp://localhost:25", { ...PLAIN, host: "localhost", port: 25, security: "plain" }],
    ["smtp://127.0.0.53", { ...PLAIN, host: "127.0.0.53", port: 587, security: "plain" }],
    ["smtp://[::1]", { ...PLAIN, host: "::1", port: 587, security: "plain" }],
    ["smtp://127.example.dk", { ...PLAIN, host: "127.example.dk", port: 587, security: "starttls" }],
    ["smtp://localhost.example.dk", { ...PLAIN, host: "localhost.example.dk", port: 587, security: "starttls" }],
    ["smtp://Øvelse.dk", { ...PLAIN, host: "xn--velse-uua.dk", port: 587, security: "starttls" }],
    ["smtp://mail.example.dk?insecure=true", { ...PLAIN, host: "mail.example.dk", port: 587, security: "optional" }],
    ["smtp://mail.example.dk?insecure=false", { ...PLAIN, host: "mail.example.dk", port: 587, security: "starttls" }],
    [
      "smtp://vagt%40example.dk:k%C3%B8d%2F%25%23:@mail.example.dk?from=kravvagt@example.dk",
      {
        ...{ host: "mail.example.dk", port: 587, security: "starttls", from: "kravvagt@example.dk" },
        login: { user: "vagt@example.dk", password: "kød/%#:" },
      },
    ],
    [
      "smtp://vagt:kode@localhost",
      { host: "localhost", port: 587, security: "plain", from: null, login: { user: "vagt", password: "kode" } },
    ],
  ])("%s", (url, settings) => {
    expect(parseSmtpUrl(url)).toEqual({ ok: true, settings });
  });

  test.each([
    ["", "skal skrives som"],
    ["mail.example.dk", "skal skrives som"],
    ["mail.example.dk:587", "skal skrives som"],
    ["http://mail.example.dk", "skal skrives som"],
    ["smtp://mail.example.dk:99999", "skal skrives som"],
    ["smtp:mail.example.dk", "noget efter vært"],
    ["smtp://mail.example.dk/inbox", "noget efter vært"],
    ["smtp://mail.example.dk#x", "noget efter vært"],
    ["smtp://", "mangler en vært"],
    ["smtp://mail_.-.dk", "mangler en vært"],
    ["smtp://mail%20x.dk", "mangler en vært"],
    ["smtp://mail.example.dk:0", "mangler en vært"],
    ["smtp://mail.example.dk?tls=no", "kan kun have"],
    ["smtp://mail.example.dk?insecure=yes", "kan kun have"],
    ["smtp://mail.example.dk?insecure=false&insecure=true", "kan kun have"],
    ["smtp://mail.example.dk?from=ingen", "kan kun have"],
    ["smtp://mail.example.dk?from=a@b.dk%0d%0aBcc:c@d.dk", "kan kun have"],
    ["smtp://mail.example.dk?from=a@b.dk,c@d.dk", "kan kun have"],
    ["smtp://vagt@mail.example.dk", "både bruger og kode"],
    ["smtp://:hemmelig@mail.example.dk", "både bruger og kode"],
    ["smtp://vagt:hemmelig%@mail.example.dk", "både bruger og kode"],
    ["smtp://vagt:hemmelig%0d%0aQUIT@mail.example.dk", "både bruger og kode"],
    ["smtps://mail.example.dk?insecure=true", "hører til smtp://"],
    ["smtp://vagt:hemmelig@mail.example.dk?insecure=true", "sendes ingen kode"],
  ])("%j is refused with a reason that does not repeat it", (url, reason) => {
    const read = parseSmtpUrl(url);
    if (read.ok) throw new Error(`accepted ${url}`);
    expect(read.problem.da).toContain(reason);
    expect(`${read.problem.da} ${read.problem.en}`).not.toContain("hemmelig");
    expect(read.problem.en).not.toBe(read.problem.da);
  });

  test("any user and password survive, percent-encoded", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(word, word, (user, password) => {
        const url = `smtps://${encodeURIComponent(user)}:${encodeURIComponent(password)}@mail.example.dk`;
        expect(parseSmtpUrl(url)).toMatchObject({ ok: true, settings: { login: { user, password } } });
      }),
    );
  });

  test("no text at all makes it throw, or sends a password in the clear to another machine", () => {
    const part = fc.string({ unit: "binary", maxLength: 30 });
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        for (const url of [a, `smtp://${a}`, `smtp://${a}:${b}@${c}`, `smtp://${a}@x.dk?${b}`, `smtps://x.dk/${c}`]) {
          const read = parseSmtpUrl(url);
          if (!read.ok || read.settings.login === null) continue;
          expect(["tls", "starttls", "plain"]).toContain(read.settings.security);
        }
      }),
    );
  });
});
