import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type EvidenceStore, StoreError } from "../ports.ts";
import { packText, unpackText } from "./packed-text.ts";
import { placeText, readObject } from "./s3-object.ts";
import { fromServiceError, isNamed } from "./service-errors.ts";

/** The largest text that is kept, and unpacked: 64 MiB, as in a data folder. */
const LARGEST = 64 * 1024 * 1024;
const ADDRESS = /^sha256:([0-9a-f]{64})$/;
/** As in a data folder, so that one can be copied into the other. */
const FOLDER_DIGITS = 2;
/** How often a write is tried anew when somebody else wrote or removed the object at the same moment. */
const ATTEMPTS = 3;

/**
 * Evidence as gzip objects, `evidence/<first two digits>/<sha-256>.json.gz`. An object that is there is never written again,
 * so that a versioned or locked bucket holds one version of each. An address that is no content address rejects with TypeError.
 */
export function createS3Evidence(client: S3Client, bucket: string): EvidenceStore {
  return {
    put: async (address, text) => putOnce(client, bucket, keyOf(address), text),
    get: async (address) => {
      const key = keyOf(address);
      const packed = await readObject({ client, bucket, key }, LARGEST);
      if (packed === null) return null;
      return unpackText(packed, LARGEST).catch((error: unknown) => {
        const place = placeText({ bucket, key });
        throw new StoreError("corrupt", place, "it does not unpack to a text", { cause: error });
      });
    },
  };
}

/** Only hex digits of the address reach the key. */
function keyOf(address: string): string {
  const hex = ADDRESS.exec(address)?.[1];
  if (hex === undefined) throw new TypeError(`no content address: ${address.slice(0, 100)}`);
  return `evidence/${hex.slice(0, FOLDER_DIGITS)}/${hex}.json.gz`;
}

async function putOnce(client: S3Client, bucket: string, key: string, text: string): Promise<void> {
  const place = placeText({ bucket, key });
  const size = Buffer.byteLength(text);
  if (size > LARGEST) {
    throw new StoreError("too-large", place, `the text has ${size} bytes, at most ${LARGEST} are kept`);
  }
  const object = { Bucket: bucket, Key: key, Body: await packText(text), ContentType: "application/gzip" };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new PutObjectCommand({ ...object, IfNoneMatch: "*" }));
      return;
    } catch (error) {
      // It is there: whatever lies under a content address is this text.
      if (isNamed(error, "PreconditionFailed")) return;
      if (!isNamed(error, "ConditionalRequestConflict") || attempt === ATTEMPTS) throw fromServiceError(error, place);
    }
  }
}
