import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signatureFault } from "./sigv4.ts";

interface Version {
  id: string;
  content: Buffer;
  deleted: boolean;
  at: Date;
}

export interface S3TestServer {
  settings: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string };
  /** Objects by `bucket/key`, newest version last. Tests read and tamper here, as an operator of the store could. */
  objects: Map<string, Version[]>;
  /** Multipart uploads that were neither completed nor aborted. */
  openUploads: Map<string, { path: string; parts: Map<number, Buffer> }>;
  /** What was asked, as `METHOD /path?query`. */
  requests: string[];
  /** Answers to give instead, for the next requests that match: a store that fails. */
  failNext(match: RegExp, status: number): void;
  current(path: string): Buffer | undefined;
  close(): Promise<void>;
}

export interface S3TestOptions {
  /** Keep old versions, as a bucket with versioning does. */
  versioned?: boolean;
  /** Overwrite in spite of If-None-Match, as some old stores do. */
  ignoresConditions?: boolean;
  /** Keys in one page of a listing. */
  pageSize?: number;
}

/**
 * Another company's server: the part of S3's HTTP interface that we use, path-style, with signatures really checked.
 * PUT GET HEAD DELETE, ListObjectsV2, ListObjectVersions, GetBucketVersioning, multipart, If-None-Match.
 */
export async function startS3Server(options: S3TestOptions = {}): Promise<S3TestServer> {
  const accessKeyId = "TESTKEY";
  const secretAccessKey = "test-secret";
  const objects: S3TestServer["objects"] = new Map();
  const openUploads: S3TestServer["openUploads"] = new Map();
  const requests: string[] = [];
  const failures: { match: RegExp; status: number }[] = [];

  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const label = `${request.method} ${request.url}`;
    requests.push(label);
    const failure = failures.findIndex(({ match }) => match.test(label));
    if (failure >= 0) return refuse(response, failures.splice(failure, 1)[0]?.status ?? 500, "InternalError");
    const fault = signatureFault(request, body, accessKeyId, secretAccessKey);
    if (fault) return refuse(response, 403, fault);
    const url = new URL(request.url ?? "/", "http://s3.test");
    const path = decodeURIComponent(url.pathname.slice(1));
    const isBucket = !path.includes("/") || path.endsWith("/");
    if (isBucket) return answerBucket(url.searchParams, path.replace(/\/$/, ""), response);
    return answerObject(request, url.searchParams, path, body, response);
  });

  function current(path: string): Version | undefined {
    const latest = objects.get(path)?.at(-1);
    return latest?.deleted ? undefined : latest;
  }

  function store(path: string, content: Buffer, deleted = false): Version {
    const version = { id: randomUUID(), content, deleted, at: new Date() };
    const kept = options.versioned ? (objects.get(path) ?? []) : [];
    objects.set(path, [...kept, version]);
    return version;
  }

  function answerBucket(query: URLSearchParams, bucket: string, response: ServerResponse) {
    if (query.has("versioning")) {
      const status = options.versioned ? "<Status>Enabled</Status>" : "";
      return xml(response, `<VersioningConfiguration>${status}</VersioningConfiguration>`);
    }
    const prefix = `${bucket}/${query.get("prefix") ?? ""}`;
    const paths = [...objects.keys()].filter((path) => path.startsWith(prefix)).sort();
    const key = (path: string) => `<Key>${path.slice(bucket.length + 1)}</Key>`;
    if (query.has("versions")) {
      const rows = paths.flatMap((path) =>
        (objects.get(path) ?? []).map(({ id, deleted }) => {
          const tag = deleted ? "DeleteMarker" : "Version";
          return `<${tag}>${key(path)}<VersionId>${id}</VersionId></${tag}>`;
        }),
      );
      return xml(response, `<ListVersionsResult><IsTruncated>false</IsTruncated>${rows.join("")}</ListVersionsResult>`);
    }
    const after = query.get("continuation-token") ?? "";
    const rest = paths.filter((path) => current(path) && path > after);
    const page = rest.slice(0, options.pageSize ?? 1000);
    const next = rest.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
    const rows = page.map((path) => {
      const version = current(path) as Version;
      return `<Contents>${key(path)}<LastModified>${version.at.toISOString()}</LastModified><Size>${version.content.length}</Size></Contents>`;
    });
    xml(
      response,
      `<ListBucketResult><IsTruncated>${next !== ""}</IsTruncated>${rows.join("")}${next}</ListBucketResult>`,
    );
  }

  function answerObject(
    request: IncomingMessage,
    query: URLSearchParams,
    path: string,
    body: Buffer,
    response: ServerResponse,
  ) {
    const uploadId = query.get("uploadId");
    if (request.method === "POST" && query.has("uploads")) {
      const id = randomUUID();
      openUploads.set(id, { path, parts: new Map() });
      return xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    }
    if (uploadId) return answerUpload(request.method ?? "", uploadId, Number(query.get("partNumber")), body, response);
    if (request.method === "PUT") {
      const blocked = request.headers["if-none-match"] === "*" && current(path) && !options.ignoresConditions;
      if (blocked) return refuse(response, 412, "PreconditionFailed");
      store(path, body);
      return response.writeHead(200, { ETag: etag(body) }).end();
    }
    if (request.method === "DELETE") {
      remove(path, query.get("versionId"));
      return response.writeHead(204).end();
    }
    const found = current(path);
    if (!found) return refuse(response, 404, "NoSuchKey");
    response.writeHead(200, {
      "Content-Length": found.content.length,
      "Last-Modified": found.at.toUTCString(),
      ETag: etag(found.content),
    });
    return response.end(request.method === "HEAD" ? undefined : found.content);
  }

  function answerUpload(method: string, id: string, part: number, body: Buffer, response: ServerResponse) {
    const upload = openUploads.get(id);
    if (!upload) return refuse(response, 404, "NoSuchUpload");
    if (method === "PUT") {
      upload.parts.set(part, body);
      return response.writeHead(200, { ETag: etag(body) }).end();
    }
    openUploads.delete(id);
    if (method === "DELETE") return response.writeHead(204).end();
    const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
    store(upload.path, Buffer.concat(named.map((number) => upload.parts.get(number) ?? Buffer.alloc(0))));
    return xml(response, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>");
  }

  function remove(path: string, versionId: string | null) {
    const kept = versionId ? (objects.get(path) ?? []).filter(({ id }) => id !== versionId) : [];
    if (!versionId && options.versioned) return store(path, Buffer.alloc(0), true);
    return kept.length > 0 ? objects.set(path, kept) : objects.delete(path);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { endpoint: `http://127.0.0.1:${port}`, region: "ca-east", accessKeyId, secretAccessKey },
    objects,
    openUploads,
    requests,
    failNext: (match, status) => failures.push({ match, status }),
    current: (path) => current(path)?.content,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function etag(content: Buffer): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}

function xml(response: ServerResponse, body: string) {
  return response
    .writeHead(200, { "Content-Type": "application/xml" })
    .end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

function refuse(response: ServerResponse, status: number, code: string) {
  response.writeHead(status, { "Content-Type": "application/xml" });
  return response.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}
