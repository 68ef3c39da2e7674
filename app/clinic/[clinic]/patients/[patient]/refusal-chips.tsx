"use client";

import { IconHandStop } from "@tabler/icons-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { OpenChartView } from "#server/chart/record.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import classes from "./identity-bar.module.css";

/** As many as the head shows; the server says one more when there are others. */
const most = 12;

/** What the person said no to, before somebody does it: each leads to their consents. */
export function RefusalChips({ chart }: { chart: OpenChartView }) {
  const t = useTranslations("chart.refusals");
  const { clinic: slug } = useParams<{ clinic: string }>();
  if (chart.refusals.length === 0) return null;
  const file = `/clinic/${slug}/patients/${chart.patient.id}/fiche`;
  return (
    <ul className={classes.refusals} aria-label={t("title")}>
      {chart.refusals.slice(0, most).map(({ purpose, scope }) => (
        <li key={`${purpose} ${scope}`}>
          <Link href={file} prefetch={false} title={scope}>
            <Chip tone="attention" icon={<IconHandStop />}>
              {t(purpose)}
            </Chip>
          </Link>
        </li>
      ))}
      {chart.refusals.length > most && (
        <li>
          <Link href={file} prefetch={false}>
            <Chip tone="attention">{t("others")}</Chip>
          </Link>
        </li>
      )}
    </ul>
  );
}
