import { S3Client } from "@aws-sdk/client-s3";
import { env, needEnv } from "#server/env.ts";

export interface S3Settings {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A client for any S3-compatible endpoint (OpenStack Swift or Ceph, MinIO, AWS): path-style, with none of AWS's newer extras. */
export function openS3Client(settings: S3Settings): S3Client {
  return new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    forcePathStyle: true,
    // Trailing checksums are unknown to many compatible stores; our own chunks are authenticated anyway.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  });
}

/** What S3_* says. @throws EnvError naming the first that is missing */
export function s3Settings(): S3Settings {
  return {
    endpoint: needEnv("S3_ENDPOINT"),
    region: env().S3_REGION,
    accessKeyId: needEnv("S3_ACCESS_KEY_ID"),
    secretAccessKey: needEnv("S3_SECRET_ACCESS_KEY"),
  };
}
