"use client";

import { IconCalendarPlus, IconFiles, IconId, IconPill, IconShieldLock } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ChartView, OpenChartView } from "#server/chart/record.ts";
import { type PaletteItem, type PaletteSource, usePaletteSource } from "../../../../_ui/palette/palette-source.tsx";
import { bookFor } from "../../_schedule/booking-person.ts";

interface Held {
  readonly slug: string;
  readonly mayRead: boolean;
  readonly mayFile: boolean;
  readonly mayPlan: boolean;
  readonly openDesk: () => void;
}

/** What the palette finds first in an open chart: its other pages, and what is done for this person. */
export function useChartPalette(chart: ChartView, held: Held): void {
  const t = useTranslations("chart.palette");
  const router = useRouter();
  const open = "patient" in chart ? chart : undefined;
  const { slug, mayRead, mayFile, mayPlan, openDesk } = held;
  const source = useMemo(
    (): PaletteSource => ({
      id: "chart",
      label: t("title"),
      items: open ? items(open, { slug, mayRead, mayFile, mayPlan, openDesk }, t, (href) => router.push(href)) : [],
    }),
    [open, slug, mayRead, mayFile, mayPlan, openDesk, t, router],
  );
  usePaletteSource(source);
}

function items(
  { patient, maySeeAccess }: OpenChartView,
  { slug, mayRead, mayFile, mayPlan, openDesk }: Held,
  t: ReturnType<typeof useTranslations<"chart.palette">>,
  go: (href: string) => void,
): PaletteItem[] {
  const at = `/clinic/${slug}/patients/${patient.id}`;
  const page = (id: "documents" | "file" | "access", href: string, icon: PaletteItem["icon"]) => ({
    id,
    label: t(id),
    detail: patient.displayName,
    icon,
    href: `${at}/${href}`,
  });
  return [
    ...(mayRead
      ? [
          {
            id: "medications",
            label: t("medications"),
            detail: patient.displayName,
            icon: <IconPill />,
            run: () => openDesk(),
          },
        ]
      : []),
    ...(mayFile ? [page("documents", "documents", <IconFiles />)] : []),
    page("file", "fiche", <IconId />),
    ...(maySeeAccess ? [page("access", "acces", <IconShieldLock />)] : []),
    ...(mayPlan && patient.status === "active"
      ? [
          {
            id: "book-here",
            label: t("book"),
            detail: patient.displayName,
            icon: <IconCalendarPlus />,
            run: () => {
              bookFor({ known: true, id: patient.id, name: patient.displayName });
              go(`/clinic/${slug}/agenda?new=1`);
            },
          },
        ]
      : []),
  ];
}
