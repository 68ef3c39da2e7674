import { Button, Checkbox } from "@mantine/core";
import { useFormatter, useLocale, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { sayWhen } from "#server/schedule/say-when.ts";
import type { FreedTime } from "#server/waitlist/list-freed.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "./waitlist.module.css";

interface FreedCardProps {
  time: FreedTime;
  /** How many are asked at once. */
  batch: number;
  mayOffer: boolean;
  onChanged: () => void;
}

/** One freed time: who would take it, in the order of the rule, and the one act that asks them. */
export function FreedCard({ time, batch, mayOffer, onChanged }: FreedCardProps) {
  const t = useTranslations("waitlist");
  const locale = languageOf(useLocale());
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const say = useErrorText();
  const toast = useToast();
  const client = useTRPCClient();
  const { id: freedTimeId, candidates, offeredUntil, offers } = time;
  const reachable = candidates.filter((one) => one.reachable);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    reachable.slice(0, batch).map(({ entryId }) => entryId),
  );
  const [busy, setBusy] = useState(false);

  async function act(work: () => Promise<string>) {
    setBusy(true);
    try {
      toast({ message: await work() });
      onChanged();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
      onChanged();
    } finally {
      setBusy(false);
    }
  }
  const offer = () =>
    act(async () => {
      const { asked } = await client.waitlist.offer.mutate({ freedTimeId, entryIds: [...chosen] });
      return t("offerSent", { count: asked });
    });

  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <div>
          <h3 className={classes.time}>{sayWhen(time.startsAt, time.timeZone, locale, "short")}</h3>
          <p className={classes.under}>
            {[time.service, time.practitioner, time.location].filter(Boolean).join(" · ")}
          </p>
        </div>
        {offeredUntil ? (
          <Chip tone="attention">{t("keptUntil", { when: format.relativeTime(offeredUntil, now) })}</Chip>
        ) : (
          <Chip>{t(`causes.${time.cause}`)}</Chip>
        )}
      </div>
      {offers.length > 0 && (
        <ul className={classes.asked}>
          {offers.map(({ name, status }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as many as were asked, in their order.
            <li key={index}>
              {name} <span className={classes.under}>{t(`answers.${status}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {candidates.length === 0 && offers.length === 0 && <p className={classes.under}>{t("nobodyFits")}</p>}
      {candidates.length > 0 && (
        <Checkbox.Group value={[...chosen]} onChange={setChosen} label={t("candidates")} readOnly={!mayOffer}>
          {candidates.map((one) => (
            <Checkbox
              key={one.entryId}
              value={one.entryId}
              mt="xs"
              disabled={!mayOffer || !one.reachable}
              label={`${one.rank}. ${one.givenName} ${one.familyName}`}
              description={[
                one.soonerThan && t("soonerThan", { when: sayWhen(one.soonerThan, time.timeZone, locale, "short") }),
                one.priority !== 2 && t(`priorities.${one.priority as 1}`),
                one.untilDate && t("untilSaid", { date: one.untilDate }),
                t("waitsSince", { when: format.relativeTime(one.since, now) }),
                !one.reachable && t("callThem", { phone: one.phone || "–" }),
              ]
                .filter(Boolean)
                .join(" · ")}
            />
          ))}
        </Checkbox.Group>
      )}
      {mayOffer && (
        <div className={classes.acts}>
          {candidates.length > 0 && (
            <Button onClick={offer} loading={busy} disabled={chosen.length === 0}>
              {t("offer", { count: chosen.length })}
            </Button>
          )}
          {offeredUntil ? (
            <Button
              variant="default"
              disabled={busy}
              onClick={() =>
                act(async () => {
                  await client.waitlist.withdraw.mutate({ freedTimeId });
                  return t("withdrawn");
                })
              }
            >
              {t("withdraw")}
            </Button>
          ) : (
            <Button
              variant="subtle"
              disabled={busy}
              onClick={() =>
                act(async () => {
                  await client.waitlist.dismiss.mutate({ freedTimeId });
                  return t("dismissed");
                })
              }
            >
              {t("dismiss")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
