"use client";

import { Modal, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { KeyCap } from "../key-cap/key-cap.tsx";
import { type Shortcut, useShortcuts } from "./shortcuts.tsx";
import classes from "./shortcuts-sheet.module.css";
import { keysLayer } from "./typed-key.ts";

/** Every key that does something here, by group: on the page, or in the sheet that lies over it. Opens with `?`. */
export function ShortcutsSheet() {
  const t = useTranslations("shortcuts");
  const { shortcuts, sheet, close, singleKeys, setSingleKeys } = useShortcuts();
  const here = sheet ? keysLayer() : undefined;
  const all = [...general(t), ...shortcuts.filter(({ layer }) => layer === here)];
  const groups = [...new Set(all.map(({ group }) => group))];
  return (
    <Modal opened={sheet} onClose={close} title={t("title")} size={640} classNames={{ title: classes.title }}>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className={classes.group}>{group}</h3>
            <dl className={classes.list}>
              {all
                .filter((shortcut) => shortcut.group === group)
                .toSorted(digitsFirst)
                .map(({ keys, label }) => (
                  <div key={keys} className={classes.row}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.split(" ").map((key) => (
                        <KeyCap key={key}>{key}</KeyCap>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        label={t("singleKeys")}
        description={t("singleKeysHint")}
      />
    </Modal>
  );
}

function general(t: ReturnType<typeof useTranslations<"shortcuts">>): Omit<Shortcut, "run">[] {
  const group = t("general");
  return [
    { keys: "/", label: t("search"), group },
    { keys: "Ctrl K", label: t("searchAnywhere"), group },
    { keys: "?", label: t("sheet"), group },
    { keys: "↑ ↓", label: t("move"), group },
    { keys: "↵", label: t("open"), group },
    { keys: t("escapeKey"), label: t("escape"), group },
  ];
}

/** 1 to 9 in their order, then the others as they were added. */
const place = ({ keys }: Pick<Shortcut, "keys">) => (/^\d$/.test(keys) ? Number(keys) : 10);
const digitsFirst = (one: Pick<Shortcut, "keys">, other: Pick<Shortcut, "keys">) => place(one) - place(other);
