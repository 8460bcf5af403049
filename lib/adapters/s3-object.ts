import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { StoreError } from "../ports.ts";
import { fromServiceError, isNamed } from "./service-errors.ts";

/** One object of a bucket. */
export interface Place {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
}

/**
 * The object's bytes; null when there is none. (Without the permission to list the bucket S3 calls a missing object
 * AccessDenied, which is no answer.) Rejects with StoreError, "corrupt" for more than `largest` bytes.
 */
export async function readObject({ client, bucket, key }: Place, largest: number): Promise<Uint8Array | null> {
  const place = placeText({ bucket, key });
  try {
    const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (Body === undefined) throw new StoreError("corrupt", place, "the answer has no body");
    if (ContentLength === undefined || ContentLength > largest) {
      throw new StoreError("corrupt", place, `it has ${String(ContentLength)} bytes, at most ${largest} are kept`);
    }
    return await Body.transformToByteArray();
  } catch (error) {
    if (isNamed(error, "NoSuchKey", "NotFound")) return null;
    throw fromServiceError(error, place);
  }
}

/** Names an object in errors. */
export function placeText({ bucket, key }: Pick<Place, "bucket" | "key">): string {
  return `s3://${bucket}/${key}`;
}
