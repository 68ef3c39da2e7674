"use client";

import dynamic from "next/dynamic";

/** Asked for with the first graph that is opened: the chart is no heavier for it. */
export const LazyGraph = dynamic(() => import("./graph-dialog.tsx").then((module) => module.GraphDialog), {
  ssr: false,
});
