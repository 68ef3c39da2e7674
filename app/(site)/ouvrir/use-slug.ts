"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { slugOf, slug as slugSchema } from "#server/clinic/schema.ts";
import { useTRPC } from "../../_trpc/client.tsx";
import type { ClinicFields } from "./draft.ts";

const generic = new Set([
  "clinique",
  "centre",
  "cabinet",
  "groupe",
  "medicale",
  "medical",
  "dentaire",
  "de",
  "du",
  "des",
  "la",
  "le",
  "les",
  "l",
  "d",
  "clinic",
  "the",
]);

/** « Clinique médicale du Vieux-Limoilou » → "vieux-limoilou": the words that tell it from others, when some are left. */
export function shortSlug(name: string): string {
  const parts = slugOf(name).split("-");
  const from = parts.findIndex((part) => !generic.has(part));
  const short = from < 0 ? "" : parts.slice(from).join("-");
  return short.length >= 3 ? short : slugOf(name);
}

/** Asks the server, a moment after the last keystroke, whether the address is free. */
export function useSlug({ slug, name, professions }: ClinicFields) {
  const t = useTranslations("errors");
  const trpc = useTRPC();
  const [wish] = useDebouncedValue({ slug, name: name.slice(0, 400), professions }, 400);
  const wellFormed = slugSchema.safeParse(wish.slug).success;
  const { data } = useQuery({
    ...trpc.signUp.slug.queryOptions(wish, { enabled: wellFormed, staleTime: 10_000 }),
    placeholderData: keepPreviousData,
  });
  const parsed = slugSchema.safeParse(slug);
  const current = slug === wish.slug && wellFormed ? data : undefined;
  if (slug === "") return { refusal: null, error: undefined, free: false, suggestions: [] };
  if (!parsed.success) return { refusal: null, error: t("slugForm"), free: false, suggestions: [] };
  return {
    refusal: current?.refusal ?? null,
    error: current?.refusal ? t(current.refusal) : undefined,
    free: current !== undefined && current.refusal === null,
    suggestions: current?.suggestions ?? [],
  };
}
