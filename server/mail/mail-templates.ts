import type { z } from "zod";
import { accountExists } from "#emails/account-exists.tsx";
import { bookingCode } from "#emails/booking-code.tsx";
import { breakGlass } from "#emails/break-glass.tsx";
import { clinicApproved } from "#emails/clinic-approved.tsx";
import { clinicReinstated } from "#emails/clinic-reinstated.tsx";
import { clinicSuspended } from "#emails/clinic-suspended.tsx";
import { clinicWelcome } from "#emails/clinic-welcome.tsx";
import { documentWaiting } from "#emails/document-waiting.tsx";
import { invitation } from "#emails/invitation.tsx";
import { passwordReset } from "#emails/password-reset.tsx";
import { securityChange } from "#emails/security-change.tsx";
import { signInNotice } from "#emails/sign-in-notice.tsx";
import { verificationCode } from "#emails/verification-code.tsx";
import { waitlistJoined } from "#emails/waitlist-joined.tsx";
import { waitlistOffer } from "#emails/waitlist-offer.tsx";
import { waitlistThanks } from "#emails/waitlist-thanks.tsx";

/** Every kind of mail that leaves, by the name that the ledger keeps. */
export const mailTemplates = {
  "account-exists": accountExists,
  "booking-code": bookingCode,
  "break-glass": breakGlass,
  "clinic-approved": clinicApproved,
  "clinic-reinstated": clinicReinstated,
  "clinic-suspended": clinicSuspended,
  "clinic-welcome": clinicWelcome,
  "document-waiting": documentWaiting,
  invitation,
  "password-reset": passwordReset,
  "security-change": securityChange,
  "sign-in-notice": signInNotice,
  "verification-code": verificationCode,
  "waitlist-joined": waitlistJoined,
  "waitlist-offer": waitlistOffer,
  "waitlist-thanks": waitlistThanks,
};

/** What a clinic mails to a person who is no user of its: each carries that address's way out of the clinic's mail (AC-62). */
export const personKinds = [
  "document-waiting",
  "waitlist-joined",
  "waitlist-offer",
  "waitlist-thanks",
] as const satisfies MailKind[];
export type PersonKind = (typeof personKinds)[number];

/** What a clinic mails about itself; every other kind is the platform's, about an account. */
export const clinicKinds: ReadonlySet<MailKind> = new Set([
  "booking-code",
  "break-glass",
  "clinic-approved",
  "clinic-welcome",
  "invitation",
  ...personKinds,
] as const);

export type MailKind = keyof typeof mailTemplates;
export type MailValues<Kind extends MailKind> = z.output<(typeof mailTemplates)[Kind]["values"]>;
export const mailKinds = Object.keys(mailTemplates) as MailKind[];
