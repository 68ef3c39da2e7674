"use client";

import { Button, Menu, UnstyledButton } from "@mantine/core";
import { IconBold, IconHistory, IconItalic, IconList, IconListNumbers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Editor } from "@tiptap/react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import classes from "./note.module.css";

interface ToolbarProps {
  /** Where the caret is; `moves` changes with each move of it. */
  editor: Editor | null;
  moves: number;
  patientId: string;
  noteId: string;
  onBring: (noteId: string) => void;
}

/** Form, and an earlier note brought forward. */
export function Toolbar({ editor, patientId, noteId, onBring }: ToolbarProps) {
  const t = useTranslations("notes");
  const format = useFormatter();
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const earlier = useQuery({
    ...trpc.note.list.queryOptions({ patientId, most: 10, refresh: true }),
    staleTime: 60_000,
  });
  const signed = (earlier.data?.rows ?? []).filter(
    ({ id, status }) => id !== noteId && (status === "final" || status === "amended"),
  );
  const [last] = signed;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t("form")}>
      <FormTools editor={editor} />
      {last && (
        <>
          <span className={classes.rule} />
          <Menu opened={open} onChange={setOpen} position="bottom-start" width={360}>
            <Menu.Target>
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconHistory size={16} aria-hidden />}
              >
                {t("bring")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {signed.map(({ id, occurredAt, title, author }) => (
                <Menu.Item key={id} onClick={() => onBring(id)}>
                  <strong>{format.dateTime(occurredAt, "date")}</strong> {title}
                  <span className={classes.under}> {author}</span>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
    </div>
  );
}

/** Bold, italic and lists: of notes, letters and their templates. */
export function FormTools({ editor }: { editor: Editor | null }) {
  const t = useTranslations("notes");
  return (
    <>
      <Tool
        label={t("bold")}
        on={editor?.isActive("bold")}
        disabled={!editor}
        onPress={() => editor?.chain().focus().toggleBold().run()}
      >
        <IconBold size={18} aria-hidden />
      </Tool>
      <Tool
        label={t("italic")}
        on={editor?.isActive("italic")}
        disabled={!editor}
        onPress={() => editor?.chain().focus().toggleItalic().run()}
      >
        <IconItalic size={18} aria-hidden />
      </Tool>
      <Tool
        label={t("bullets")}
        on={editor?.isActive("bulletList")}
        disabled={!editor}
        onPress={() => editor?.chain().focus().toggleBulletList().run()}
      >
        <IconList size={18} aria-hidden />
      </Tool>
      <Tool
        label={t("numbers")}
        on={editor?.isActive("orderedList")}
        disabled={!editor}
        onPress={() => editor?.chain().focus().toggleOrderedList().run()}
      >
        <IconListNumbers size={18} aria-hidden />
      </Tool>
    </>
  );
}

function Tool(props: {
  label: string;
  on: boolean | undefined;
  disabled: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <UnstyledButton
      className={classes.tool}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.on ?? false}
      disabled={props.disabled}
      // The caret stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={props.onPress}
    >
      {props.children}
    </UnstyledButton>
  );
}
