"use client";

import { Button } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { unasked } from "../../../_ground/ground-gate.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./documents.module.css";

/** The requests for a consultation that this report may answer, one press each: whoever reads it closes the loop where they read it. */
export function AnswersRequest({ documentId, patientId }: { documentId: string; patientId: string }) {
  const t = useTranslations("documents.file");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const say = useErrorText();
  const toast = useToast();
  const waiting = useQuery(trpc.referral.open.queryOptions({ patientId }, unasked));
  const answering = useMutation(
    trpc.referral.receiveReport.mutationOptions({
      onSuccess: () => toast({ message: t("answered") }),
      onError: (error) => toast({ tone: "danger", message: say(error).message }),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.referral.pathKey() }),
    }),
  );
  if (!waiting.data?.length) return null;
  return (
    <ul className={classes.answers} aria-label={t("answers")}>
      {waiting.data.map(({ id, version, specialty, recipient, since }) => (
        <li key={id}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconMailCheck size={16} aria-hidden />}
            disabled={answering.isPending}
            onClick={() => answering.mutate({ id, version, documentId })}
          >
            {`${t("answers")} ${t("answersHelp", { specialty, recipient, since })}`}
          </Button>
        </li>
      ))}
    </ul>
  );
}
