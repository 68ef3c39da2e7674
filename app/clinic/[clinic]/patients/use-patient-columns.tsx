import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ListedPatient } from "#server/patient/list-patients.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import type { Column } from "../../../_ui/data-table/data-table.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import classes from "./patients.module.css";

/** Surname first, as the list is sorted. */
export function usePatientColumns(): Column<ListedPatient>[] {
  const t = useTranslations("patients");
  return [
    {
      key: "name",
      label: t("columns.name"),
      cell: ({ familyName, givenName, preferredName, alert }) => (
        <span className={classes.name}>
          <span>
            <strong>{familyName}</strong>
            {`, ${givenName}`}
            {preferredName && <span className={classes.quiet}>{` (${preferredName})`}</span>}
          </span>
          {alert && (
            <span className={classes.alert}>
              <Chip tone={alert.severity} icon={alert.severity === "info" ? <IconInfoCircle /> : <IconAlertTriangle />}>
                {alert.text}
              </Chip>
            </span>
          )}
        </span>
      ),
    },
    {
      key: "born",
      label: t("columns.born"),
      cell: ({ birthDate, age, sex }) =>
        birthDate && (
          <>
            <span className="cv-nowrap">{birthDate}</span>{" "}
            <span className={`cv-nowrap ${classes.quiet}`}>
              {[age === 0 ? t("ageUnderOne") : t("age", { count: age ?? 0 }), sex && t(`form.sexes.${sex}`)]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </>
        ),
    },
    { key: "file", label: t("columns.file"), secondary: true, cell: ({ fileNumber }) => fileNumber },
    {
      key: "phone",
      label: t("columns.phone"),
      secondary: true,
      cell: ({ phone }) => <span className="cv-nowrap">{phone}</span>,
    },
    { key: "doctor", label: t("columns.doctor"), secondary: true, cell: ({ familyDoctor }) => familyDoctor },
    {
      key: "last",
      label: t("columns.last"),
      secondary: true,
      cell: ({ lastVisitAt }) =>
        lastVisitAt ? <Moment at={lastVisitAt} as="date" /> : <span className={classes.quiet}>{t("never")}</span>,
    },
    {
      key: "next",
      label: t("columns.next"),
      secondary: true,
      cell: ({ nextVisitAt }) =>
        nextVisitAt ? <Moment at={nextVisitAt} as="dateAndTime" /> : <span className={classes.quiet}>{t("none")}</span>,
    },
  ];
}
