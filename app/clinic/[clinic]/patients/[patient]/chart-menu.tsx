"use client";

import { Button, Menu } from "@mantine/core";
import { IconDots, IconFileTypePdf, IconSend } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { WholeChart } from "./whole-chart.tsx";

interface ChartMenuProps {
  slug: string;
  patientId: string;
  language: "fr" | "en";
  /** Gives care here: may have the whole chart. */
  mayRead: boolean;
}

/** What is done with a chart as a whole: what left it, and all of it as one file. */
export function ChartMenu({ slug, patientId, language, mayRead }: ChartMenuProps) {
  const t = useTranslations("sending");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="compact-md" aria-label={t("whole.more")}>
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            href={`/clinic/${slug}/patients/${patientId}/communications`}
            leftSection={<IconSend size={18} aria-hidden />}
          >
            {t("list.title")}
          </Menu.Item>
          {mayRead && (
            <Menu.Item leftSection={<IconFileTypePdf size={18} aria-hidden />} onClick={() => setOpen(true)}>
              {t("whole.menu")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isOpen && <WholeChart slug={slug} patientId={patientId} language={language} onClose={() => setOpen(false)} />}
    </>
  );
}
