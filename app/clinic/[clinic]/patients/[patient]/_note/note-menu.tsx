"use client";

import { ActionIcon, Button, Menu, Modal, MultiSelect, Radio, Textarea } from "@mantine/core";
import { IconDots, IconEraser, IconList, IconLock, IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ProfessionCode, professionCodes } from "#server/clinic/schema.ts";
import type { DraftView } from "#server/note/record.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import classes from "./note.module.css";
import { TemplateDialog } from "./template-dialog.tsx";

interface NoteMenuProps {
  draft: DraftView;
  /** Whoever began it decides what it follows. */
  mine: boolean;
  onClose: () => void;
  /** Something that is not the text changed. */
  onChanged: () => void;
  flush: () => Promise<number>;
}

/** What is rare: for whom the note is, and putting it aside. */
export function NoteMenu({ draft, mine, onClose, onChanged, flush }: NoteMenuProps) {
  const t = useTranslations("notes");
  const [shown, setShown] = useState<"audience" | "aside" | "template">();
  const limited = draft.audience.professions.length + draft.audience.userIds.length > 0;
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("more")}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconList size={16} aria-hidden />} onClick={onClose}>
            {t("allNotes")}
          </Menu.Item>
          {mine && draft.relation !== "correction" && (
            <Menu.Item leftSection={<IconTemplate size={16} aria-hidden />} onClick={() => setShown("template")}>
              {t("templateChange")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => setShown("audience")}>
            {t(limited ? "audienceChange" : "audienceSet")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconEraser size={16} aria-hidden />}
            color="brique"
            onClick={() => setShown("aside")}
          >
            {t("putAside")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {shown === "audience" && (
        <AudienceDialog draft={draft} flush={flush} onClose={() => setShown(undefined)} onChanged={onChanged} />
      )}
      {shown === "template" && (
        <TemplateDialog draft={draft} flush={flush} onClose={() => setShown(undefined)} onChanged={onChanged} />
      )}
      {shown === "aside" && <AsideDialog draft={draft} onClose={() => setShown(undefined)} onDone={onClose} />}
    </>
  );
}

/** For whom the note is; the database holds it from all others. */
function AudienceDialog({
  draft,
  flush,
  onClose,
  onChanged,
}: {
  draft: DraftView;
  flush: NoteMenuProps["flush"];
  onClose: () => void;
  onChanged: () => void;
}) {
  const t = useTranslations("notes");
  const vocabulary = useTranslations("vocabulary");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const members = useQuery(trpc.membership.list.queryOptions({ status: "active", most: 100 }));
  const [professions, setProfessions] = useState<string[]>([...draft.audience.professions]);
  const [userIds, setUserIds] = useState<string[]>(draft.audience.userIds.filter((id) => id !== draft.authorId));
  // Who opens this came to keep the note.
  const [kept, setKept] = useState(true);
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      await flush();
      await client.note.setAudience.mutate({
        id: draft.id,
        version: draft.version,
        professions: kept ? (professions as ProfessionCode[]) : [],
        // Named alone, its author is its only reader.
        userIds: kept ? [draft.authorId, ...userIds] : [],
      });
      toast({ message: t("audienceSaved") });
      onClose();
      onChanged();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title={t("audienceTitle")} size={480}>
      <p>{t("audienceLead")}</p>
      <div className={classes.form}>
        <Radio.Group
          label={t("audienceWho")}
          value={kept ? "kept" : "anyone"}
          onChange={(value) => setKept(value === "kept")}
        >
          <Radio value="kept" label={t("audienceKept")} data-autofocus={kept || undefined} />
          <Radio value="anyone" label={t("audienceAnyone")} />
        </Radio.Group>
        {kept && (
          <>
            <MultiSelect
              label={t("audienceProfessions")}
              data={professionCodes.map((value) => ({ value, label: vocabulary(`professions.${value}`) }))}
              value={professions}
              onChange={setProfessions}
              searchable
            />
            <MultiSelect
              label={t("audiencePeople")}
              description={professions.length + userIds.length === 0 ? t("audienceNobody") : undefined}
              data={(members.data?.members ?? [])
                .filter(({ status, userId }) => status === "active" && userId !== draft.authorId)
                .map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
              value={userIds}
              onChange={setUserIds}
              searchable
            />
          </>
        )}
      </div>
      <div className={classes.acts}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button onClick={save} loading={busy}>
          {t(kept ? "audienceKeep" : "audienceAll")}
        </Button>
      </div>
    </Modal>
  );
}

function AsideDialog({ draft, onClose, onDone }: { draft: DraftView; onClose: () => void; onDone: () => void }) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);

  async function putAside() {
    setBusy(true);
    try {
      await client.note.markInError.mutate({ id: draft.id, version: draft.version, reason });
      toast({ message: t("asideDone") });
      onDone();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title={t("asideTitle")} size={480}>
      <p>{t("asideLead")}</p>
      <Textarea
        label={t("why")}
        value={reason}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <div className={classes.acts}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button color="brique" onClick={putAside} loading={busy} disabled={reason.trim() === ""}>
          {t("putAside")}
        </Button>
      </div>
    </Modal>
  );
}
