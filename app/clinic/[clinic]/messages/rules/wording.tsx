"use client";

import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type MessageChannel, type MessageKind, messageKinds } from "#server/reminder/schema.ts";
import { useTRPC } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../../_ui/section/section.tsx";
import { SkeletonForm } from "../../../../_ui/skeleton/skeleton.tsx";
import classes from "../messages.module.css";
import { TextEditor } from "./text-editor.tsx";

/** The words of each message, one at a time, in either language. */
export function Wording() {
  const t = useTranslations("messages");
  const say = useErrorText();
  const trpc = useTRPC();
  const kept = useQuery(trpc.reminder.wording.queryOptions());
  const [kind, setKind] = useState<MessageKind>("reminder");
  const [channel, setChannel] = useState<MessageChannel>("email");
  const [locale, setLocale] = useState<"fr" | "en">("fr");
  const text = kept.data?.texts.find((one) => one.kind === kind && one.channel === channel && one.locale === locale);

  return (
    <Section title={t("texts")} lead={t("textsLead")}>
      {kept.isError ? (
        <ErrorPanel requestId={say(kept.error).requestId} onRetry={() => void kept.refetch()}>
          {say(kept.error).message}
        </ErrorPanel>
      ) : (
        <div className={classes.fields}>
          <div className={classes.choices}>
            <Select
              aria-label={t("which")}
              data={messageKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              value={kind}
              allowDeselect={false}
              onChange={(value) => value && setKind(value as MessageKind)}
            />
            {(kept.data?.channels.length ?? 0) > 1 && (
              <SegmentedControl
                aria-label={t("channel")}
                data={(kept.data?.channels ?? []).map((value) => ({ value, label: t(`channels.${value}`) }))}
                value={channel}
                onChange={(value) => setChannel(value as MessageChannel)}
              />
            )}
            <SegmentedControl
              aria-label={t("language")}
              data={[
                { value: "fr", label: t("languages.fr") },
                { value: "en", label: t("languages.en") },
              ]}
              value={locale}
              onChange={(value) => setLocale(value as "fr" | "en")}
            />
          </div>
          {kept.data && text ? (
            <TextEditor
              key={`${kind} ${channel} ${locale} ${kept.data.version}`}
              text={text}
              version={kept.data.version}
              onSaved={() => void kept.refetch()}
            />
          ) : (
            <SkeletonForm fields={2} />
          )}
        </div>
      )}
    </Section>
  );
}
