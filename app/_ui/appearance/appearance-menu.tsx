"use client";

import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { appearances, readAppearance } from "./appearance.ts";

const icons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

/** Light, dark, or as the device says. */
export function AppearanceMenu() {
  const t = useTranslations("common.appearance");
  const { colorScheme } = useMantineColorScheme();
  const Icon = icons[readAppearance(colorScheme)];
  return (
    <Menu position="bottom-end" width={200} withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="ardoise" size={44} aria-label={t("label")}>
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("label")}</Menu.Label>
        <AppearanceItems />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The three choices, for a menu that holds other things too. */
export function AppearanceItems() {
  const t = useTranslations("common.appearance");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(readAppearance(value ?? undefined))}>
      {appearances.map((appearance) => (
        <Menu.RadioItem key={appearance} value={appearance}>
          {t(appearance)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
