import { Button } from "@mantine/core";
import { IconChevronRight, IconClockExclamation, IconLock, IconSignature } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import type { NoteView } from "#server/note/read-note.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import classes from "./note.module.css";
import { NoteText } from "./note-text.tsx";
import type { Versions } from "./versions.ts";
import { VisitMark } from "./visit-mark.tsx";

interface AllVersionsProps {
  versions: Versions;
  /** The note that says of which visit it is, and why the person came; none for an addendum. */
  visit?: NoteView;
  /** Beneath what stands. */
  act?: ReactNode;
  busy: boolean;
  onCosign: ((note: NoteView) => void) | undefined;
}

/** What stands of a note or of an addendum, and under it what was signed before. */
export function AllVersions({ versions: { shown, earlier }, visit, act, ...more }: AllVersionsProps) {
  const t = useTranslations("notes");
  return (
    <>
      {shown.relation === "correction" && <Why note={shown} />}
      <OneNote note={shown} visit={visit} {...more} />
      {act && <div className={classes.laterAct}>{act}</div>}
      {earlier.length > 0 && (
        <Earlier count={earlier.length}>
          {earlier.map((one) => (
            <div key={one.id} className={classes.later} data-relation={one.relation ?? "first"}>
              {one.relation === "correction" ? (
                <Why note={one} />
              ) : (
                <h3 className={classes.laterTitle}>{t("firstVersion")}</h3>
              )}
              <OneNote note={one} visit={one === visit ? visit : undefined} {...more} />
            </div>
          ))}
        </Earlier>
      )}
    </>
  );
}

interface CorrectActProps {
  versions: Versions;
  busy: boolean;
  label: string;
  size?: "compact-sm";
  onCorrect: () => void;
  onEdit: (id: string) => void;
}

/** Corrects what stands, or goes to the correction that is begun. */
export function CorrectAct({ versions: { shown, pending }, busy, label, size, onCorrect, onEdit }: CorrectActProps) {
  const t = useTranslations("notes");
  if (pending)
    return (
      <Button variant="default" {...(size && { size })} onClick={() => onEdit(pending.id)}>
        {t(pending.mine ? "goOnCorrecting" : "seeCorrecting", { name: pending.author })}
      </Button>
    );
  if (!shown.mayCorrect) return null;
  return (
    <Button variant="default" {...(size && { size })} onClick={onCorrect} disabled={busy}>
      {label}
    </Button>
  );
}

/** Of a correction: that it is one, and why. */
function Why({ note }: { note: NoteView }) {
  const t = useTranslations("notes");
  return (
    <>
      <h3 className={classes.laterTitle}>{t("correctionTitle")}</h3>
      {note.correctionReason && (
        <p className={classes.because}>{t("correctionBecause", { reason: note.correctionReason })}</p>
      )}
    </>
  );
}

/** What was signed before: folded on the screen, whole on paper. */
function Earlier({ count, children }: { count: number; children: ReactNode }) {
  const t = useTranslations("notes");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.earlier}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconChevronRight size={16} className={classes.earlierMark} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen((before) => !before)}
      >
        {t("earlierVersions", { count })}
      </Button>
      <div id={id} className={classes.earlierTexts} data-open={isOpen || undefined}>
        {children}
      </div>
    </div>
  );
}

function OneNote({
  note,
  visit,
  busy,
  onCosign,
}: {
  note: NoteView;
  /** The note that says of which visit it is, and why the person came. */
  visit?: NoteView | undefined;
  busy: boolean;
  onCosign: ((note: NoteView) => void) | undefined;
}) {
  const t = useTranslations("notes");
  const limited = note.audience.professions.length + note.audience.userIds.length > 0;
  return (
    <article className={classes.one} data-status={note.status}>
      <p className={classes.facts}>
        <span className={classes.day}>
          <Moment at={note.occurredAt} as="dateAndTime" />
        </span>
        {visit && <VisitMark visitAt={visit.visitAt} occurredAt={visit.occurredAt} />}
        {note.signedBy || note.author}
        {note.late && (
          <Chip tone="attention" icon={<IconClockExclamation size={14} />}>
            {t("late")}
          </Chip>
        )}
        {limited && (
          <Chip tone="info" icon={<IconLock size={14} />}>
            {t("private")}
          </Chip>
        )}
        {note.status === "amended" && <Chip tone="attention">{t("amended")}</Chip>}
        {note.status === "entered-in-error" && <Chip tone="danger">{t("inError")}</Chip>}
        {visit?.reason && <span className={classes.under}>{visit.reason}</span>}
      </p>
      {note.status === "entered-in-error" && (
        <p className={classes.refused}>
          {t("inErrorBy", { name: note.errorBy ?? "", reason: note.errorReason ?? "" })}
        </p>
      )}
      <NoteText items={note.items} answers={note.answers} diagnoses={note.diagnoses} />
      {note.signedAt && (
        <p className={classes.signature}>
          <IconSignature size={16} aria-hidden />
          <span>
            {t("begunAt")} <Moment at={note.begunAt} as="dateAndTime" />
            {" · "}
            {t("signedBy", { name: note.signedBy })} <Moment at={note.signedAt} as="dateAndTime" />
            {note.cosignedAt && (
              <>
                {" · "}
                {t("cosignedBy", { name: note.cosigner ?? "" })} <Moment at={note.cosignedAt} as="dateAndTime" />
              </>
            )}
            {note.cosigner && !note.cosignedAt && ` · ${t("awaitsCosign", { name: note.cosigner })}`}
            {note.hash && (
              <span className={classes.hash} title={note.hash}>
                {t("seal", { hash: note.hash.slice(0, 12) })}
              </span>
            )}
          </span>
          {note.mayCosign && onCosign && (
            <Button size="compact-sm" onClick={() => onCosign(note)} loading={busy}>
              {t("cosign")}
            </Button>
          )}
        </p>
      )}
    </article>
  );
}
