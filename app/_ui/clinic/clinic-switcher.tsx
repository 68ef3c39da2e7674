"use client";

import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import classes from "./clinic.module.css";
import { ClinicDot } from "./clinic-dot.tsx";

export type SwitchableClinic = {
  id: string;
  slug: string;
  name: string;
  /** In words, already in the reader's language. */
  role: string;
};

/** Which clinic this is, in a name and a colour; and the others of the same person, one click away. */
export function ClinicSwitcher({ current, clinics }: { current: SwitchableClinic; clinics: SwitchableClinic[] }) {
  const t = useTranslations("workspace");
  const name = (
    <>
      <ClinicDot id={current.id} />
      <span className={classes.name}>{current.name}</span>
    </>
  );
  if (clinics.length < 2) return <div className={classes.current}>{name}</div>;
  return (
    <Menu position="bottom-start" width={300} withinPortal={false}>
      <Menu.Target>
        <button type="button" className={classes.current} aria-label={t("switchClinic", { clinic: current.name })}>
          {name}
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("myClinics")}</Menu.Label>
        {clinics.map((clinic) => (
          <Menu.Item
            key={clinic.id}
            component={Link}
            href={`/clinic/${clinic.slug}`}
            prefetch={false}
            leftSection={<ClinicDot id={clinic.id} />}
            rightSection={clinic.id === current.id ? <IconCheck size={16} aria-hidden /> : undefined}
            aria-current={clinic.id === current.id || undefined}
          >
            {clinic.name}
            <span className={classes.role}>{clinic.role}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
