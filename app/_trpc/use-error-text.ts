"use client";

import { TRPCClientError } from "@trpc/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { describeError, ErrorView } from "#server/trpc/describe-error.ts";

type Told = ReturnType<typeof describeError>["data"];

/** An error as a door tells it, or the network's silence. */
export type ToldError = Omit<ErrorView, "code"> & { readonly code: ErrorView["code"] | "Network" };

export type ErrorText = {
  code: ToldError["code"];
  /** What happened, what was kept, what to do. */
  message: string;
  /** Input's path → its sentence, for the field beside it. */
  fields: Record<string, string>;
  details: Record<string, unknown>;
  requestId?: string;
};

export const networkError: ToldError = { code: "Network", key: "network", fields: {}, details: {} };

/** Says a told error in the reader's language. For the doors that are not tRPC; `useErrorText` is for those that are. */
export function useToldText(): (told: ToldError) => Omit<ErrorText, "requestId"> {
  const t = useTranslations("errors");
  return useCallback(
    ({ code, key, fields, details }: ToldError) => {
      const values = { retryAfter: 0, ...details } as Record<string, string | number>;
      // Keys come from the server: one that has no sentence yet falls back to the general one.
      const say = (name: string) => (t.has(name as "invalid") ? t(name as "invalid", values) : t("invalid"));
      return {
        code,
        message: say(key),
        fields: Object.fromEntries(Object.entries(fields).map(([path, name]) => [path, say(name)])),
        details,
      };
    },
    [t],
  );
}

/** Says an error of a call in the reader's language: `const say = useErrorText(); const { message, fields } = say(error)`. */
export function useErrorText(): (error: unknown) => ErrorText {
  const tell = useToldText();
  return useCallback(
    (error: unknown) => {
      const told = error instanceof TRPCClientError ? (error.data as Told | undefined) : undefined;
      return told ? { ...tell(told.domain), requestId: told.requestId } : tell(networkError);
    },
    [tell],
  );
}
