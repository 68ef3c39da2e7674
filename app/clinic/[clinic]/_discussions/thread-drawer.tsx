"use client";

import { Button, Drawer, MultiSelect, Textarea } from "@mantine/core";
import { IconLock, IconSend } from "@tabler/icons-react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { DiscussionView } from "#server/discussion/record.ts";
import { recipientOf } from "#server/membership/recipient-schema.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { useLive } from "../_schedule/use-live.ts";
import { MakeTask } from "../_tasks/make-task.tsx";
import { useRecipients } from "../_tasks/use-recipients.ts";
import classes from "./discussions.module.css";

/** A discussion: what was said, by whom and when; and the answer, sent with Ctrl Enter. Opened, it is read as far as what is shown. */
export function ThreadDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("discussions");
  const common = useTranslations("common");
  const say = useErrorText();
  const trpc = useTRPC();
  useFocusBack();
  const [cursor, setCursor] = useState<string>();
  const [opened, setOpened] = useState(false);
  const thread = useQuery({
    ...trpc.discussion.read.queryOptions({ id, cursor, refresh: opened }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  // What the page reads again by itself has its line in the journal.
  useEffect(() => {
    if (thread.data && !opened) setOpened(true);
  }, [thread.data, opened]);
  useLive(() => void thread.refetch(), "discussion");
  useRead(thread.data, cursor === undefined);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={thread.data?.subject ?? t("one")}
      position="right"
      size={520}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {thread.isError && (
        <ErrorPanel requestId={say(thread.error).requestId} onRetry={() => void thread.refetch()}>
          {say(thread.error).message}
        </ErrorPanel>
      )}
      {thread.isPending && <SkeletonRows rows={6} />}
      {thread.data && (
        <Shown
          thread={thread.data}
          earlier={cursor !== undefined}
          onEarlier={setCursor}
          onSent={() => {
            setCursor(undefined);
            void thread.refetch();
          }}
        />
      )}
    </Drawer>
  );
}

/** Marks as read what is shown, once per message that came. */
function useRead(thread: DiscussionView | undefined, latest: boolean) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const marked = useRef<string>(undefined);
  const last = thread?.messages.at(-1)?.id;
  const id = thread?.id;
  const unread = thread?.unread;
  useEffect(() => {
    if (!id || !last || !unread || !latest || marked.current === last) return;
    marked.current = last;
    client.discussion.markRead.mutate({ id, messageId: last }).then(
      () =>
        Promise.all([
          queries.invalidateQueries(trpc.discussion.list.pathFilter()),
          queries.invalidateQueries(trpc.discussion.count.pathFilter()),
        ]),
      () => undefined,
    );
  }, [client, id, last, latest, unread, queries, trpc]);
}

interface ShownProps {
  thread: DiscussionView;
  earlier: boolean;
  onEarlier: (cursor: string | undefined) => void;
  onSent: () => void;
}

function Shown({ thread, earlier, onEarlier, onSent }: ShownProps) {
  const t = useTranslations("discussions");
  const locale = languageOf(useLocale());
  const { clinic } = useParams<{ clinic: string }>();
  const recipients = useRecipients();
  const end = useRef<HTMLLIElement>(null);
  const last = thread.messages.at(-1)?.id;
  useEffect(() => {
    if (last) end.current?.scrollIntoView({ block: "nearest" });
  }, [last]);
  return (
    <>
      <div className={classes.head}>
        <span>
          <Link href={`/clinic/${clinic}/patients/${thread.patientId}`} prefetch={false}>
            {thread.patientName ?? t("hidden")}
          </Link>{" "}
          <span className="cv-nowrap">{thread.birthDate}</span>
        </span>
        <span className={classes.chips}>
          {thread.clinical && (
            <Chip tone="neutral" icon={<IconLock />}>
              {t("clinical")}
            </Chip>
          )}
          {thread.participants.map(({ key, name }) => (
            <Chip key={key} tone="info">
              {recipients.say(key, name)}
            </Chip>
          ))}
        </span>
      </div>
      {thread.before && (
        <Button variant="subtle" size="compact-sm" onClick={() => onEarlier(thread.before ?? undefined)}>
          {t("earlier")}
        </Button>
      )}
      {earlier && (
        <Button variant="subtle" size="compact-sm" onClick={() => onEarlier(undefined)}>
          {t("latest")}
        </Button>
      )}
      <ul className={classes.messages} aria-label={t("messages")}>
        {thread.messages.map(({ id, author, mine, body, createdAt }) => (
          <li key={id} className={classes.message} data-mine={mine || undefined} ref={id === last ? end : undefined}>
            <span className={classes.by}>
              <strong>{mine ? t("me") : author}</strong> <Moment at={createdAt} as="dateAndTime" />
            </span>
            <p className={classes.body} lang={locale}>
              {body}
            </p>
            <span className={classes.toTask}>
              <MakeTask
                start={{
                  title: firstLine(body),
                  patientId: thread.patientId,
                  focus: { kind: "discussion", id: thread.id },
                }}
              />
            </span>
          </li>
        ))}
      </ul>
      <Reply thread={thread} onSent={onSent} />
    </>
  );
}

/** The first words of what was asked, as a title that is to be mended. */
const firstLine = (body: string) => [...(body.split("\n")[0] ?? "")].slice(0, 120).join("");

function Reply({ thread, onSent }: { thread: DiscussionView; onSent: () => void }) {
  const t = useTranslations("discussions");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const recipients = useRecipients();
  const [body, setBody] = useState("");
  const [added, setAdded] = useState<string[]>([]);
  const [adding, setAdding] = useState(false);
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [busy, setBusy] = useState(false);

  async function send(event?: FormEvent) {
    event?.preventDefault();
    if (busy || !body.trim()) return;
    setBusy(true);
    try {
      const participants = added.flatMap((key) => recipientOf(key) ?? []);
      await client.discussion.reply.mutate({ id, discussionId: thread.id, body, participants });
      setBody("");
      setAdded([]);
      setAdding(false);
      setId(crypto.randomUUID());
      onSent();
    } catch (error) {
      const { message, fields } = say(error);
      toast({ tone: "danger", message: Object.values(fields)[0] ?? message });
    } finally {
      setBusy(false);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) void send();
  }

  const here = new Set(thread.participants.map(({ key }) => key));
  return (
    <form className={classes.form} onSubmit={send} onKeyDown={onKeyDown}>
      <Textarea
        label={t("reply")}
        description={t("never")}
        value={body}
        maxLength={4000}
        autosize
        minRows={2}
        maxRows={10}
        onChange={(event) => setBody(event.currentTarget.value)}
        data-autofocus
      />
      {adding && (
        <MultiSelect
          label={t("addPeople")}
          data={recipients.options(thread.clinical).map(({ group, items }) => ({
            group,
            items: items.filter(({ value }) => !here.has(value)),
          }))}
          value={added}
          onChange={setAdded}
          searchable
        />
      )}
      <div className={classes.acts}>
        <Button
          type="submit"
          loading={busy}
          disabled={!body.trim()}
          leftSection={<IconSend size={18} aria-hidden />}
          rightSection={<KeyCap>Ctrl ↵</KeyCap>}
          aria-keyshortcuts="Control+Enter"
        >
          {t("send")}
        </Button>
        {!adding && (
          <Button variant="subtle" onClick={() => setAdding(true)}>
            {t("addPeople")}
          </Button>
        )}
      </div>
    </form>
  );
}
