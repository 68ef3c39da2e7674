"use client";

import { TRPCClientError } from "@trpc/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { describeError, ErrorView } from "#server/trpc/describe-error.ts";

type Told = ReturnType<typeof describeError>["data"];

export type ErrorText = {
  code: ErrorView["code"] | "Network";
  /** What happened, what was kept, what to do. */
  message: string;
  /** Input's path → its sentence, for the field beside it. */
  fields: Record<string, string>;
  details: Record<string, unknown>;
  requestId?: string;
};

/** Says an error of a call in the reader's language: `const say = useErrorText(); const { message, fields } = say(error)`. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTranslations("errors");
  return useCallback(
    (error: unknown) => {
      const told = error instanceof TRPCClientError ? (error.data as Told | undefined) : undefined;
      if (!told) return { code: "Network", message: t("network"), fields: {}, details: {} };
      const { code, key, fields, details } = told.domain;
      const values = { retryAfter: 0, ...details } as Record<string, string | number>;
      // Keys come from the server: one that has no sentence yet falls back to the general one.
      const say = (name: string) => (t.has(name as "invalid") ? t(name as "invalid", values) : t("invalid"));
      return {
        code,
        message: say(key),
        fields: Object.fromEntries(Object.entries(fields).map(([path, name]) => [path, say(name)])),
        details,
        requestId: told.requestId,
      };
    },
    [t],
  );
}
