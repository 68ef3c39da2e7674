import { randomBytes } from "node:crypto";
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { CryptoError } from "./crypto-error.ts";
import type { KeyStore } from "./key-store.ts";

const PREFIX = "chevet-keys/";

/** A key store under a prefix of a bucket of its own (`CHEVET_KEYSTORE_BUCKET`), for several machines. */
export function openS3KeyStore(client: S3Client, bucket: string): KeyStore {
  let probed: Promise<void> | null = null;

  async function put(name: string, content: Uint8Array, onlyIfNew: boolean): Promise<boolean> {
    const condition = onlyIfNew ? { IfNoneMatch: "*" } : {};
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: PREFIX + name, Body: content, ...condition }));
      return true;
    } catch (error) {
      if (onlyIfNew && statusOf(error) === 412) return false;
      throw error;
    }
  }

  // A store that ignores If-None-Match would let two creators overwrite each other's key: a clinic's data lost. Try it for real, once.
  async function probe(): Promise<void> {
    const name = `probe-${randomBytes(8).toString("hex")}`;
    try {
      await put(name, Buffer.from("1"), true);
      if (!(await put(name, Buffer.from("2"), true))) return;
    } finally {
      await erase(name);
    }
    throw new CryptoError(
      "KeyStoreUnfit",
      `CHEVET_KEYSTORE_BUCKET: the store of ${bucket} ignores If-None-Match, so keys could be overwritten. Use CHEVET_KEYSTORE_DIR.`,
    );
  }

  // On a bucket that keeps versions a plain delete hides the key and destroys nothing.
  async function erase(name: string): Promise<void> {
    const Key = PREFIX + name;
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
    if (!Status) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      return;
    }
    let next: { KeyMarker?: string; VersionIdMarker?: string } | null = {};
    while (next) {
      const page: Awaited<ReturnType<typeof listVersions>> = await listVersions(Key, next);
      for (const { Key: key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
        if (key === Key) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
      }
      next = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : null;
    }
  }

  function listVersions(Prefix: string, marker: { KeyMarker?: string; VersionIdMarker?: string }) {
    return client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix, ...marker }));
  }

  return {
    place: `s3://${bucket}/${PREFIX}`,
    async read(name) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: PREFIX + name }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async create(name, content) {
      probed ??= probe().catch((error) => {
        probed = null;
        throw error;
      });
      await probed;
      return put(name, content, true);
    },
    async replace(name, content) {
      await put(name, content, false);
    },
    erase,
    async *list() {
      let token: string | undefined;
      do {
        const page: { Contents?: { Key?: string }[]; NextContinuationToken?: string } = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: PREFIX, ContinuationToken: token }),
        );
        for (const { Key } of page.Contents ?? []) yield (Key as string).slice(PREFIX.length);
        token = page.NextContinuationToken;
      } while (token);
    },
  };
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
