import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { AllVersions } from "./all-versions.tsx";
import classes from "./note.module.css";
import { arrangeVersions } from "./versions.ts";

/** Under an addendum while it is written: the note that it is added to, to be read. */
export function AmendedNote({ id }: { id: string }) {
  const t = useTranslations("notes");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.note.read.queryOptions({ id }, { staleTime: 0 }));
  const arranged = data && arrangeVersions(data);
  if (!arranged) return null;
  const { note, addenda } = arranged;
  const first = data.find((one) => one.id === note.of) ?? note.shown;
  return (
    <section className={classes.later} data-relation="first" aria-label={t("amendedNote")}>
      <h3 className={classes.laterTitle}>{t("amendedNote")}</h3>
      <AllVersions versions={note} visit={first} onCosign={undefined} busy={false} />
      {addenda.map((one) => (
        <div key={one.of} className={classes.later} data-relation="addendum">
          <h3 className={classes.laterTitle}>{t("addendumTitle")}</h3>
          <AllVersions versions={one} onCosign={undefined} busy={false} />
        </div>
      ))}
    </section>
  );
}
