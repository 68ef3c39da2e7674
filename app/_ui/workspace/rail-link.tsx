"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import classes from "./workspace.module.css";

export type RailEntry = {
  key: string;
  href: string;
  /** One short word: it stands under an icon of 20 px. */
  label: string;
  icon: ReactNode;
  /** A number at the corner of the icon: what waits there. */
  badge?: ReactNode;
  /** What is typed to go there: said where there is room for it. */
  keys?: string;
  /** Only this very address, not those below it. */
  exact?: boolean;
};

/** One place of the workspace: icon over word, in the rail and in the phone's bar. */
export function RailLink({ href, label, icon, badge, exact }: RailEntry) {
  const path = usePathname();
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <Link href={href} prefetch={false} className={classes.item} aria-current={here ? "page" : undefined}>
      <span aria-hidden>{icon}</span>
      {label}
      {badge}
    </Link>
  );
}
