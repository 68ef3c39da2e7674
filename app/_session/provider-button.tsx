"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconBuilding } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./provider-button.module.css";

/** Leads to a clinic's provider. The clinic chose the words: they may be long, and are never cut. */
export function ProviderButton({
  onClick,
  children,
  ...props
}: ButtonProps & { onClick: () => void; children: ReactNode }) {
  return (
    <Button
      {...props}
      fullWidth
      onClick={onClick}
      leftSection={<IconBuilding size={20} aria-hidden />}
      classNames={{ root: classes.root, label: classes.label }}
    >
      {children}
    </Button>
  );
}
