"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconCalendarPlus, IconChecklist, IconPill, IconSend2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { PatientView } from "#server/patient/record.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { KeyCap } from "../../../../_ui/key-cap/key-cap.tsx";
import { useShortcuts } from "../../../../_ui/shortcuts/shortcuts.tsx";
import { useShortcutList } from "../../../../_ui/shortcuts/use-shortcut-list.ts";
import { NewLetter } from "./_letters/new-letter.tsx";
import classes from "./chart.module.css";
import { useOpenDesk } from "./desk-place.ts";
import { begunItems } from "./medicaments/begun-items.ts";
import { useBookVisit } from "./use-book-visit.ts";

interface ActsStripProps {
  slug: string;
  patient: PatientView;
  mayWrite: boolean;
  mayTask: boolean;
  mayPlan: boolean;
}

const look: ButtonProps = { variant: "default", size: "compact-md" };

/** What a visit ends with, one gesture from the note: a prescription, a request, a task, the next visit. */
export function ActsStrip({ slug, patient, mayWrite, mayTask, mayPlan }: ActsStripProps) {
  const t = useTranslations("chart.acts");
  const prescribe = useOpenDesk();
  const { shortcuts } = useShortcuts();
  const trpc = useTRPC();
  const { data: held } = useQuery(trpc.medication.read.queryOptions({ patientId: patient.id }));
  const prescribes = mayWrite && held?.prescriber !== null && held?.prescriber !== undefined;
  const begun = begunItems(held);
  const plans = mayPlan && patient.status === "active";
  const book = useBookVisit(slug, patient);
  useShortcutList([
    ...(prescribes ? [{ keys: "r", label: t("prescribe"), group: t("title"), run: () => prescribe() }] : []),
    ...(plans ? [{ keys: "v", label: t("book"), group: t("title"), run: book }] : []),
  ]);
  return (
    <nav className={classes.strip} aria-label={t("title")} data-acts-below="note">
      {prescribes && (
        <Button
          {...look}
          leftSection={<IconPill size={16} aria-hidden />}
          rightSection={<KeyCap>r</KeyCap>}
          onClick={() => prescribe()}
        >
          {t("prescribe")}
          {begun > 0 && (
            <span className={classes.begun} title={t("begun")}>
              <span className="cv-visually-hidden">{t("begun")} </span>
              {begun}
            </span>
          )}
        </Button>
      )}
      {mayWrite && (
        <NewLetter patientId={patient.id} keys="d" label={t("request")} group={t("title")} position="top-start">
          <Button {...look} leftSection={<IconSend2 size={16} aria-hidden />} rightSection={<KeyCap>d</KeyCap>}>
            {t("request")}
          </Button>
        </NewLetter>
      )}
      {mayTask && (
        <Button
          {...look}
          leftSection={<IconChecklist size={16} aria-hidden />}
          rightSection={<KeyCap>t</KeyCap>}
          // The card of tasks opens its own line.
          onClick={() => shortcuts.find(({ keys }) => keys === "t")?.run()}
        >
          {t("task")}
        </Button>
      )}
      {plans && (
        <Button
          {...look}
          leftSection={<IconCalendarPlus size={16} aria-hidden />}
          rightSection={<KeyCap>v</KeyCap>}
          onClick={book}
        >
          {t("book")}
        </Button>
      )}
    </nav>
  );
}
