import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { LikeRecord } from "#server/patient/like-records.ts";
import { isRealDate } from "#server/patient/nam.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import type { RegistrationValues } from "./values.ts";

/** How far the records were looked through: not yet, by name alone, or by name and birth date or NAM. */
export type Looked = "not" | "name" | "person";

/** Records that may be the person being written, as soon as there is a name to look for. */
export function useAlike(
  values: RegistrationValues,
  enabled: boolean,
): { alike: readonly LikeRecord[]; found: Looked } {
  const trpc = useTRPC();
  const [asked] = useDebouncedValue(values, 300);
  const { familyName, givenName, birthFamilyName, preferredName } = asked;
  const birthDate = asked.birthDate && isRealDate(asked.birthDate) ? asked.birthDate : null;
  const nam = asked.namStatus === "newborn-on-parent" || asked.nam.length < 14 ? null : asked.nam;
  const phones = [asked.mobile, asked.home].filter((number) => number.trim() !== "");
  const named = familyName.trim() !== "" && givenName.trim() !== "";
  const { data, isPlaceholderData } = useQuery({
    ...trpc.patient.duplicates.queryOptions({
      ...{ familyName, givenName, birthFamilyName, preferredName, birthDate, nam, phones },
    }),
    enabled: enabled && named,
    retry: false,
    placeholderData: keepPreviousData,
  });
  if (!named || !data) return { alike: [], found: "not" };
  // What was looked for before the last letters says nothing of the person who is written now.
  if (data.length === 0 && (isPlaceholderData || asked !== values)) return { alike: [], found: "not" };
  return { alike: data, found: birthDate !== null || nam !== null ? "person" : "name" };
}
