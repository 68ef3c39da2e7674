"use client";

import { Button } from "@mantine/core";
import { IconEyeOff, IconShieldCheck, IconShieldLock, IconUrgent } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useParams, useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import type { OpenChartView } from "#server/chart/record.ts";
import { holdGlass, layGlassDown, releaseGlass } from "../../../../_session/glass.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import { BreakGlass } from "./break-glass.tsx";
import classes from "./identity-bar.module.css";

/** On what ground one is here, and that the person closed something: the way to what and to whom, for whoever may see it. */
export function AccessFact({ chart }: { chart: OpenChartView }) {
  const t = useTranslations("chart");
  const { clinic: slug } = useParams<{ clinic: string }>();
  const { restrictions, basis, patient, maySeeAccess, hidden } = chart;
  // A part that its author set aside is no restriction of the patient, and leaves nobody to say that there is none.
  const open = hidden ? [] : [t("unrestricted")];
  const said = [...(restrictions > 0 ? [t("restricted", { count: restrictions })] : open), t(`basis.${basis}`)].join(
    " · ",
  );
  return (
    <>
      {restrictions > 0 || hidden ? (
        <IconShieldLock size={16} aria-hidden />
      ) : (
        <IconShieldCheck size={16} aria-hidden />
      )}
      {maySeeAccess ? <Link href={`/clinic/${slug}/patients/${patient.id}/acces`}>{said}</Link> : said}
    </>
  );
}

/** That something is closed to this reader, not what; and that they read through a broken glass, until when. */
export function AccessState({ chart }: { chart: OpenChartView }) {
  const t = useTranslations("chart.glass");
  const format = useFormatter();
  const { clinic: slug } = useParams<{ clinic: string }>();
  const router = useRouter();
  const queries = useQueryClient();
  const [breaking, setBreaking] = useState(false);
  const { glass, hidden, mayBreakGlass, patient } = chart;
  const patientId = patient.id;
  const glassId = glass?.id;
  const expiresAt = glass?.expiresAt;
  // Before the effects of what is shown below: their first calls must say it already.
  if (typeof window !== "undefined") holdGlass(glassId);
  useEffect(() => (glassId ? () => releaseGlass(glassId) : undefined), [glassId]);

  const close = useCallback(() => {
    if (!glassId) return;
    layGlassDown(slug, patientId, glassId);
    void queries.resetQueries();
    router.refresh();
  }, [glassId, slug, patientId, queries, router]);
  useEffect(() => {
    if (!expiresAt) return;
    const timer = setTimeout(close, Math.max(0, Date.parse(expiresAt) - Date.now()));
    return () => clearTimeout(timer);
  }, [expiresAt, close]);

  if (glass)
    return (
      <div className={classes.alerts} role="status">
        <Chip tone="danger" icon={<IconUrgent />}>
          {t("until", { time: format.dateTime(new Date(glass.expiresAt), "time") })}
        </Chip>
        <Button size="compact-sm" variant="default" onClick={close}>
          {t("close")}
        </Button>
      </div>
    );
  if (!hidden) return null;
  return (
    <div className={`${classes.alerts} ${classes.closed}`}>
      <Chip tone="attention" icon={<IconEyeOff />}>
        {t("hidden")}
      </Chip>
      {mayBreakGlass && (
        <Button size="compact-sm" variant="subtle" onClick={() => setBreaking(true)}>
          {t("pass")}
        </Button>
      )}
      {breaking && <BreakGlass slug={slug} patientId={patientId} onClose={() => setBreaking(false)} />}
    </div>
  );
}
