"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import classes from "./beside.module.css";
import { useBeside } from "./beside.tsx";

// Asked for with the first document that is opened: the chart is no heavier for it.
const BesideDocument = dynamic(() => import("./beside-document.tsx").then((module) => module.BesideDocument), {
  ssr: false,
  loading: () => (
    <div className={classes.loading}>
      <SkeletonRows rows={8} />
    </div>
  ),
});

/** Where a document stands while the note is written. */
export function BesidePlace({ patientId }: { patientId: string }) {
  const beside = useBeside();
  if (beside?.documentId === undefined) return null;
  return (
    <section ref={beside.place} className={classes.place} data-document-place tabIndex={-1} data-beside-note>
      <BesideDocument patientId={patientId} id={beside.documentId} beside={beside} />
    </section>
  );
}
