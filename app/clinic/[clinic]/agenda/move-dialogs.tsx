"use client";

import { Button, Modal, Radio, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import classes from "../_schedule/book.module.css";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import type { MoverState, Scope } from "./use-mover.ts";

/** Of a series: this one, this and those after it, all that are to come. */
export function ScopeChoice({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const t = useTranslations("agenda.scope");
  return (
    <Radio.Group label={t("label")} value={value} onChange={(scope) => onChange(scope as Scope)}>
      <div className={classes.choices}>
        {(["this", "following", "all"] as const).map((scope) => (
          <Radio key={scope} value={scope} label={t(scope)} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** What is asked before a visit goes: which of its series, and why when it is forced. */
export function MoveDialogs({ mover, words }: { mover: MoverState; words: AgendaWords }) {
  const t = useTranslations("agenda");
  const { proposal } = mover;
  if (proposal?.stage !== "scope" && proposal?.stage !== "force") return null;
  const { target, sitting } = proposal;
  const title = t(proposal.stage === "scope" ? "moveSeries" : "forceTitle", {
    name: words.sitting(sitting).title,
    day: words.shortDay(target.date),
    time: words.minute(target.minute),
  });
  return (
    <Modal opened onClose={mover.cancel} title={title} size={460}>
      {proposal.stage === "scope" ? <AskScope mover={mover} /> : <AskWhy mover={mover} words={words} />}
    </Modal>
  );
}

function AskScope({ mover }: { mover: MoverState }) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const [scope, setScope] = useState<Scope>("this");
  return (
    <div className={classes.form}>
      <ScopeChoice value={scope} onChange={setScope} />
      <div className={classes.acts}>
        <Button data-autofocus onClick={() => mover.choose(scope)}>
          {t("move")}
        </Button>
        <Button variant="subtle" onClick={mover.cancel}>
          {common("cancel")}
        </Button>
      </div>
    </div>
  );
}

function AskWhy({ mover }: { mover: MoverState; words: AgendaWords }) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const short = [...why.trim()].length < 3;
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!short) mover.forceWith(why);
  }
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <TextInput
        label={t("book.why")}
        description={t("book.whyHelp")}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        error={tried && short ? t("book.needWhy") : undefined}
        maxLength={300}
        autoComplete="off"
        data-autofocus
      />
      <div className={classes.acts}>
        <Button type="submit">{t("forceVerb")}</Button>
        <Button variant="subtle" onClick={mover.cancel}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}
