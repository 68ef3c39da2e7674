import { Readable } from "node:stream";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { checkClinicId, checkObjectKey, isObjectKey, type ObjectStore, StorageError } from "./object-store.ts";

/** S3 cannot take a flow of unknown length in one request: parts of this size are held in memory, two at a time. */
const PART_BYTES = 8 * 1024 * 1024;

/** Files in a bucket of any S3-compatible store: `<clinic>/<random>`. */
export function openS3ObjectStore(client: S3Client, bucket: string): ObjectStore {
  return {
    async put(objectKey, content) {
      const upload = new Upload({
        client,
        params: {
          Bucket: bucket,
          Key: checkObjectKey(objectKey),
          Body: content,
          ContentType: "application/octet-stream",
        },
        partSize: PART_BYTES,
        queueSize: 2,
      });
      await upload.done();
    },
    async get(objectKey, range) {
      try {
        const Range = range && `bytes=${range.start}-${range.end}`;
        const { Body } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: checkObjectKey(objectKey), Range }),
        );
        if (Body instanceof Readable) return Body;
      } catch (error) {
        if (isNotFound(error)) throw new StorageError();
        throw error;
      }
      throw new StorageError();
    },
    async delete(objectKey) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: checkObjectKey(objectKey) }));
    },
    async *list(clinicId) {
      const Prefix = `${checkClinicId(clinicId)}/`;
      let token: string | undefined;
      do {
        const page: { Contents?: { Key?: string; LastModified?: Date }[]; NextContinuationToken?: string } =
          await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken: token }));
        for (const { Key = "", LastModified } of page.Contents ?? []) {
          if (isObjectKey(Key) && LastModified) yield { objectKey: Key, writtenAt: LastModified };
        }
        token = page.NextContinuationToken;
      } while (token);
    },
  };
}

function isNotFound(error: unknown): boolean {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;
}
