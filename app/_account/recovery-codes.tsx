"use client";

import { Button, Checkbox, CopyButton } from "@mantine/core";
import { IconCopy, IconPrinter } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Section } from "../_ui/section/section.tsx";
import classes from "./account.module.css";

/** Shown once, and never again: copied, printed or written down before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslations("account.recovery");
  const [kept, setKept] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);

  return (
    <div ref={place} tabIndex={-1} style={{ outline: "none" }}>
      <Section title={t("title")} lead={t("lead")}>
        <ul className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div className={`${classes.acts} ${classes.noPrint}`}>
          <CopyButton value={codes.join("\n")}>
            {({ copied, copy }) => (
              <Button variant="default" leftSection={<IconCopy size={18} aria-hidden />} onClick={copy}>
                {t(copied ? "copied" : "copy")}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            {t("print")}
          </Button>
        </div>
        <div className={`${classes.form} ${classes.after} ${classes.noPrint}`}>
          <Checkbox label={t("kept")} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
          <Button onClick={onKept} disabled={!kept} w="fit-content">
            {t("done")}
          </Button>
        </div>
      </Section>
    </div>
  );
}
