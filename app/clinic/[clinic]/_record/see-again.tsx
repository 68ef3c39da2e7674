"use client";

import { Button, Menu } from "@mantine/core";
import { IconCalendarRepeat } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { inMonths, spans } from "./in-months.ts";
import classes from "./record.module.css";

interface SeeAgainProps {
  patientId: string;
  name: string;
  /** With whom, when it is said where the gesture is made. */
  practitionerId?: string | undefined;
}

/** « To be seen again in… »: one gesture beside the person, and the worklist calls them back on the day. */
export function SeeAgain({ patientId, name, practitionerId }: SeeAgainProps) {
  const t = useTranslations("workspace.seeAgain");
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  const [picking, setPicking] = useState(false);
  const [day, setDay] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function plan(dueOn: string) {
    if (busy) return;
    setBusy(true);
    try {
      const card = { serviceId: null, practitionerId: practitionerId ?? null, dueOn, reason: "" };
      const { id } = await client.recall.add.mutate({ id: crypto.randomUUID(), patientId, ...card });
      setPicking(false);
      toast({
        message: t("planned", { name, date: dueOn }),
        of: { [id]: 1 },
        onUndo: () =>
          client.recall.close
            .mutate({ id, version: 1, reason: "not-needed" })
            .catch((error: unknown) => toast({ tone: "danger", message: say(error).message })),
      });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    } finally {
      setBusy(false);
    }
  }

  if (picking)
    return (
      <form
        className={classes.again}
        onSubmit={(event) => {
          event.preventDefault();
          if (day) void plan(day);
        }}
      >
        <DayInput label={t("on")} value={day} onChange={setDay} />
        <div className={classes.acts}>
          <Button type="submit" loading={busy} disabled={!day}>
            {t("plan")}
          </Button>
          <Button variant="subtle" onClick={() => setPicking(false)}>
            {t("leave")}
          </Button>
        </div>
      </form>
    );
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" loading={busy} leftSection={<IconCalendarRepeat size={18} aria-hidden />}>
          {t("title")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {spans.map((months) => (
          <Menu.Item key={months} onClick={() => plan(inMonths(months))}>
            {t("inMonths", { count: months })}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => setPicking(true)}>{t("otherDay")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
