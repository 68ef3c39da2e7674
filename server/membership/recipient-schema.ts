import { z } from "zod";
import { roles } from "#server/access/permissions.ts";
import { professionCodes } from "#server/clinic/professions.ts";
import { id } from "#server/schema.ts";

/** Whom something is for inside the clinic: a person, whoever has a role, or whoever practises a profession. Browser-safe. */
export const recipientInput = z.discriminatedUnion(
  "kind",
  [
    z.object({ kind: z.literal("user"), userId: id }),
    z.object({ kind: z.literal("role"), role: z.enum(roles) }),
    z.object({ kind: z.literal("profession"), profession: z.enum(professionCodes) }),
  ],
  "required",
);
export type Recipient = z.output<typeof recipientInput>;

/** `user:<id>`, `role:<role>`, `profession:<code>`: the form in which the database keeps one, and compares it. */
export function keyOfRecipient(recipient: Recipient): string {
  if (recipient.kind === "user") return `user:${recipient.userId}`;
  return recipient.kind === "role" ? `role:${recipient.role}` : `profession:${recipient.profession}`;
}

/** A key that the database kept, or a screen chose, as a recipient; undefined for anything else. */
export function recipientOf(key: string): Recipient | undefined {
  const at = key.indexOf(":");
  const [kind, value] = [key.slice(0, at), key.slice(at + 1)];
  const read = recipientInput.safeParse({ kind, userId: value, role: value, profession: value });
  return read.success ? read.data : undefined;
}
