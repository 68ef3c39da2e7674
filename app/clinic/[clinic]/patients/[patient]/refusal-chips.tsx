"use client";

import { IconHandStop } from "@tabler/icons-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { OpenChartView } from "#server/chart/record.ts";
import { Chip } from "../../../../_ui/chip/chip.tsx";
import classes from "./identity-bar.module.css";

/** What the person said no to, before somebody does it: each leads to their consents. */
export function RefusalChips({ chart }: { chart: OpenChartView }) {
  const t = useTranslations("chart.refusals");
  const { clinic: slug } = useParams<{ clinic: string }>();
  if (chart.refusals.length === 0) return null;
  return (
    <ul className={classes.refusals} aria-label={t("title")}>
      {chart.refusals.map(({ purpose, scope }) => (
        <li key={`${purpose} ${scope}`}>
          <Link href={`/clinic/${slug}/patients/${chart.patient.id}/fiche`} prefetch={false} title={scope}>
            <Chip tone="attention" icon={<IconHandStop />}>
              {t(purpose)}
            </Chip>
          </Link>
        </li>
      ))}
    </ul>
  );
}
