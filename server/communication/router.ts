import { t } from "#server/trpc/init.ts";
import { clinicProcedure, visitorProcedure } from "#server/trpc/procedures.ts";
import { markFaxed } from "./fax/print-fax.ts";
import { renewCode, revokeSending } from "./link/change-link.ts";
import { openLink, readLinkDoor } from "./link/visitor.ts";
import { listCommunications } from "./list-communications.ts";
import { listSendingsToLookAt } from "./list-to-look-at.ts";
import { prepare } from "./prepare.ts";
import { listRegister } from "./read-register.ts";
import {
  communicationRef,
  listCommunicationsInput,
  listRegisterInput,
  markFaxedInput,
  openLinkInput,
  prepareInput,
  renewCodeInput,
  sendInput,
  tellInput,
  toLookAtInput,
} from "./schema.ts";
import { sendDocuments } from "./send-documents.ts";
import { tell } from "./tell.ts";

const sending = clinicProcedure("document:file");

export const communicationRouter = t.router({
  prepare: sending.input(prepareInput).query(({ ctx, input }) => prepare(ctx, input)),
  send: sending.input(sendInput).mutation(({ ctx, input }) => sendDocuments(ctx, input)),
  tell: sending.input(tellInput).mutation(({ ctx, input }) => tell(ctx, input)),
  list: sending.input(listCommunicationsInput).query(({ ctx, input }) => listCommunications(ctx, input)),
  toLookAt: sending.input(toLookAtInput).query(({ ctx, input }) => listSendingsToLookAt(ctx, input)),
  renewCode: sending.input(renewCodeInput).mutation(({ ctx, input }) => renewCode(ctx, input)),
  revoke: sending.input(communicationRef).mutation(({ ctx, input }) => revokeSending(ctx, input)),
  markFaxed: sending.input(markFaxedInput).mutation(({ ctx, input }) => markFaxed(ctx, input)),
  register: clinicProcedure("privacy:manage")
    .input(listRegisterInput)
    .query(({ ctx, input }) => listRegister(ctx, input)),
  link: visitorProcedure.query(({ ctx }) => readLinkDoor(ctx)),
  openLink: visitorProcedure.input(openLinkInput).mutation(({ ctx, input }) => openLink(ctx, input)),
});
