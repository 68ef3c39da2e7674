"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { MyPasskey } from "#server/auth/passkey/list-passkeys.ts";
import { Chip } from "../_ui/chip/chip.tsx";
import { Moment } from "../_ui/moment/moment.tsx";
import classes from "./account.module.css";

interface PasskeyRowProps {
  passkey: MyPasskey;
  onRename: (label: string) => Promise<boolean>;
  onRemove: () => void;
  busy: boolean;
}

export function PasskeyRow({ passkey, onRename, onRemove, busy }: PasskeyRowProps) {
  const t = useTranslations("account.passkeys");
  const [editing, setEditing] = useState(false);
  const { label, backedUp, createdAt, lastUsedAt } = passkey;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("label") ?? "");
    if (await onRename(typed)) setEditing(false);
  }

  if (editing) {
    return (
      <li className={classes.row}>
        <form onSubmit={submit} className={classes.acts}>
          <TextInput name="label" aria-label={t("name")} defaultValue={label} maxLength={100} data-autofocus />
          <Button type="submit" loading={busy}>
            {t("save")}
          </Button>
          <Button variant="default" onClick={() => setEditing(false)}>
            {t("keep")}
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          {label} {backedUp && <Chip tone="info">{t("synced")}</Chip>}
        </p>
        <p className={classes.detail}>
          {t("made")} <Moment at={createdAt} />
          {" · "}
          {lastUsedAt ? (
            <>
              {t("used")} <Moment at={lastUsedAt} ago />
            </>
          ) : (
            t("neverUsed")
          )}
        </p>
      </div>
      <div className={classes.acts}>
        <Button size="sm" variant="default" onClick={() => setEditing(true)} aria-label={t("renameThis", { label })}>
          {t("rename")}
        </Button>
        <Button size="sm" variant="default" color="brique" onClick={onRemove} aria-label={t("removeThis", { label })}>
          {t("remove")}
        </Button>
      </div>
    </li>
  );
}
