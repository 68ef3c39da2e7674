"use client";

import dynamic from "next/dynamic";

/** Asked for with the first that is opened: the chart is no heavier for them. */
export const LazyGraph = dynamic(() => import("./graph-dialog.tsx").then((module) => module.GraphDialog), {
  ssr: false,
});
export const LazyFlowsheet = dynamic(() => import("./flowsheet-dialog.tsx").then((module) => module.FlowsheetDialog), {
  ssr: false,
});
