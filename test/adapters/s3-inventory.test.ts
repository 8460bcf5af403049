import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { S3Client } from "@aws-sdk/client-s3";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { getInventory, pushInventory } from "../../lib/adapters/s3-inventory.ts";
import { readInventory } from "../../lib/inventory/read-inventory.ts";
import { type FakeS3, startS3 } from "../bundles/fake-s3.ts";

const PLACE = { bucket: "inventory", key: "inventory/current.json" };
const YAML = `version: 1
municipality: { id: "0101", name: Kommunen Øvelse }
assets:
  - domain: example.dk     # a comment
network:
  trustAnchors: anchors/root.ds
`;
const ANCHOR = ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n";

let s3: FakeS3;
let client: S3Client;
let folder = "";

beforeAll(async () => {
  s3 = await startS3();
  client = new S3Client({
    ...{ endpoint: s3.url, region: "eu-north-1" },
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-inventory-"));
});

afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

describe("the inventory in S3", () => {
  test("none was pushed", async () => {
    expect(await getInventory(client, PLACE)).toBeNull();
  });

  test("it is read where its folder is not, as it is read where it is", async () => {
    const file = path.join(folder, "kommune.yaml");
    await writeFile(file, YAML.replace("anchors/root.ds", "root.ds"));
    await writeFile(path.join(folder, "root.ds"), ANCHOR);
    const here = await readInventory(file);
    const { read } = await pushInventory(client, PLACE, file);
    if (!read.ok || !here.ok) throw new Error("the inventory cannot be used");
    await rm(path.join(folder, "root.ds"));
    const there = await getInventory(client, PLACE);
    expect(there?.trustAnchors).toEqual(here.trustAnchors);
    expect(there?.trustAnchors).toHaveLength(1);
    expect(there?.inventory).toEqual({ ...here.inventory, file: "kommune.yaml" });
  });

  test("one that cannot be used is not sent", async () => {
    const file = path.join(folder, "wrong.yaml");
    await writeFile(file, YAML);
    const before = new Map(s3.objects);
    const { read, version } = await pushInventory(client, PLACE, file);
    expect([read.ok, version]).toEqual([false, null]);
    expect(new Map(s3.objects)).toEqual(before);
  });

  test.each([
    ["not JSON", "which is not a pushed inventory"],
    ["{}", "which is not a pushed inventory"],
    [
      JSON.stringify({ schema: "kravvagt/inventory-version/1", file: "kommune.yaml", text: YAML, files: [] }),
      "anchors/root.ds",
    ],
  ])("%j is refused with what is wrong", async (text, words) => {
    (s3.objects as Map<string, Buffer>).set("/inventory/inventory/current.json", Buffer.from(text));
    await expect(getInventory(client, PLACE)).rejects.toMatchObject({
      ...{ name: "StoreError", problem: "corrupt" },
      message: expect.stringContaining(words) as unknown as string,
    });
  });
});
