"use client";

import { Button, Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { PromotionRecord } from "#server/reminder/promotion-record.ts";
import { promotionWays } from "#server/reminder/schema.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip, type Tone } from "../../../_ui/chip/chip.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./record.module.css";

const tones: Readonly<Record<PromotionRecord["state"], Tone>> = {
  unasked: "neutral",
  granted: "good",
  withdrawn: "attention",
};

/** Which of a patient's addresses agreed to news and offers; recorded and taken back in one gesture. Nothing for who has no address. */
export function Promotion({ patientId, mayWrite }: { patientId: string; mayWrite: boolean }) {
  const t = useTranslations("workspace.promotion");
  const trpc = useTRPC();
  const read = useQuery({ ...trpc.reminder.promotion.queryOptions({ patientId }), retry: false });
  if (!read.data || read.data.length === 0) return null;
  return (
    <section className={classes.promotion} aria-labelledby="promotion">
      <h3 id="promotion">{t("title")}</h3>
      {read.data.map((record) => (
        <Consent
          key={record.contactId}
          patientId={patientId}
          record={record}
          mayWrite={mayWrite}
          onChange={() => read.refetch()}
        />
      ))}
    </section>
  );
}

interface ConsentProps {
  patientId: string;
  record: PromotionRecord;
  mayWrite: boolean;
  onChange: () => Promise<unknown>;
}

function Consent({ patientId, record, mayWrite, onChange }: ConsentProps) {
  const t = useTranslations("workspace.promotion");
  const format = useFormatter();
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  const [asking, setAsking] = useState<"granted" | "withdrawn">();
  const [source, setSource] = useState<(typeof promotionWays)[number]>("in-person");
  const [busy, setBusy] = useState(false);
  const { contactId, value, state, at, by, text, version } = record;
  const way = record.source && t(`ways.${record.source}`);
  const date = at && format.dateTime(at, { dateStyle: "medium" });

  async function save(to: "granted" | "withdrawn") {
    setBusy(true);
    try {
      await client.reminder.changePromotion.mutate({
        patientId,
        contactId,
        granted: to === "granted",
        source,
        version,
      });
      setAsking(undefined);
      toast({ message: t(to) });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    } finally {
      setBusy(false);
      await onChange();
    }
  }

  const offer = (to: "granted" | "withdrawn") => (
    <Button
      variant="default"
      aria-label={t("of", { act: t(to === "granted" ? "record" : "withdraw"), address: value })}
      onClick={() => setAsking(to)}
    >
      {t(to === "granted" ? "record" : "withdraw")}
    </Button>
  );
  return (
    <div className={classes.consent}>
      <div className={classes.consentHead}>
        <span>{value}</span>
        <Chip tone={tones[state]}>{t(`states.${state}`)}</Chip>
      </div>
      {way && date && (
        <span className={classes.since}>{by ? t("sinceBy", { way, date, by }) : t("since", { way, date })}</span>
      )}
      {asking ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save(asking);
          }}
        >
          {asking === "granted" && (
            <>
              <p>{t("lead")}</p>
              <blockquote>{text}</blockquote>
            </>
          )}
          <Radio.Group
            label={t("how")}
            value={source}
            onChange={(chosen) => setSource(promotionWays.find((one) => one === chosen) ?? "in-person")}
          >
            {promotionWays.map((one) => (
              <Radio key={one} value={one} label={t(`ways.${one}`)} mt={4} />
            ))}
          </Radio.Group>
          <div className={classes.acts}>
            <Button type="submit" loading={busy}>
              {t("save")}
            </Button>
            <Button variant="subtle" onClick={() => setAsking(undefined)}>
              {t("leave")}
            </Button>
          </div>
        </form>
      ) : (
        mayWrite && (
          <div className={classes.acts}>
            {state !== "granted" && offer("granted")}
            {state !== "withdrawn" && offer("withdrawn")}
          </div>
        )
      )}
    </div>
  );
}
