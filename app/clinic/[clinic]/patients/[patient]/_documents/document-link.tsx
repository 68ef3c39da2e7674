"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { useBeside } from "./beside.tsx";

interface DocumentLinkProps extends Omit<ComponentProps<typeof Link>, "href" | "prefetch" | "onClick"> {
  patientId: string;
  documentId: string;
}

/** Opens a document of the chart beside the note; with a key for another tab, or from another page, on the page of the documents. */
export function DocumentLink({ patientId, documentId, ...rest }: DocumentLinkProps) {
  const { clinic } = useParams<{ clinic: string }>();
  const beside = useBeside();
  function onClick(event: MouseEvent) {
    if (!beside || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    beside.show(documentId);
  }
  return (
    <Link
      {...rest}
      href={`/clinic/${clinic}/patients/${patientId}/documents?doc=${documentId}`}
      prefetch={false}
      data-opens-document={documentId}
      aria-current={beside?.documentId === documentId ? "true" : undefined}
      onClick={onClick}
    />
  );
}
