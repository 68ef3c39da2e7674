"use client";

import { Button, Drawer, Radio, Select, TextInput } from "@mantine/core";
import { IconCalendarShare } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type FeedLevel, feedLevels } from "#server/calendar/schema.ts";
import { tiedPractitionerName } from "#server/practitioner/practitioner-name.ts";
import type { PractitionerRecord } from "#server/practitioner/record.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { Section } from "../../../_ui/section/section.tsx";
import classes from "./calendars.module.css";
import { FeedRow } from "./feed-row.tsx";
import { SecretAddress } from "./secret-address.tsx";

interface CalendarsDrawerProps {
  /** Whose agendas may be shared from here; one's own, or everybody's for whoever manages schedules. */
  practitioners: readonly PractitionerRecord[];
  onClose: () => void;
}

/** The secret addresses of one practitioner's agenda: make one, copy it once, see which are read, shut them. */
export function CalendarsDrawer({ practitioners, onClose }: CalendarsDrawerProps) {
  const t = useTranslations("calendars");
  const common = useTranslations("common");
  const say = useErrorText();
  const trpc = useTRPC();
  const client = useTRPCClient();
  useFocusBack();
  const [practitionerId, setPractitionerId] = useState(practitioners[0]?.id ?? "");
  const list = useQuery(trpc.calendar.list.queryOptions({ practitionerId }));
  const [level, setLevel] = useState<FeedLevel>("busy");
  const [label, setLabel] = useState("");
  const [made, setMade] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function make(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      const id = crypto.randomUUID();
      const { path } = await client.calendar.make.mutate({ id, practitionerId, level, label });
      setMade(`${window.location.origin}${path}`);
      setLabel("");
      void list.refetch();
    } catch (error) {
      setFailure(say(error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("title")}
      position="right"
      size={480}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <p className={classes.lead}>{t("lead")}</p>
      {practitioners.length > 1 && (
        <Select
          label={t("whose")}
          data={practitioners.map((one) => ({ value: one.id, label: tiedPractitionerName(one) }))}
          value={practitionerId}
          onChange={(value) => {
            if (!value) return;
            setPractitionerId(value);
            setMade(undefined);
          }}
          searchable
          mb="lg"
        />
      )}
      {made ? (
        <SecretAddress address={made} onDone={() => setMade(undefined)} />
      ) : (
        <form onSubmit={make} className={classes.form}>
          <Radio.Group label={t("level")} value={level} onChange={(value) => setLevel(value as FeedLevel)}>
            {feedLevels.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`levels.${one}`)}
                description={t(`levelHelp.${one}`)}
                disabled={one !== "busy" && !(list.data?.mayName && list.data.own)}
                mt="xs"
              />
            ))}
          </Radio.Group>
          {list.data && !(list.data.mayName && list.data.own) && (
            <p className={classes.note}>{t(list.data.own ? "mayNot" : "ownOnly")}</p>
          )}
          <TextInput
            label={t("label")}
            placeholder={t("labelExample")}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            maxLength={100}
            autoComplete="off"
          />
          {failure && (
            <p className={classes.failure} role="alert">
              {failure}
            </p>
          )}
          <Button type="submit" loading={busy} disabled={!practitionerId}>
            {t("make")}
          </Button>
        </form>
      )}
      <Section title={t("list")} count={list.data?.rows.length}>
        {list.isError && (
          <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
            {say(list.error).message}
          </ErrorPanel>
        )}
        {list.data?.rows.length === 0 && <EmptyState icon={<IconCalendarShare />} title={t("none")} />}
        <ul className={classes.list}>
          {list.data?.rows.map((feed) => (
            <FeedRow key={feed.id} feed={feed} onRevoked={() => void list.refetch()} />
          ))}
        </ul>
      </Section>
    </Drawer>
  );
}
