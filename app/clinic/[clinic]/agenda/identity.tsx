"use client";

import { useTranslations } from "next-intl";
import type { PersonEssentials } from "#server/appointment/record.ts";
import classes from "./pane.module.css";

/** How old somebody is, when they were born, under which number they are kept. */
export function Identity({ person }: { person: PersonEssentials | undefined }) {
  const t = useTranslations("agenda");
  // The line keeps its height while it is read.
  if (!person) return <p className={classes.identity}>&nbsp;</p>;
  const { age, sex, birthDate, fileNumber, preferredName, bookerName } = person;
  return (
    <p className={classes.identity}>
      {age !== null && <strong>{t("age", { age })}</strong>}
      {sex && sex !== "unknown" && (
        <>
          {age !== null && " · "}
          <strong>{t(`sex.${sex}`)}</strong>
        </>
      )}
      {birthDate && ` · ${t("born", { date: birthDate })}`}
      {fileNumber && (
        <>
          <br />
          {t("file", { number: fileNumber })}
        </>
      )}
      {preferredName && (
        <>
          <br />
          {t("preferred", { name: preferredName })}
        </>
      )}
      {bookerName && (
        <>
          <br />
          {t("bookedBy", { name: bookerName })}
        </>
      )}
    </p>
  );
}
