import { withRelay } from "#server/db/with-relay.ts";
import { platformJournal } from "#server/db/with-sealer.ts";
import type { Fault } from "./check-link.ts";
import { listJournals, processHeadsPlace } from "./seal-all-journals.ts";
import { type JournalReport, verifyJournal } from "./verify-journal.ts";

const usage = `npm run chevet -- audit verify [--clinic <slug>]
  vérifie le journal de toutes les cliniques, ou d’une seule · checks the journal of every clinic, or of one`;

type Say = (line: string) => void;

/**
 * `npm run chevet -- audit verify`: proves each journal against its chain and its signed heads.
 * @returns 0 when everything holds, 1 when a fault was found, 64 when the question was not understood
 */
export async function auditCommand(args: readonly string[], say: Say): Promise<number> {
  const [verb, option, slug] = args;
  const isAsked = verb === "verify" && (option === undefined || (option === "--clinic" && slug));
  if (!isAsked) {
    say(usage);
    return 64;
  }
  const journals = slug ? await findJournal(slug) : await listJournals();
  if (journals.length === 0) {
    say(`Aucune clinique à l’adresse · No clinic at the address: ${slug}`);
    return 64;
  }
  const place = await processHeadsPlace();
  let faults = 0;
  for (const journalId of journals) {
    const report = await verifyJournal(journalId, place);
    for (const line of tell(report)) say(line);
    if (report.fault) faults += 1;
  }
  say(
    faults === 0
      ? `${journals.length} journaux tiennent · journals hold`
      : `${faults} journaux sur ${journals.length} ne tiennent pas · of ${journals.length} journals do not hold`,
  );
  return faults === 0 ? 0 : 1;
}

async function findJournal(slug: string): Promise<string[]> {
  const rows = await withRelay((db) => db.clinicRegistration.findMany({ where: { slug }, select: { clinicId: true } }));
  return rows.map(({ clinicId }) => clinicId);
}

function tell(report: JournalReport): string[] {
  const name = report.journalId === platformJournal ? "connexions · sign-ins" : report.journalId;
  const lines = [`${name}: ${report.fault ? "FAUTE · FAULT" : "tient · holds"}, ${report.checked} / ${report.headSeq}`];
  if (report.fault) lines.push(`  ${nameFault(report.fault)}`);
  if (report.unsigned > 0n) {
    const since = report.signedAt ? ` (${report.signedAt.toISOString()})` : "";
    lines.push(`  pas encore signés · not signed yet: ${report.unsigned}, après · after ${report.signedSeq}${since}`);
  }
  if (report.waiting > 0) {
    lines.push(
      `  pas encore scellés · not sealed yet: ${report.waiting}, depuis · since ${report.oldestWaitingAt?.toISOString()}`,
    );
  }
  if (report.rejectedHeads > 0) lines.push(`  têtes rejetées · heads rejected: ${report.rejectedHeads}`);
  return lines;
}

function nameFault(fault: Fault): string {
  switch (fault.kind) {
    case "gap":
      return `il manque le numéro ${fault.seq} · number ${fault.seq} is missing`;
    case "event-missing":
      return `l’événement du numéro ${fault.seq} a été supprimé · the event of number ${fault.seq} was deleted (${fault.eventId})`;
    case "edited":
      return `l’événement du numéro ${fault.seq} a été modifié · the event of number ${fault.seq} was edited (${fault.eventId}, ${fault.recordedAt.toISOString()})`;
    case "reordered":
      return `le maillon ${fault.seq} a été modifié ou déplacé · link ${fault.seq} was changed or moved (${fault.eventId})`;
    case "rewritten":
      return `la chaîne a été récrite entre les numéros ${fault.seq} et ${fault.untilSeq} · the chain was rewritten between numbers ${fault.seq} and ${fault.untilSeq}`;
    case "truncated":
      return `les numéros ${fault.seq} à ${fault.untilSeq} ont été coupés · numbers ${fault.seq} to ${fault.untilSeq} were cut off`;
    case "heads-missing":
      return `une tête signée manque avant le numéro ${fault.seq} · a signed head is missing before number ${fault.seq}`;
    case "left-out":
      return `${fault.count} anciens événements ne sont dans aucun maillon · ${fault.count} old events are in no link (${fault.eventId})`;
  }
}
