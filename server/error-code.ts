/**
 * What a log, a dead letter or the queue may say about an error: a code, never its message. A message quotes values (a row in
 * a constraint error, an address in an SMTP reply), and a code is enough to find the cause.
 *
 * In order: the SQLSTATE that Prisma wraps, our own or the driver's `code` (23505, ECONNREFUSED, NotFound), the error's name.
 */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "NotAnError";
  const { code, meta, cause } = error as PrismaLike;
  const said = [meta?.driverAdapterError?.cause?.originalCode, code, cause?.originalCode, cause?.code, error.name].find(
    isCode,
  );
  return said ?? "Error";
}

interface PrismaLike {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  cause?: { originalCode?: unknown; code?: unknown };
}

function isCode(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_.:-]{1,64}$/.test(value);
}
