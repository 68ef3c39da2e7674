import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import classes from "./data-table.module.css";

export type Paging = {
  /** Place of the first and last row shown, from 1. */
  from: number;
  to: number;
  /** Left out when the server does not count. */
  total?: number;
  /** Absent on the first page. */
  onPrevious?: () => void;
  /** Absent on the last page. */
  onNext?: () => void;
};

/** « 1 à 50 sur 1 240 », and the two ways to go. */
export function Pager({ from, to, total, onPrevious, onNext, label }: Paging & { label: string }) {
  const t = useTranslations("common.table");
  const format = useFormatter();
  const [first, last] = [from, to].map((place) => format.number(place, "integer"));
  return (
    <nav className={classes.pager} aria-label={label}>
      <span className={classes.range} role="status">
        {total === undefined
          ? t("rangeUnknown", { from: first ?? "", to: last ?? "" })
          : t("range", { from: first ?? "", to: last ?? "", total: format.number(total, "integer") })}
      </span>
      {(onPrevious || onNext) && (
        <>
          <ActionIcon
            variant="default"
            size={36}
            onClick={onPrevious}
            disabled={!onPrevious}
            aria-label={t("previous")}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={36} onClick={onNext} disabled={!onNext} aria-label={t("next")}>
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </>
      )}
    </nav>
  );
}
