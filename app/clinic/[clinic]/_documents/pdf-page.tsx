"use client";

import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import { type RefObject, useEffect, useRef, useState } from "react";
import classes from "./pdf.module.css";

interface PdfPageProps {
  pdf: PDFDocumentProxy;
  number: number;
  /** Of the first page, in points: a page that nobody looked at yet is taken for one like it. */
  shape: { width: number; height: number };
  zoom: number;
  frame: RefObject<HTMLDivElement | null>;
}

/** Sharper than this, a page of A3 fills the memory of a tablet. */
const mostPixels = 16_000_000;

/** One page: an empty sheet until it comes near, and again once it is far. Its text lies over it, to be selected and to be read aloud. */
export function PdfPage({ pdf, number, shape, zoom, frame }: PdfPageProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [own, setOwn] = useState(shape);

  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: frame.current,
      rootMargin: "80% 0px",
    });
    if (sheet.current) seen.observe(sheet.current);
    return () => seen.disconnect();
  }, [frame]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another zoom is another width of the sheet, and so another drawing.
  useEffect(() => {
    const box = sheet.current;
    if (!near || !box) return;
    let gone = false;
    let drawing: RenderTask | undefined;
    const canvas = document.createElement("canvas");
    const words = document.createElement("div");
    words.className = classes.words ?? "";
    async function draw(on: HTMLDivElement) {
      const [{ TextLayer }, page] = await Promise.all([import("pdfjs-dist"), pdf.getPage(number)]);
      if (gone) return;
      const natural = page.getViewport({ scale: 1 });
      setOwn({ width: natural.width, height: natural.height });
      const scale = on.clientWidth / natural.width;
      const viewport = page.getViewport({ scale });
      const most = Math.sqrt(mostPixels / (viewport.width * viewport.height));
      const density = Math.min(window.devicePixelRatio || 1, most);
      canvas.width = Math.floor(viewport.width * density);
      canvas.height = Math.floor(viewport.height * density);
      drawing = page.render({
        canvas,
        viewport,
        ...(density !== 1 && { transform: [density, 0, 0, density, 0, 0] }),
      });
      await drawing.promise;
      if (gone) return;
      on.replaceChildren(canvas, words);
      words.style.setProperty("--total-scale-factor", String(scale));
      await new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport }).render();
    }
    draw(box).catch(() => undefined);
    return () => {
      gone = true;
      drawing?.cancel();
      // A canvas keeps its memory until its size is nothing.
      canvas.width = 0;
      box.replaceChildren();
    };
  }, [near, zoom, pdf, number]);

  return (
    <div
      ref={sheet}
      className={classes.sheet}
      data-page={number}
      style={{ width: `${zoom * 100}%`, aspectRatio: `${own.width} / ${own.height}` }}
    />
  );
}
