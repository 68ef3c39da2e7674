"use client";

import { ActionIcon } from "@mantine/core";
import { IconArrowAutofitWidth, IconMinus, IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from "pdfjs-dist";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./pdf.module.css";
import { PdfPage } from "./pdf-page.tsx";
import { readPdf } from "./pdf-reader.ts";

interface PdfPagesProps {
  /** Our own door: it answers to parts (`Range`), and only those that are looked at are fetched. Or the bytes, where they are here already. */
  source: string | Uint8Array<ArrayBuffer>;
  label: string;
  /** What stands at the right of the bar. */
  acts?: ReactNode;
}

const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** A PDF, page under page. Only the pages on screen and their neighbours are drawn, so that 300 of them scroll as one does. */
export function PdfPages({ source, label, acts }: PdfPagesProps) {
  const t = useTranslations("documents.viewer");
  const [pdf, setPdf] = useState<PDFDocumentProxy>();
  const [shape, setShape] = useState({ width: 612, height: 792 });
  const [failed, setFailed] = useState<"failed" | "locked">();
  const [zoom, setZoom] = useState(1);
  const [page, setPage] = useState(1);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let gone = false;
    let loading: PDFDocumentLoadingTask | undefined;
    async function open() {
      const task = await readPdf(source);
      // Closed while it is read: that it ends so is no error.
      task.promise.catch(() => undefined);
      if (gone) return void task.destroy();
      loading = task;
      const file = await loading.promise;
      const { width, height } = (await file.getPage(1)).getViewport({ scale: 1 });
      if (gone) return;
      setShape({ width, height });
      setPdf(file);
    }
    open().catch((error: unknown) => {
      if (!gone) setFailed(error instanceof Error && error.name === "PasswordException" ? "locked" : "failed");
    });
    return () => {
      gone = true;
      void loading?.destroy();
    };
  }, [source]);

  function onScroll() {
    const box = frame.current;
    if (!box || !pdf) return;
    const middle = box.scrollTop + box.clientHeight / 3;
    const at = [...box.querySelectorAll<HTMLElement>("[data-page]")].findLast(({ offsetTop }) => offsetTop <= middle);
    setPage(Number(at?.dataset.page ?? 1));
  }

  const step = (by: number) => setZoom((now) => steps[steps.indexOf(now) + by] ?? now);
  if (failed) return <p className={classes.said}>{t(failed)}</p>;
  return (
    <section className={classes.viewer} aria-label={label}>
      <div className={classes.bar}>
        <span aria-live="polite">{pdf ? t("page", { page, pages: pdf.numPages }) : t("loading")}</span>
        <span className={classes.zoom}>
          <ActionIcon variant="subtle" color="encre" onClick={() => step(-1)} aria-label={t("zoomOut")}>
            <IconMinus size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="encre" onClick={() => setZoom(1)} aria-label={t("fit")}>
            <IconArrowAutofitWidth size={18} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="encre" onClick={() => step(1)} aria-label={t("zoomIn")}>
            <IconPlus size={18} />
          </ActionIcon>
        </span>
        {acts}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too. */}
      <div ref={frame} className={classes.frame} onScroll={onScroll} tabIndex={0} role="document" aria-label={label}>
        {pdf &&
          Array.from({ length: pdf.numPages }, (_, index) => index + 1).map((number) => (
            <PdfPage key={number} pdf={pdf} number={number} shape={shape} zoom={zoom} frame={frame} />
          ))}
      </div>
    </section>
  );
}
