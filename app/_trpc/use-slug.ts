"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SlugWish } from "#server/clinic/check-slug.ts";
import { slugOf, slug as slugSchema } from "#server/clinic/schema.ts";
import { useTRPC } from "./client.tsx";

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

/**
 * Asks the server, a moment after the last keystroke, whether the address is free.
 * @param asks `clinic` when it is for a clinic that has an address already, and may take back one that it had
 */
export function useSlug({ slug, name, professions }: SlugWish, asks: "newcomer" | "clinic" = "newcomer") {
  const t = useTranslations("errors");
  const trpc = useTRPC();
  const [wish] = useDebouncedValue({ slug, name: name.slice(0, 400), professions: [...professions] }, 400);
  const wellFormed = slugSchema.safeParse(wish.slug).success;
  const options = (who: typeof asks) => ({ enabled: wellFormed && asks === who, staleTime: 10_000 });
  const asNewcomer = useQuery({
    ...trpc.signUp.slug.queryOptions(wish, options("newcomer")),
    placeholderData: keepPreviousData,
  });
  const asClinic = useQuery({
    ...trpc.clinic.slug.queryOptions(wish, options("clinic")),
    placeholderData: keepPreviousData,
  });
  const { data } = asks === "clinic" ? asClinic : asNewcomer;
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
