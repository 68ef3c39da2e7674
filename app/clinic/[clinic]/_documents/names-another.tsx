import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { NamedPatient } from "#server/document/record.ts";
import classes from "./documents.module.css";

interface NamesAnotherProps {
  named: NamedPatient;
  /** Whose chart it is in, or is about to be. */
  chart: string;
  children?: ReactNode;
}

/** The document's own words name somebody else: said where it is filed, and again to whoever reviews it. */
export function NamesAnother({ named, chart, children }: NamesAnotherProps) {
  const t = useTranslations("documents.another");
  return (
    <div className={classes.another} role="alert" data-names-another>
      <strong>
        <IconAlertTriangle size={18} aria-hidden /> {t("title")}
      </strong>
      <NamedInText named={named} chart={chart} />
      {children}
    </div>
  );
}

/** « Le texte nomme …; ce dossier est celui de … » */
export function NamedInText({ named, chart }: Pick<NamesAnotherProps, "named" | "chart">) {
  const t = useTranslations("documents.another");
  return (
    <span>
      {t.rich("text", {
        name: named.name,
        birthDate: named.birthDate ?? "",
        chart,
        day: (words) => <span className="cv-nowrap">{words}</span>,
      })}
    </span>
  );
}
