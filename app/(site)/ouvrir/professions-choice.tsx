"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ProfessionCode, professionCodes } from "#server/clinic/schema.ts";
import { ChoiceCard, ChoiceGroup } from "../../_ui/choice-card/choice-card.tsx";
import classes from "./sign-up.module.css";

/** The seven that most clinics practise; the others are one gesture away. */
const common: ProfessionCode[] = [
  "physician",
  "nurse",
  "dentist",
  "dental-hygienist",
  "physiotherapist",
  "psychologist",
  "dietitian",
];
const rare = professionCodes.filter((code) => !common.includes(code));

interface ProfessionsChoiceProps {
  chosen: ProfessionCode[];
  onChange: (codes: ProfessionCode[]) => void;
  error?: string;
}

export function ProfessionsChoice({ chosen, onChange, error }: ProfessionsChoiceProps) {
  const t = useTranslations("signUp.clinique");
  const words = useTranslations("vocabulary.fields");
  const [opened, setOpened] = useState(false);
  const unfolded = opened || chosen.some((code) => rare.includes(code));

  const card = (code: ProfessionCode) => (
    <ChoiceCard
      key={code}
      type="checkbox"
      name="professions"
      value={code}
      label={words(code)}
      checked={chosen.includes(code)}
      onChange={(checked) => onChange(checked ? [...chosen, code] : chosen.filter((one) => one !== code))}
    />
  );

  function unfold(open: boolean) {
    setOpened(open);
    if (!open) onChange(chosen.filter((code) => !rare.includes(code)));
  }

  return (
    <ChoiceGroup id="professions" legend={t("professions")} hint={t("professionsHint")} columns={4} error={error}>
      {common.map(card)}
      <ChoiceCard
        type="checkbox"
        name="more"
        value="more"
        label={t("otherProfession")}
        checked={unfolded}
        onChange={unfold}
      />
      {unfolded && <p className={classes.more}>{t("moreProfessions")}</p>}
      {unfolded && rare.map(card)}
    </ChoiceGroup>
  );
}
