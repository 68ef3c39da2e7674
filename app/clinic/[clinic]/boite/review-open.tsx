"use client";

import { OpenDocument, type Rights } from "../_documents/open-document.tsx";
import { useReviews } from "./use-reviews.ts";

interface ReviewOpenProps extends Rights {
  id: string;
  onSelect: (id: string | undefined) => void;
  onChanged: () => void;
}

/** A document that waits for this person's signature; signed, the one after it in the list opens. */
export function ReviewOpen({ id, onSelect, onChanged, ...rights }: ReviewOpenProps) {
  const { nextOf, leave } = useReviews();
  async function gone() {
    const next = await nextOf(id).catch(() => undefined);
    onSelect(next);
    await leave(id);
    onChanged();
  }
  return <OpenDocument id={id} {...rights} inList onGone={() => void gone()} onChanged={onChanged} />;
}
