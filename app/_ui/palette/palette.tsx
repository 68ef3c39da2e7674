"use client";

import { Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useShortcuts } from "../shortcuts/shortcuts.tsx";
import classes from "./palette.module.css";
import { PaletteBody } from "./palette-body.tsx";
import type { PaletteItem } from "./palette-source.tsx";

/** Finds patients, pages and acts by a few letters. Opens with `/` or Ctrl K. */
export function Palette() {
  const t = useTranslations("workspace.palette");
  const { palette, close } = useShortcuts();
  const router = useRouter();

  function choose(item: PaletteItem) {
    close();
    if (item.href) router.push(item.href);
    item.run?.();
  }

  return (
    <Modal
      opened={palette}
      onClose={close}
      withCloseButton={false}
      centered={false}
      padding={0}
      size={640}
      yOffset="10vh"
      classNames={{ content: classes.content }}
      attributes={{ content: { "aria-label": t("label") } }}
    >
      <PaletteBody onChoose={choose} />
    </Modal>
  );
}
