"use client";

import { ActionIcon, type FloatingPosition, Menu } from "@mantine/core";
import { IconFileText, IconPlus, IconSend2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { v7 } from "uuid";
import type { LetterKind } from "#server/letter/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";

interface NewLetterProps {
  patientId: string;
  /** The key that opens it, and what the sheet of keys says of it where it is not « Nouvelle lettre ou demande ». */
  keys: string;
  label?: string;
  group?: string;
  position: FloatingPosition;
  /** What opens it by hand; by itself, a plus. */
  children?: ReactNode;
}

/** A letter or a request in two gestures: its button (or its key), then its template. Begun, it opens on its own page. */
export function NewLetter({ patientId, keys, label, group, position, children }: NewLetterProps) {
  const t = useTranslations("letters");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const router = useRouter();
  const { clinic } = useParams<{ clinic: string }>();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const templates = useQuery({ ...trpc.letterTemplate.list.queryOptions(), enabled: open, staleTime: 30_000 });
  useShortcutList([{ keys, label: label ?? t("new"), group: group ?? t("title"), run: () => setOpen(true) }]);

  async function begin(kind: LetterKind, templateId: string | null) {
    if (busy) return;
    setBusy(true);
    const id = v7();
    try {
      if (kind === "referral") await client.referral.start.mutate({ id, requestId: v7(), patientId, templateId });
      else await client.letter.start.mutate({ id, patientId, templateId });
      router.push(`/clinic/${clinic}/patients/${patientId}/lettres/${id}`);
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      setBusy(false);
    }
  }

  const of = (kind: LetterKind) => (templates.data ?? []).filter((one) => one.kind === kind);
  return (
    <Menu opened={open && !templates.isPending} onChange={setOpen} position={position} width={320}>
      <Menu.Target>
        {children ?? (
          <ActionIcon variant="subtle" color="ardoise" size={24} aria-label={t("new")} loading={busy}>
            <IconPlus size={18} aria-hidden />
          </ActionIcon>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {(["referral", "letter"] as const).map((kind) => (
          <div key={kind}>
            <Menu.Label>{t(`kinds.${kind}`)}</Menu.Label>
            {of(kind).map(({ id, title }) => (
              <Menu.Item
                key={id}
                leftSection={
                  kind === "referral" ? <IconSend2 size={16} aria-hidden /> : <IconFileText size={16} aria-hidden />
                }
                onClick={() => void begin(kind, id)}
              >
                {title}
              </Menu.Item>
            ))}
            <Menu.Item
              leftSection={
                kind === "referral" ? <IconSend2 size={16} aria-hidden /> : <IconFileText size={16} aria-hidden />
              }
              onClick={() => void begin(kind, null)}
            >
              {t(`blank.${kind}`)}
            </Menu.Item>
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
