import { afterAll, beforeAll, expect, it } from "vitest";
import { listSendingsToLookAt } from "#server/communication/list-to-look-at.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { settleDelivery, startSending } from "#server/mail/delivery-ledger.ts";
import { noteReturn } from "#server/mail/note-return.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending, filedLetter, mailLink, recipientOf } from "#tests/factories/communication.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";
import { approve } from "#tests/factories/public-page.ts";

let clinic: TestClinic;
let doctor: TestMember;
beforeAll(async () => {
  clinic = await makeClinic();
  await approve(clinic);
  doctor = await makePrescriber(clinic);
});
afterAll(closeDatabases);

/** A link whose mail was handed to the mail server. */
async function handedOver() {
  const { patientId, documentId } = await filedLetter(doctor);
  const { id, code } = await sendDocuments(doctor.ctx, aSending({ patientId, documentIds: [documentId] }));
  const token = await mailLink(clinic, doctor, id);
  const { mailId } = await withStaff(doctor.ctx, (db) => db.transmission.findFirstOrThrow({ where: { id } }));
  await startSending(mailId ?? "", `<${mailId}@clinique.example>`, { clinicId: clinic.id, wayOut: undefined });
  const seen = async () => {
    const { rows } = await callerOf(doctor, clinic).communication.list({ patientId });
    return rows.find((row) => row.id === id)?.transmission;
  };
  const toLookAt = async (who = doctor) =>
    (await listSendingsToLookAt(who.ctx, { refresh: false })).find((row) => row.id === id);
  return { id, code: code ?? "", token, mailId: mailId ?? "", seen, toLookAt };
}

it("a link whose mail the server refuses says so beside it, and is among what is to be looked at", async () => {
  const { mailId, seen, toLookAt } = await handedOver();
  expect(await seen()).toMatchObject({ status: "sending", errorCode: null });
  await settleDelivery(mailId, "failed", "SMTP_550");
  expect(await seen()).toMatchObject({ status: "failed", errorCode: "SMTP_550" });
  expect(await toLookAt()).toMatchObject({ status: "failed", channel: "link", errorCode: "SMTP_550" });
});

it("one that comes back days later too; whoever gives no care and did not send it sees none of it", async () => {
  const { mailId, seen, toLookAt } = await handedOver();
  await settleDelivery(mailId, "sent", null);
  expect(await seen()).toMatchObject({ status: "sent", errorCode: null });
  expect(await toLookAt()).toBeUndefined();
  await noteReturn(mailId, { status: "5.1.1" });
  expect(await seen()).toMatchObject({ status: "bounced", errorCode: "DSN_5.1.1" });
  expect(await toLookAt()).toMatchObject({ status: "bounced" });
  expect(await toLookAt(await makeMember(clinic, "assistant"))).toBeUndefined();
});

it("one that was opened needs nobody, whatever was said of its mail", async () => {
  const { mailId, code, token, seen, toLookAt } = await handedOver();
  await recipientOf(clinic, token).communication.openLink({ code });
  await settleDelivery(mailId, "unknown", "NoAnswerRecorded");
  expect(await toLookAt()).toBeUndefined();
  expect(await seen()).toMatchObject({ status: "sent" });
});

it("a fax that waits for the machine is among them until somebody says that it went", async () => {
  const { patientId, documentId } = await filedLetter(doctor);
  const fax = aSending({ patientId, documentIds: [documentId], channel: "fax", contact: "418 555-0142" });
  const { id } = await sendDocuments(doctor.ctx, fax);
  const find = async () => (await listSendingsToLookAt(doctor.ctx, { refresh: false })).find((row) => row.id === id);
  expect(await find()).toMatchObject({ status: "queued", channel: "fax" });
  await callerOf(doctor, clinic).communication.markFaxed({ id, number: "", at: new Date() });
  expect(await find()).toBeUndefined();
});
