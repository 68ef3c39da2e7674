"use client";

import { IconCalendarPlus, IconFolderOpen, IconLock, IconUser, IconUserPlus } from "@tabler/icons-react";
import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type PaletteSource, usePaletteSource } from "../../../_ui/palette/palette-source.tsx";
import { bookFor } from "../_schedule/booking-person.ts";
import { PatientPreview } from "./patient-preview.tsx";

const most = 8;

/** Lets the palette find patients by any part of any name, phone, birth date, NAM or file number; one opens beside the page. */
export function PatientSearch({ bookHref, mayRegister }: { bookHref: string | undefined; mayRegister: boolean }) {
  const t = useTranslations("workspace");
  const router = useRouter();
  const { clinic: slug } = useParams<{ clinic: string }>();
  const client = useTRPCClient();
  const [open, setOpen] = useState<string>();
  const source = useMemo(
    (): PaletteSource => ({
      id: "patients",
      label: t("palette.patients"),
      async search(text, signal) {
        const { patients, closed } = await client.patient.search.query({ text, limit: most }, { signal });
        // Whoever closed their chart to this person is found by their very number only: the way past is on the chart's own page.
        const locked = closed.map((id) => ({
          id,
          label: t("palette.closedChart"),
          detail: t("palette.closedChartWhy"),
          icon: <IconLock />,
          href: `/clinic/${slug}/patients/${id}`,
        }));
        // A number that finds nobody may be that of somebody closed to this person: no second record is proposed for it.
        if (patients.length + locked.length === 0 && mayRegister && !/\d/.test(text))
          return [
            {
              id: "register",
              label: t("palette.register"),
              detail: t("palette.registerWhy"),
              icon: <IconUserPlus />,
              href: `/clinic/${slug}/patients/inscription`,
            },
          ];
        const lines = patients.map(({ id, displayName, birthDate, fileNumber, namMasked, likeNamed }) => ({
          id,
          label: displayName,
          detail: [birthDate, fileNumber, namMasked].filter(Boolean).join(" · "),
          icon: <IconUser />,
          chip: likeNamed.length > 0 ? <Chip tone="attention">{t("patient.likeNamed")}</Chip> : undefined,
          run: () => setOpen(id),
          acts: [
            {
              id: "chart",
              label: t("palette.openChart"),
              detail: displayName,
              icon: <IconFolderOpen />,
              run: () => router.push(`/clinic/${slug}/patients/${id}`),
            },
            ...(bookHref
              ? [
                  {
                    id: "book",
                    label: t("palette.bookFor"),
                    detail: displayName,
                    icon: <IconCalendarPlus />,
                    run: () => {
                      bookFor({ known: true, id, name: displayName });
                      router.push(bookHref);
                    },
                  },
                ]
              : []),
          ],
        }));
        return [...lines, ...locked];
      },
    }),
    [client, t, bookHref, mayRegister, router, slug],
  );
  usePaletteSource(source);
  return open ? <PatientPreview id={open} mayPlan={bookHref !== undefined} onClose={() => setOpen(undefined)} /> : null;
}
