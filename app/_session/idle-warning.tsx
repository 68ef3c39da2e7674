"use client";

import { Button } from "@mantine/core";
import { IconMoon } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./idle-warning.module.css";

/** Says, in a corner, that the session is about to sleep. Any key or gesture keeps it awake; the button is for who needs one. */
export function IdleWarning({ secondsLeft, onStay }: { secondsLeft: number | null; onStay: () => void }) {
  const t = useTranslations("signIn.idle");
  if (secondsLeft === null) return <div role="status" className={classes.none} />;
  return (
    <div role="status" className={classes.warning}>
      <IconMoon size={20} aria-hidden />
      <p className={classes.words}>
        {t("soon")} <span aria-hidden>{t("seconds", { count: secondsLeft })}</span>
      </p>
      <Button size="sm" variant="default" onClick={onStay}>
        {t("stay")}
      </Button>
    </div>
  );
}
