import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./calendars.module.css";

/** An address that was just made, for as long as it is in sight and never again. */
export function SecretAddress({ address, onDone }: { address: string; onDone: () => void }) {
  const t = useTranslations("calendars");
  return (
    <div className={classes.secret} role="status">
      <p>{t("made")}</p>
      <TextInput label={t("address")} value={address} readOnly onFocus={(event) => event.currentTarget.select()} />
      <div className={classes.acts}>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            >
              {copied ? t("copied") : t("copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="subtle" onClick={onDone}>
          {t("done")}
        </Button>
      </div>
    </div>
  );
}
