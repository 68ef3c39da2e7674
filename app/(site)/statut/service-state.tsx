"use client";

import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Chip } from "../../_ui/chip/chip.tsx";
import { SkeletonRows } from "../../_ui/skeleton/skeleton.tsx";
import { askReady, type Readiness } from "./ask-ready.ts";
import classes from "./service-state.module.css";

const everyMs = 30_000;
const parts = ["database", "keys"] as const;

/** Asks the server's own health door, and says what it answered and when. */
export function ServiceState() {
  const t = useTranslations("legal.status");
  const format = useFormatter();
  const [ready, setReady] = useState<Readiness>();

  useEffect(() => {
    const ask = () => void askReady().then(setReady);
    ask();
    const timer = setInterval(ask, everyMs);
    return () => clearInterval(timer);
  }, []);

  if (!ready) return <SkeletonRows rows={3} height={56} />;
  const lines = [
    { name: t("site"), works: ready.checks !== undefined },
    ...parts.map((part) => ({ name: t(part), works: ready.checks && ready.checks[part] === "ok" })),
  ];
  const time = format.dateTime(ready.at, "time").replaceAll(" ", "\u00a0");
  return (
    <div className={classes.state}>
      <ul className={classes.list}>
        {lines.map(({ name, works }) => (
          <li key={name} className={classes.line}>
            <span>{name}</span>
            <Answer works={works} />
          </li>
        ))}
      </ul>
      <p className={classes.note} role="status">
        {ready.checks ? t("checked", { time }) : t("unreachable")}
      </p>
    </div>
  );
}

function Answer({ works }: { works: boolean | undefined }) {
  const t = useTranslations("legal.status");
  if (works === undefined) return <Chip>{t("unknown")}</Chip>;
  if (works) {
    return (
      <Chip tone="good" icon={<IconCheck />}>
        {t("works")}
      </Chip>
    );
  }
  return (
    <Chip tone="danger" icon={<IconAlertTriangle />}>
      {t("fails")}
    </Chip>
  );
}
