"use client";

import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RailEntry } from "./rail-link.tsx";
import classes from "./workspace.module.css";

/** What does not fit in the phone's bar: the other places, then the menus of the top bar. */
export function MoreDrawer({ entries, children }: { entries: RailEntry[]; children: ReactNode }) {
  const t = useTranslations("workspace");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <button type="button" className={classes.item} onClick={open} aria-haspopup="dialog">
        <IconDots size={20} aria-hidden />
        {t("more")}
      </button>
      <Drawer opened={opened} onClose={close} position="bottom" size="auto" title={t("more")} radius="16px 16px 0 0">
        <nav aria-label={t("more")} className={classes.drawer}>
          {entries.map(({ key, href, label, icon }) => (
            <Link key={key} href={href} prefetch={false} className={classes.drawerItem} onClick={close}>
              <span aria-hidden>{icon}</span>
              {label}
            </Link>
          ))}
        </nav>
        <div className={classes.drawerMenus}>{children}</div>
      </Drawer>
    </>
  );
}
