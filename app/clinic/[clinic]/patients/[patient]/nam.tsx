"use client";

import { ActionIcon } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { NamStatus } from "#server/patient/schema.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import classes from "./identity-bar.module.css";

/** Long enough to copy it on a form, short enough for a screen that is left. */
const shownForMs = 30_000;

/** The NAM masked; shown whole for half a minute to whoever asks, which the journal notes. */
export function Nam({ patientId, masked, status }: { patientId: string; masked: string | null; status: NamStatus }) {
  const t = useTranslations("chart");
  const trpc = useTRPC();
  const say = useErrorText();
  const { mutate, data, reset, isPending, error } = useMutation(trpc.patient.revealNam.mutationOptions());
  useEffect(() => {
    if (!data) return;
    const timer = setTimeout(reset, shownForMs);
    return () => clearTimeout(timer);
  }, [data, reset]);

  if (!masked) return status === "absent" ? t("noNam") : t(`namStatus.${status}`);
  return (
    <>
      <span className={classes.nam}>{data?.nam ?? masked}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        className={classes.eye}
        loading={isPending}
        aria-label={t(data ? "hideNam" : "showNam")}
        title={t(data ? "hideNam" : "showNam")}
        onClick={() => (data ? reset() : mutate({ id: patientId }))}
      >
        {data ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
      </ActionIcon>
      {status !== "valid" && <span className={classes.namStatus}>{t(`namStatus.${status}`)}</span>}
      <span role="status" className={error ? classes.namStatus : "cv-visually-hidden"}>
        {data && t("namTold")}
        {error && say(error).message}
      </span>
    </>
  );
}
