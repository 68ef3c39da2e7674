"use client";

import { ActionIcon, Button, Checkbox, Menu, Popover, TextInput } from "@mantine/core";
import { IconBookmark, IconBookmarkPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { v7 as newId } from "uuid";
import type { PatientFilters } from "#server/patient/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./patients.module.css";

/** Questions kept under a name: asked again in one gesture, kept in another. */
export function SavedLists({
  filters,
  onChoose,
}: {
  filters: PatientFilters;
  onChoose: (filters: PatientFilters) => void;
}) {
  const t = useTranslations("patients.saved");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const kept = useQuery(trpc.patient.lists.queryOptions());
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [id, setId] = useState(() => newId());
  const { text: _, ...question } = filters;
  const asks = Object.keys(question).length > 1 || question.status !== "active";

  async function act(work: () => Promise<unknown>, message: string) {
    try {
      await work();
      toast({ message });
      await kept.refetch();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  async function keep() {
    await act(() => client.patient.saveList.mutate({ id, name, filters: question, shared }), t("kept"));
    setNaming(false);
    setName("");
    setId(newId());
  }

  return (
    <>
      {(kept.data?.length ?? 0) > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="compact-md" leftSection={<IconBookmark size={16} aria-hidden />}>
              {t("choose")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {kept.data?.map((list) => (
              <div key={list.id} className={classes.kept}>
                <Menu.Item onClick={() => onChoose(list.filters)}>{list.name}</Menu.Item>
                {list.mine && (
                  <ActionIcon
                    variant="subtle"
                    color="brique"
                    aria-label={t("remove", { name: list.name })}
                    onClick={() =>
                      void act(
                        () => client.patient.removeList.mutate({ id: list.id, version: list.version }),
                        t("removed"),
                      )
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                )}
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asks && (
        <Popover opened={naming} onChange={setNaming} position="bottom-end" trapFocus>
          <Popover.Target>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconBookmarkPlus size={16} aria-hidden />}
              onClick={() => setNaming(!naming)}
            >
              {t("keep")}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <form
              className={classes.naming}
              onSubmit={(event) => {
                event.preventDefault();
                void keep();
              }}
            >
              <TextInput
                label={t("name")}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={60}
                required
                data-autofocus
              />
              <Checkbox
                label={t("shared")}
                checked={shared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
              <Button type="submit" disabled={name.trim() === ""}>
                {t("save")}
              </Button>
            </form>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}
