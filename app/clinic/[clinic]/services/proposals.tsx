"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProposedService } from "#server/schedule/service/propose-services.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ChoiceCard, ChoiceGroup } from "../../../_ui/choice-card/choice-card.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./services.module.css";

interface ProposalsProps {
  proposals: readonly ProposedService[];
  onAdded: () => void;
  /** Absent where there is nothing else on the page. */
  onClose: (() => void) | undefined;
}

/** What the clinic's professions usually begin with: all of it in one click, less what is not wanted. */
export function Proposals({ proposals, onAdded, onClose }: ProposalsProps) {
  const t = useTranslations("services");
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const keys = proposals.map(({ key }) => key).filter((key) => !left.has(key));

  async function add() {
    if (busy) return;
    setBusy(true);
    try {
      const { added } = await client.schedule.service.start.mutate({ keys });
      toast({ message: t("proposals.added", { count: added }) });
      onAdded();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title={t("proposals.title")} lead={t("proposals.lead")}>
      <ChoiceGroup legend={t("proposals.legend")} columns={1}>
        <div className={classes.proposals}>
          {proposals.map(({ key, name, minutes, practitioners }) => (
            <ChoiceCard
              key={key}
              type="checkbox"
              name="proposals"
              value={key}
              label={name}
              description={[
                t("minutes", { minutes }),
                practitioners.length > 0 ? practitioners.map((one) => one.name).join(", ") : t("proposals.nobody"),
              ].join(" · ")}
              checked={!left.has(key)}
              onChange={(checked) => {
                const next = new Set(left);
                if (checked) next.delete(key);
                else next.add(key);
                setLeft(next);
              }}
            />
          ))}
        </div>
      </ChoiceGroup>
      <div className={classes.acts}>
        <Button onClick={add} loading={busy} disabled={keys.length === 0}>
          {t("proposals.add", { count: keys.length })}
        </Button>
        {onClose && (
          <Button variant="subtle" onClick={onClose}>
            {t("proposals.later")}
          </Button>
        )}
      </div>
    </Section>
  );
}
