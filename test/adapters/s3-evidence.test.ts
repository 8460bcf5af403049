import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { createS3Evidence } from "../../lib/adapters/s3-evidence.ts";
import type { EvidenceStore } from "../../lib/ports.ts";
import { type FakeS3, startS3 } from "../bundles/fake-s3.ts";

const CREDENTIALS = { region: "eu-north-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };
const TEXT = '{"schema":"kravvagt/evidence/1","name":"kommune-ø.dk"}';
const HEX = createHash("sha256").update(TEXT).digest("hex");
const ADDRESS = `sha256:${HEX}`;
const PLACE = `/evidence/evidence/${HEX.slice(0, 2)}/${HEX}.json.gz`;

describe("evidence in S3, over HTTP", () => {
  let s3: FakeS3;
  let evidence: EvidenceStore;

  beforeAll(async () => {
    s3 = await startS3();
    evidence = createS3Evidence(new S3Client({ ...CREDENTIALS, endpoint: s3.url }), "evidence");
  });

  afterAll(async () => s3.stop());

  test("what is not there is null", async () => {
    expect(await evidence.get(ADDRESS)).toBeNull();
  });

  test("a text is kept compressed under its address, and comes back as it was", async () => {
    await evidence.put(ADDRESS, TEXT);
    expect(gunzipSync(s3.objects.get(PLACE) ?? Buffer.alloc(0)).toString()).toBe(TEXT);
    expect(await evidence.get(ADDRESS)).toBe(TEXT);
  });

  test("what is there is never written again", async () => {
    await evidence.put(ADDRESS, "something else");
    expect(s3.refused()).toBe(1);
    expect(await evidence.get(ADDRESS)).toBe(TEXT);
  });

  test("an object that does not unpack is corrupt", async () => {
    (s3.objects as Map<string, Buffer>).set(PLACE, gzipSync(TEXT).subarray(0, 20));
    await expect(evidence.get(ADDRESS)).rejects.toMatchObject({ name: "StoreError", problem: "corrupt" });
  });

  test.each(["sha256:abc", "../../secret", `sha256:${"0".repeat(63)}G`])("%s is no address", async (address) => {
    await expect(evidence.put(address, TEXT)).rejects.toThrow(TypeError);
    await expect(evidence.get(address)).rejects.toThrow(TypeError);
  });
});

describe("what S3 may answer", () => {
  const client = new S3Client(CREDENTIALS);
  const mock = mockClient(client);
  const evidence = createS3Evidence(client, "evidence");

  beforeEach(() => void mock.reset());

  function failure(name: string): Error {
    return Object.assign(new Error("refused"), { name });
  }

  test.each([
    ["AccessDenied", "unreadable"],
    ["NoSuchBucket", "unreadable"],
    ["SlowDown", "unavailable"],
    ["TimeoutError", "unavailable"],
  ])("%s is the store's: %s", async (name, problem) => {
    mock.on(GetObjectCommand).rejects(failure(name)).on(PutObjectCommand).rejects(failure(name));
    await expect(evidence.get(ADDRESS)).rejects.toMatchObject({ name: "StoreError", problem });
    await expect(evidence.put(ADDRESS, TEXT)).rejects.toMatchObject({ name: "StoreError", problem });
  });

  test("an error that nobody expects stays what it is", async () => {
    mock.on(GetObjectCommand).rejects(failure("Surprise"));
    await expect(evidence.get(ADDRESS)).rejects.toMatchObject({ name: "Surprise" });
  });

  test("writes that meet are tried again, three times in all", async () => {
    const conflict = failure("ConditionalRequestConflict");
    mock.on(PutObjectCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    await evidence.put(ADDRESS, TEXT);
    expect(mock.commandCalls(PutObjectCommand)).toHaveLength(3);
    mock.reset();
    mock.on(PutObjectCommand).rejects(conflict);
    await expect(evidence.put(ADDRESS, TEXT)).rejects.toThrow("refused");
    expect(mock.commandCalls(PutObjectCommand)).toHaveLength(3);
  });

  test("an object that is larger than anything we keep is not read", async () => {
    mock.on(GetObjectCommand).resolves({ ContentLength: 65 * 1024 * 1024, Body: {} as never });
    await expect(evidence.get(ADDRESS)).rejects.toMatchObject({ problem: "corrupt" });
  });
});
