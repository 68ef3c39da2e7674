"use client";

import { Menu } from "@mantine/core";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment, type ReactNode } from "react";
import { KeyCap } from "../key-cap/key-cap.tsx";
import type { RailEntry } from "./rail-link.tsx";
import classes from "./workspace.module.css";

interface RailGroupProps {
  label: string;
  icon: ReactNode;
  entries: RailEntry[];
}

/** Places that are seldom visited, behind one item of the rail: a list of their whole names, each with the keys that lead there at once. */
export function RailGroup({ label, icon, entries }: RailGroupProps) {
  const path = usePathname();
  const isHere = ({ href }: RailEntry) => path === href || path.startsWith(`${href}/`);
  if (entries.length === 0) return null;
  return (
    <Menu position="right-end" offset={10} width={260} shadow="md">
      <Menu.Target>
        <button type="button" className={classes.item} data-here={entries.some(isHere) || undefined}>
          <span aria-hidden>{icon}</span>
          {label}
          {/* What waits in one of them is counted on the group. */}
          {entries.map(({ key, badge }) => badge && <Fragment key={key}>{badge}</Fragment>)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        {entries.map((entry) => (
          <Menu.Item
            key={entry.key}
            component={Link}
            href={entry.href}
            prefetch={false}
            leftSection={<span className={classes.groupIcon}>{entry.icon}</span>}
            rightSection={entry.keys && <Keys keys={entry.keys} />}
            aria-current={isHere(entry) ? "page" : undefined}
          >
            {entry.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Keys({ keys }: { keys: string }) {
  return (
    <span aria-hidden>
      {keys.split(" ").map((key) => (
        <KeyCap key={key}>{key}</KeyCap>
      ))}
    </span>
  );
}
