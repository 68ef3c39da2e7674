import { IconHourglassHigh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./workspace-banner.module.css";

/** Something that holds for the whole clinic and will pass: one line over every page. */
export function WorkspaceBanner({ children }: { children: ReactNode }) {
  return (
    <p className={classes.banner}>
      <IconHourglassHigh size={18} aria-hidden />
      {children}
    </p>
  );
}
