import "server-only";
import type { ErrorCode } from "#server/errors.ts";

/**
 * The code of an expected refusal of a call made by a page; undefined for anything unexpected. The class itself lives in
 * the web process, out of this bundle's reach, so it is known by its shape.
 */
export function refusalOf(error: unknown): { code: ErrorCode; key: string } | undefined {
  const cause = error instanceof Error ? (error.cause as { name?: string; code?: ErrorCode; key?: string }) : undefined;
  if (cause?.name !== "DomainError" || !cause.code || !cause.key) return undefined;
  return { code: cause.code, key: cause.key };
}
