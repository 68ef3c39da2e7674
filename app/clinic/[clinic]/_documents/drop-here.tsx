import { useTranslations } from "next-intl";
import classes from "./documents.module.css";

/** Over the page while files are held over it: where they go when they are let go. */
export function DropHere({ title }: { title: string }) {
  const t = useTranslations("documents");
  return (
    <div className={classes.drop} aria-hidden>
      <strong>{title}</strong>
      <span>{t("dropHelp")}</span>
    </div>
  );
}
