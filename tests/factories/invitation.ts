import { newId } from "#server/db/new-id.ts";
import { composeInvitation } from "#server/membership/compose-invitation.ts";
import { callerOf } from "./caller.ts";
import type { TestClinic } from "./clinic.ts";

/** Invites somebody, and reads the token in the mail, made by the worker's own composer as the send does. */
export async function mailedInvitation(clinic: TestClinic, email: string): Promise<{ id: string; token: string }> {
  const place = { displayName: "", role: "assistant", locationIds: null, supervisorId: null, locale: "fr" } as const;
  const { id } = await callerOf(clinic.owner, clinic).invitation.send({ ...place, email });
  const ctx = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
  const mail = await composeInvitation(ctx, { deliveryId: newId(), locale: "fr", subject: { invitationId: id } });
  return { id, token: mail?.values.path.split("#")[1] ?? "" };
}
