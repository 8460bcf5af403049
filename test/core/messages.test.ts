import { expect, test } from "@jest/globals";
import { CAUSE_MESSAGES } from "../../lib/core/cause-messages.ts";
import { CAUSES, firstCause } from "../../lib/core/cause.ts";
import { argumentsOf, render } from "../../lib/core/messages.ts";

test("arguments are the names between braces, in order", () => {
  expect(argumentsOf("Zonen {zone} har {count} navneservere.")).toEqual(["zone", "count"]);
  expect(argumentsOf("Ingen.")).toEqual([]);
});

test("a template is filled from evidence, numbers and words alike", () => {
  expect(render("{zone} har {count}, ja {count}.", { zone: "example.dk", count: 2, more: null })).toBe(
    "example.dk har 2, ja 2.",
  );
});

test("what evidence holds is not a template: braces in it stay as they are", () => {
  expect(render("{zone}", { zone: "{count} $& $1" })).toBe("{count} $& $1");
});

test.each([[undefined], [null], [true], [["a"]]])("an argument that is %j is our own bug", (value) => {
  const evidence = value === undefined ? {} : { zone: value };
  expect(() => render("Om {zone}.", evidence)).toThrow('evidence lacks the argument "zone" of "Om {zone}."');
});

test("every cause has its message, of that cause, with the same two arguments", () => {
  for (const cause of CAUSES) {
    const { cause: own, outcome, text } = CAUSE_MESSAGES[cause];
    expect({ own, outcome, arguments: [...argumentsOf(text.da)].sort() }).toEqual({
      own: cause,
      outcome: "indeterminate",
      arguments: ["detail", "target"],
    });
  }
});

test("the first cause in order is the one to show", () => {
  expect(firstCause(["tool-limit", "dns-timeout", "internal"])).toBe("internal");
  expect(firstCause(["dns-servfail", "dns-timeout"])).toBe("dns-timeout");
  expect(firstCause([])).toBeNull();
});
