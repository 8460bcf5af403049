import { expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const FOLDER = path.resolve(import.meta.dirname, "wrong-requirements");
const files = readdirSync(FOLDER).map((file) => path.join(FOLDER, file));

const { config } = ts.readConfigFile(path.resolve(import.meta.dirname, "../../tsconfig.json"), ts.sys.readFile) as {
  config: { compilerOptions: object };
};
const { options } = ts.convertCompilerOptionsFromJson(
  config.compilerOptions,
  path.resolve(import.meta.dirname, "../.."),
);
const program = ts.createProgram(files, options);

/** Each fixture is right but for the one line that says "// wrong": the compiler must object there and nowhere else. */
test.each(files.map((file) => [path.basename(file, ".ts"), file]))("the compiler rejects: %s", (_, file) => {
  const source = program.getSourceFile(file);
  const wrongLine = readFileSync(file, "utf8")
    .split("\n")
    .findIndex((line) => line.includes("// wrong"));
  const lines = ts
    .getPreEmitDiagnostics(program, source)
    .map(({ start }) =>
      start === undefined || source === undefined ? -1 : source.getLineAndCharacterOfPosition(start).line,
    );
  expect(wrongLine).toBeGreaterThan(0);
  expect([...new Set(lines)]).toEqual([wrongLine]);
});

test("a right requirement compiles", () => {
  const right = ts.createProgram([path.resolve(import.meta.dirname, "../../lib/core/requirement.ts")], options);
  expect(ts.getPreEmitDiagnostics(right).map(({ messageText }) => messageText)).toEqual([]);
});
