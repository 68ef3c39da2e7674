import { Text, View } from "@react-pdf/renderer";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { localTime } from "#server/audit/to-csv.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { type Letterhead, readLetterhead } from "#server/location/read-letterhead.ts";
import { todayIn } from "#server/patient/today.ts";
import { ChartPages, styles } from "#server/pdf/chart-page.tsx";
import { beginJoin, inStandardLetters, keepBytes } from "#server/pdf/join-pdf.ts";
import { legibleAll } from "#server/pdf/legible.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import { columnHead, rowHead, tag } from "#server/pdf/tag.ts";
import { sayAreas, sayGround, sayReason, sayRole } from "./opening-columns.ts";
import { type OpeningView, readOpenings } from "./read-openings.ts";
import type { OpeningFilter } from "./schema.ts";

/** Laid out at one time, and in all: what is beyond is in the CSV. */
const [pageSize, most] = [150, 3_000];
const nothingBefore = "00000000-0000-0000-0000-000000000000";

const words = {
  fr: {
    title: "Qui a ouvert ce dossier",
    born: "Naissance",
    file: "Dossier",
    period: (from: string, to: string) =>
      from && to ? `Du ${from} au ${to}` : from ? `Depuis le ${from}` : to ? `Jusqu’au ${to}` : "Depuis le début",
    made: (on: string, by: string) => `Produit le ${on} par ${by}`,
    columns: ["Date et heure", "Personne", "À quel titre", "Ce qui a été lu et écrit"],
    wrote: "Écrit",
    closed: "Fermé à cette personne",
    none: "Personne n’a ouvert ce dossier dans cette période.",
    rest: "La suite est dans l’export CSV.",
    page: (at: number, of: number) => `Page ${at} de ${of}`,
  },
  en: {
    title: "Who opened this chart",
    born: "Born",
    file: "File",
    period: (from: string, to: string) =>
      from && to ? `From ${from} to ${to}` : from ? `Since ${from}` : to ? `Until ${to}` : "Since the beginning",
    made: (on: string, by: string) => `Made on ${on} by ${by}`,
    columns: ["Date and time", "Person", "Ground", "What was read and written"],
    wrote: "Written",
    closed: "Closed to this person",
    none: "Nobody opened this chart in this period.",
    rest: "The rest is in the CSV export.",
    page: (at: number, of: number) => `Page ${at} of ${of}`,
  },
} as const;

/**
 * The report that a patient is given of who opened their chart (AC-24), on paper, oldest first, as it stood when it was asked for. Journaled before its
 * first line is read.
 * @throws Forbidden; Invalid without a patient; NotFound for one who is closed to this person
 */
export async function printOpenings(ctx: ClinicContext, filter: OpeningFilter): Promise<Buffer> {
  requirePermission(ctx, "privacy:manage");
  const { patientId, ...detail } = filter;
  if (!patientId) throw invalid("required", { patientId: "required" });
  const until = newId();
  const head = await withStaff(ctx, async (db) => {
    await recordAudit(db, ctx, {
      event: "privacy.openings-exported",
      action: "E",
      entity: "AuditEvent",
      patientId,
      detail: { ...detail, form: "pdf" },
    });
    return readHead(db, ctx, patientId);
  });
  const w = words[ctx.locale];
  const made = new Date();
  const kept = keepBytes();
  const joined = await beginJoin(w.title, ctx.locale, made, kept.sink);
  for (let after = nothingBefore, count = 0; ; ) {
    const rows = await withStaff(ctx, (db) => readOpenings(db, ctx, filter, { after, until }, pageSize));
    count += rows.length;
    const isLast = rows.length < pageSize || count >= most;
    const isCut = isLast && rows.length === pageSize;
    if (rows.length > 0 || count === 0)
      await joined.addPdf(
        await renderPdf(OpeningPages(legibleAll({ ...head, ctx: view(ctx), filter, made, rows, isCut }))),
      );
    after = rows.at(-1)?.id ?? after;
    if (isLast) break;
  }
  await joined.end({ foot: (at, of) => inStandardLetters(w.page(at, of)) });
  return kept.bytes();
}

const view = (ctx: ClinicContext): Asking => ({
  locale: ctx.locale,
  timeZone: ctx.clinic.timeZone,
  by: ctx.membership.displayName,
});

interface Asking {
  readonly locale: "fr" | "en";
  readonly timeZone: string;
  readonly by: string;
}

interface Head {
  readonly clinic: Letterhead;
  readonly patient: { readonly name: string; readonly birthDate: string | null; readonly fileNumber: string };
}

async function readHead(db: Db, ctx: ClinicContext, id: string): Promise<Head> {
  const patient = await db.patient.findFirst({
    where: { clinicId: ctx.clinic.id, id },
    select: { givenName: true, familyName: true, birthDate: true, fileNumber: true },
  });
  if (!patient) throw notFound();
  const { givenName, familyName, birthDate, fileNumber } = patient;
  return {
    clinic: await readLetterhead(db, ctx),
    patient: {
      name: `${givenName} ${familyName}`,
      birthDate: birthDate?.toISOString().slice(0, 10) ?? null,
      fileNumber,
    },
  };
}

interface Props extends Head {
  readonly ctx: Asking;
  readonly filter: OpeningFilter;
  readonly made: Date;
  readonly rows: readonly OpeningView[];
  readonly isCut: boolean;
}

const widths = ["17%", "24%", "27%", "32%"];
const row = { flexDirection: "row", padding: "4 0", borderTop: "0.5 solid #9aa3ad" } as const;

function OpeningPages({ clinic, patient, ctx: { locale, timeZone, by }, filter, made, rows, isCut }: Props) {
  const w = words[locale];
  return (
    <ChartPages
      title={w.title}
      language={locale}
      madeAt={made.toISOString()}
      clinic={clinic}
      facts={[w.period(filter.from ?? "", filter.to ?? ""), w.made(todayIn(timeZone, made), by)]}
      patient={{
        name: patient.name,
        lines: patient.birthDate ? [`${w.born} ${patient.birthDate}`] : [],
        aside: [`${w.file} ${patient.fileNumber}`],
      }}
      foot={w.title}
      numbered={false}
    >
      <View {...tag("TR")} style={{ ...row, borderTop: 0 }}>
        {w.columns.map((head, at) => (
          <Text key={head} {...columnHead} style={{ ...styles.strong, width: widths[at], paddingRight: 8 }}>
            {head}
          </Text>
        ))}
      </View>
      {rows.length === 0 && <Text style={styles.quiet}>{w.none}</Text>}
      {rows.map((one) => (
        <View key={one.id} {...tag("TR")} style={row} wrap={false}>
          {cellsOf(one, locale, timeZone).map((text, at) => (
            <Text key={widths[at]} {...(at === 0 ? rowHead : tag("TD"))} style={{ width: widths[at], paddingRight: 8 }}>
              {text}
            </Text>
          ))}
        </View>
      ))}
      {isCut && <Text style={styles.quiet}>{w.rest}</Text>}
    </ChartPages>
  );
}

function cellsOf(one: OpeningView, locale: "fr" | "en", timeZone: string): string[] {
  const w = words[locale];
  const colon = locale === "fr" ? "\u00a0:" : ":";
  const lines = (parts: readonly string[]) => parts.filter(Boolean).join("\n");
  return [
    localTime(one.at, timeZone),
    lines([one.userName ?? "", sayRole(one.role, locale)]),
    lines([sayGround(one.ground, locale), sayReason(one.reason, locale), one.words]),
    lines([
      sayAreas(one.read, locale),
      one.wrote.length > 0 ? `${w.wrote}${colon} ${sayAreas(one.wrote, locale)}` : "",
      one.restricted.length > 0 ? `${w.closed}${colon} ${sayAreas(one.restricted, locale)}` : "",
    ]),
  ];
}
