import { IconHourglassHigh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./workspace-banner.module.css";

interface WorkspaceBannerProps {
  children: ReactNode;
  /** What follows from it, where there is room: a phone keeps its height for the page. */
  more?: ReactNode;
}

/** Something that holds for the whole clinic and will pass: one line over every page. */
export function WorkspaceBanner({ children, more }: WorkspaceBannerProps) {
  return (
    <p className={classes.banner}>
      <IconHourglassHigh size={18} aria-hidden />
      <span>
        {children} {more && <span className={classes.more}>{more}</span>}
      </span>
    </p>
  );
}
