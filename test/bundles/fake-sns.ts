import { listen, type Listening } from "./listening.ts";

/** What was published, as it came. */
export interface Published {
  readonly topic: string;
  readonly subject: string;
  /** By protocol. */
  readonly messages: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface FakeSns extends Listening {
  readonly published: readonly Published[];
  /** From now on answers every request with this error, until what it returns is called. */
  refuse(error: string): () => void;
}

/** SNS as far as it is used: Publish, in the query protocol. */
export async function startSns(): Promise<FakeSns> {
  const published: Published[] = [];
  let refusal: string | null = null;
  const server = await listen(({ body }) => {
    if (refusal !== null) return { status: 500, type: "text/xml", body: problem(refusal) };
    const form = new URLSearchParams(body.toString());
    const of = (name: string): string => form.get(name) ?? "";
    if (of("Action") !== "Publish" || of("MessageStructure") !== "json") return { status: 400 };
    published.push({
      topic: of("TopicArn"),
      subject: of("Subject"),
      messages: JSON.parse(of("Message")) as Record<string, string>,
      attributes: attributesIn(of),
    });
    return { status: 200, type: "text/xml", body: ANSWER };
  });
  const refuse = (error: string): (() => void) => {
    refusal = error;
    return () => (refusal = null);
  };
  return { ...server, published, refuse };
}

function attributesIn(of: (name: string) => string): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (let number = 1; of(`MessageAttributes.entry.${number}.Name`) !== ""; number += 1) {
    const entry = `MessageAttributes.entry.${number}`;
    entries.push([of(`${entry}.Name`), of(`${entry}.Value.StringValue`)]);
  }
  return Object.fromEntries(entries);
}

const ANSWER = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>0</MessageId>
</PublishResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></PublishResponse>`;

function problem(code: string): string {
  return `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Receiver</Type><Code>${code}</Code>
<Message>refused</Message></Error><RequestId>0</RequestId></ErrorResponse>`;
}
