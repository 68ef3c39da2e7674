import type { useTRPCClient } from "../../../_trpc/client.tsx";
import type { Person } from "./patient-picker.tsx";

/**
 * The id of the person to book for; opens a record for one who has none. The same form sent twice opens one record.
 * @throws what `patient.register` refuses, its fields named as the form's
 */
export async function registerPerson(
  client: ReturnType<typeof useTRPCClient>,
  person: Person,
  id: string,
): Promise<{ id: string; name: string }> {
  if (person.known) return person;
  const { givenName, familyName, birthDate, phone, seen } = person;
  const record = await client.patient.register.mutate({
    id,
    givenName,
    familyName,
    birthDate,
    deceasedOn: null,
    contacts: phone.trim() ? [{ system: "phone", value: phone, use: "mobile" }] : [],
    knownDuplicates: [...seen],
  });
  return { id: record.id, name: record.displayName };
}
