"use client";

import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";

/** Prints the page; the sheet's own rules say what of it reaches the paper. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
      {label}
    </Button>
  );
}
