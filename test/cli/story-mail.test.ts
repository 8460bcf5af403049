import { readdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { TURNS } from "../../lib/cli/story-turns.ts";
import { readMail } from "../adapters/read-mail.ts";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { type QuickPractice, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain } from "./run-main.ts";

const newFolder = temporaryFolders();
/** The whole story, twice, on a busy machine. */
const STORIES_MS = 180_000;
let practice: QuickPractice;

beforeAll(async () => {
  practice = await startQuickPractice();
});
afterAll(() => practice.stop());

describe("mail of the practice story", () => {
  interface Server {
    readonly port: number;
    readonly subjects: readonly (string | undefined)[];
    stop(): Promise<void>;
  }

  async function mailServer(port = 0): Promise<Server> {
    const subjects: (string | undefined)[] = [];
    const server = new SMTPServer({
      ...{ authOptional: true, disableReverseLookup: true, hideSTARTTLS: true, logger: false, closeTimeout: 100 },
      onData: (stream, _, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          subjects.push(readMail(Buffer.concat(chunks)).headers.get("subject"));
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return {
      port: (server.server.address() as AddressInfo).port,
      subjects,
      stop: () => new Promise((resolve) => server.close(() => resolve())),
    };
  }

  /** What every turn of the story tells: a fall and its end, of each requirement that fell. */
  const STORY = TURNS.flatMap(({ falls, asset, on }) => {
    const name = asset.startsWith("host:") ? `${on} (vært)` : on;
    return [
      ...falls.map((id) => `${id} ikke længere opfyldt: ${name}`),
      ...falls.map((id) => `${id} opfyldt igen: ${name}`),
    ];
  });

  /** Requirements that fall together are told of in any order, each one's own news in theirs. */
  function byRequirement(subjects: readonly (string | undefined)[]): object {
    return Object.groupBy(subjects, (subject = "") => subject.slice(0, 3));
  }

  function story(args: readonly string[], port: number, onSaid?: (text: string) => void): Promise<Ran> {
    const environment = { KRAVVAGT_SMTP: `smtp://127.0.0.1:${port}` };
    const options = { environment, services: practice.story, ...(onSaid === undefined ? {} : { onSaid }) };
    return runMain(["start", "--once", ...args], options);
  }

  test(
    "goes to the contacts by way of the server that is named",
    async () => {
      const server = await mailServer();
      const { code, stderr } = await story([], server.port);
      await server.stop();
      expect([code, byRequirement(server.subjects)]).toEqual([0, byRequirement(STORY)]);
      expect(stderr).not.toContain("Kunne ikke aflevere");
    },
    STORIES_MS,
  );

  test(
    "that cannot be delivered is told, and delivered once when the server is back",
    async () => {
      const first = await mailServer();
      await first.stop();
      const folder = newFolder();
      let back: Promise<Server> | null = null;
      const { code, stderr } = await story(["--data", folder], first.port, (text) => {
        if (text.includes("3. Operatøren")) back = mailServer(first.port);
      });
      const server = await (back as Promise<Server> | null);
      expect(code).toBe(0);
      // After two that were refused in a row the rest of the first turn's three waits, too.
      expect(TURNS[0]?.falls).toHaveLength(3);
      expect(stderr.match(/Kunne ikke aflevere til smtp, prøver igen/gu)).toHaveLength(2);
      expect(byRequirement(server?.subjects ?? [])).toEqual(byRequirement(STORY));
      expect(readdirSync(path.join(folder, "outbox"))).toHaveLength(STORY.length);
      expect((await story(["--data", folder], first.port)).code).toBe(0);
      await server?.stop();
      expect(byRequirement(server?.subjects ?? [])).toEqual(byRequirement([...STORY, ...STORY]));
    },
    STORIES_MS,
  );
});
