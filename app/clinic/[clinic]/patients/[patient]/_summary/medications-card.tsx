"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { sayPosology } from "#server/medication/posology.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import classes from "./summary.module.css";

/** What the patient takes, on the summary: each line opens the screen where it is renewed, changed and prescribed. Asks for the words of `medications`. */
export function MedicationsCard({ patientId, mayWrite }: { patientId: string; mayWrite: boolean }) {
  const t = useTranslations("medications");
  const trpc = useTRPC();
  const say = useErrorText();
  const language = languageOf(useLocale());
  const here = usePathname();
  const read = useQuery(trpc.medication.read.queryOptions({ patientId }));
  const active = (read.data?.medications ?? []).filter(({ status }) => status === "active");
  const href = `${here.replace(/\/$/, "")}/medicaments`;
  return (
    <section className={classes.card} aria-labelledby="medications">
      <div className={classes.head}>
        <h2 className={classes.title} id="medications">
          {t("title")} {read.data && <span className={classes.count}>{active.length}</span>}
        </h2>
        <Link href={href} className={classes.more}>
          {!mayWrite ? t("history") : read.data && !read.data.prescriber ? t("openList") : t("open")}
        </Link>
        {active.some(({ coveredUntil }) => coveredUntil) && (
          <span className={`${classes.meaning} ${classes.until}`} aria-hidden>
            {t("validUntil")}
          </span>
        )}
      </div>
      {read.isError && <p className={classes.none}>{say(read.error).message}</p>}
      {read.data && active.length === 0 && <p className={classes.none}>{t("none")}</p>}
      <ul className={classes.rows}>
        {active.map((one) => (
          <li key={one.id}>
            <Link href={href} className={classes.row} data-row data-drug>
              <span className={classes.left}>
                <span className={classes.name}>{`${one.label} ${one.strength}`}</span>
                <span className={classes.when}>{sayPosology({ ...one, durationDays: null }, language)}</span>
              </span>
              {one.coveredUntil && (
                <span className={classes.right}>
                  <span className="cv-visually-hidden">{t("validUntil")} </span>
                  {one.coveredUntil}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {read.data && (
        <p className={classes.written}>
          {read.data.reviewed ? t("reviewed", { date: read.data.reviewed.at.slice(0, 10) }) : t("neverReviewed")}
        </p>
      )}
    </section>
  );
}
