"use client";

import { IconChevronLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { ChartView } from "#server/chart/record.ts";
import type { LetterView } from "#server/letter/record.ts";
import { useTRPC, useTRPCClient } from "../../../../../../_trpc/client.tsx";
import { AllergyChips } from "../../_summary/allergy-chips.tsx";
import { IdentityBar } from "../../identity-bar.tsx";
import classes from "./letter.module.css";
import { LetterEditor } from "./letter-editor.tsx";
import { SignedLetter } from "./signed-letter.tsx";

interface LetterPageProps {
  slug: string;
  chart: Extract<ChartView, { patient: object }>;
  /** As the page itself read it. */
  first: LetterView;
  userId: string;
  mayWrite: boolean;
  maySign: boolean;
}

/** Who it is about stays above; the letter is written below, or read once it is signed. */
export function LetterPage({ slug, chart, first, userId, mayWrite, maySign }: LetterPageProps) {
  const t = useTranslations("letters");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const patientId = chart.patient.id;
  const [turn, setTurn] = useState(0);
  const { data: letter, refetch } = useQuery({
    queryKey: trpc.letter.read.queryKey({ id: first.id }),
    queryFn: ({ signal }) => client.letter.read.query({ id: first.id, refresh: true }, { signal }),
    initialData: first,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const again = useCallback(async () => {
    await refetch();
    setTurn((before) => before + 1);
  }, [refetch]);
  const back = (
    <Link
      href={`/clinic/${slug}/patients/${patientId}`}
      className={classes.back}
      aria-label={t("backToChart")}
      prefetch={false}
    >
      <IconChevronLeft size={20} aria-hidden />
    </Link>
  );
  return (
    <article className={classes.screen} aria-label={t("page")}>
      <IdentityBar chart={chart} allergies={<AllergyChips patientId={patientId} />} />
      {letter.status === "draft" && mayWrite ? (
        <LetterEditor
          key={turn}
          letter={letter}
          chart={chart}
          slug={slug}
          userId={userId}
          maySign={maySign}
          back={back}
          onAgain={() => void again()}
        />
      ) : (
        <SignedLetter
          letter={letter}
          slug={slug}
          mayWrite={mayWrite}
          isFresh={first.status === "draft"}
          back={back}
          onAgain={() => void again()}
        />
      )}
    </article>
  );
}
