"use client";

import { IconCalendarPlus, IconFolderOpen, IconUser } from "@tabler/icons-react";
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
export function PatientSearch({ bookHref }: { bookHref: string | undefined }) {
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
        const { patients } = await client.patient.search.query({ text, limit: most }, { signal });
        return patients.map(({ id, displayName, birthDate, fileNumber, namMasked, likeNamed }) => ({
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
      },
    }),
    [client, t, bookHref, router, slug],
  );
  usePaletteSource(source);
  return open ? <PatientPreview id={open} mayPlan={bookHref !== undefined} onClose={() => setOpen(undefined)} /> : null;
}
