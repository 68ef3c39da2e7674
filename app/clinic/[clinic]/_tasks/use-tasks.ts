"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { TaskLine } from "#server/task/record.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";

/** Every list of tasks that is on screen, and the count, are read again. */
export function useRefreshTasks(): () => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries(trpc.task.pathFilter()), [queries, trpc]);
}

/** The gestures on a task; each says what it did, and takes it back where it can be. */
export function useTaskActs() {
  const t = useTranslations("tasks");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshTasks();

  /** @returns whether it was done */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const { message, fields } = say(error);
      toast({ tone: "danger", message: Object.values(fields)[0] ?? message });
      return false;
    } finally {
      await refresh();
    }
  }

  const reopen = (id: string, version: number) => attempt(() => client.task.reopen.mutate({ id, version }));

  return {
    attempt,
    complete: ({ id, version, title }: Pick<TaskLine, "id" | "version" | "title">, outcome = "") =>
      attempt(async () => {
        const done = await client.task.complete.mutate({ id, version, outcome });
        if (done.nextDueOn) toast({ message: t("doneNext", { title, date: done.nextDueOn }) });
        else
          toast({
            message: t("doneToast", { title }),
            of: { [id]: done.version },
            onUndo: () => reopen(id, done.version),
          });
      }),
    cancel: ({ id, version, title }: TaskLine, reason: string) =>
      attempt(async () => {
        const off = await client.task.cancel.mutate({ id, version, reason });
        toast({
          message: t("cancelledToast", { title }),
          of: { [id]: off.version },
          onUndo: () => reopen(id, off.version),
        });
      }),
    reopen,
  };
}
