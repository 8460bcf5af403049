/** Stands in for Lambda's runtime: loads one bundle from its file and works the events that its parent sends, one at a time. */
import { pathToFileURL } from "node:url";

export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  /** What the function has for it. */
  readonly milliseconds: number;
}

export type Outcome =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly problem: string };

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [file = "", name = ""] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(file).href)) as { readonly handler: Handler };

process.on("message", ({ id, event, milliseconds }: Invocation) => {
  const until = Date.now() + milliseconds;
  const context = {
    ...{
      functionName: name,
      functionVersion: "$LATEST",
      memoryLimitInMB: "1024",
      awsRequestId: `request-${String(id)}`,
    },
    invokedFunctionArn: `arn:aws:lambda:eu-north-1:000000000000:function:${name}`,
    ...{ logGroupName: `/aws/lambda/${name}`, logStreamName: "stream", callbackWaitsForEmptyEventLoop: false },
    getRemainingTimeInMillis: () => until - Date.now(),
  };
  handler(event, context).then(
    (result) => process.send?.({ id, ok: true, result: result ?? null } satisfies Outcome),
    (error: unknown) => process.send?.({ id, ok: false, problem: String(error) } satisfies Outcome),
  );
});
process.send?.({ id: 0, ok: true, result: "ready" } satisfies Outcome);
