import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./skeleton.module.css";

/** Wraps the grey shapes of something on its way: a screen reader hears « Chargement » once. */
export function Waiting({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  return (
    <div className={classes.waiting} role="status">
      <span className="cv-visually-hidden">{t("loading")}</span>
      {children}
    </div>
  );
}

/** One grey bar. `width` is a percentage of the place it stands in. */
export function Bar({ width = 100, height = 12 }: { width?: number; height?: number }) {
  return <span className={classes.bar} style={{ width: `${width}%`, height }} aria-hidden />;
}

const unevenWidths = [62, 78, 54, 70, 48, 66, 74, 58];

/** Rows of a list on its way, of the height that the real ones will have. */
export function SkeletonRows({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  return (
    <Waiting>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical shapes that never move.
        <div key={row} className={classes.row} style={{ height }}>
          <Bar width={unevenWidths[row % unevenWidths.length]} />
          <Bar width={40} />
        </div>
      ))}
    </Waiting>
  );
}

/** A form on its way. */
export function SkeletonForm({ fields = 4 }: { fields?: number }) {
  return (
    <Waiting>
      {Array.from({ length: fields }, (_, field) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical shapes that never move.
        <div key={field} className={classes.field}>
          <Bar width={20 + (field % 3) * 8} height={10} />
          <Bar height={36} />
        </div>
      ))}
    </Waiting>
  );
}

/** A page of the workspace on its way: its title, then rows. */
export function SkeletonPage() {
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Bar width={100} height={20} />
      </div>
      <SkeletonRows rows={9} />
    </div>
  );
}
