"use client";

import { IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { LikeRecord } from "#server/patient/like-records.ts";
import { LinkButton } from "../../../../_ui/link-button/link-button.tsx";
import classes from "./form.module.css";
import type { Looked } from "./use-alike.ts";

interface AlikePaneProps {
  alike: readonly LikeRecord[];
  found: Looked;
  hrefOf: (id: string) => string;
}

/** Records that may be the person being written: told beside the form, never in its way. */
export function AlikePane({ alike, found, hrefOf }: AlikePaneProps) {
  const t = useTranslations("patients.alike");
  return (
    <aside className={classes.alike} aria-label={t("title")}>
      <h2 className={classes.alikeTitle}>{t("title")}</h2>
      <div role="status">
        {alike.length === 0 && <p className={classes.quiet}>{t(`none.${found}`)}</p>}
        {alike.length > 0 && (
          <p className={classes.alikeHead}>
            <IconUsers size={18} aria-hidden />
            <span>
              {t(alike.some(({ likely }) => likely) ? "some" : "perhaps", { count: alike.length })} {t("check")}
            </span>
          </p>
        )}
      </div>
      <ul className={classes.alikeList}>
        {alike.map(({ id, displayName, birthDate, fileNumber, namMasked, why }) => (
          <li key={id}>
            <strong>{displayName}</strong>
            <span className={classes.quiet}>
              {[birthDate, `#${fileNumber}`, namMasked].filter(Boolean).join(" · ")}
            </span>
            <span className={classes.why}>{why.map((one) => t(`why.${one}`)).join(", ")}</span>
            <span className={classes.acts}>
              <LinkButton href={hrefOf(id)} variant="default" size="compact-md">
                {t("open")}
              </LinkButton>
            </span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
