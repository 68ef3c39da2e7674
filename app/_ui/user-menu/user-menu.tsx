"use client";

import { Menu } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppearanceItems } from "../appearance/appearance-menu.tsx";
import { PersonDisc } from "../person/person-disc.tsx";
import classes from "./user-menu.module.css";

type UserMenuProps = {
  name: string;
  email: string;
  /** In words. */
  role?: string;
  /** `Menu.Item`s: my account, lock, sign out. */
  children: ReactNode;
};

/** Who is signed in here, and what concerns only that person. */
export function UserMenu({ name, email, role, children }: UserMenuProps) {
  const t = useTranslations("common");
  return (
    <Menu position="bottom-end" width={260} withinPortal={false}>
      <Menu.Target>
        <button type="button" className={classes.me} aria-haspopup="menu">
          <PersonDisc name={name} tone="self" />
          <span className={classes.name}>{name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{name}</strong>
          {role && <span>{role}</span>}
          <span>{email}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t("appearance.label")}</Menu.Label>
        <AppearanceItems />
        <Menu.Divider />
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
