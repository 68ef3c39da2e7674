"use client";

import { ActionIcon } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { RefObject } from "react";
import type { DrugView } from "#server/drug/search-drugs.ts";
import { sayPosology } from "#server/medication/posology.ts";
import type { AllergyLine, FavouriteView } from "#server/medication/record.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { KeyCap } from "../../../../../_ui/key-cap/key-cap.tsx";
import { FindDrug } from "./find-drug.tsx";
import classes from "./medications.module.css";

interface SideProps {
  favourites: readonly FavouriteView[];
  allergies: readonly AllergyLine[];
  field: RefObject<HTMLInputElement | null>;
  onPick: (drug: DrugView | string) => void;
  onFavourite: (favourite: FavouriteView) => void;
  onRemove: (favourite: FavouriteView) => void;
  mayPrepare: boolean;
}

/** What is at hand while one prescribes: the search, one's favourites, and the allergies as they are written. */
export function Side({ favourites, allergies, field, onPick, onFavourite, onRemove, mayPrepare }: SideProps) {
  const t = useTranslations("medications");
  const language = languageOf(useLocale());
  const known = allergies.filter(({ kind }) => kind !== "none-known");
  return (
    <aside className={classes.side}>
      {mayPrepare && (
        <section aria-labelledby="favourites">
          <h2 id="favourites" className={classes.title}>
            {t("favourites")} <span className={classes.count}>{favourites.length}</span>
          </h2>
          <FindDrug field={field} onPick={onPick} />
          {favourites.length === 0 && <p className={classes.quiet}>{t("noFavourite")}</p>}
          <ul className={classes.favourites}>
            {favourites.map((one, at) => (
              <li key={one.id} className={classes.favourite}>
                <button type="button" className={classes.favouriteButton} onClick={() => onFavourite(one)}>
                  {at < 9 ? <KeyCap>{String(at + 1)}</KeyCap> : <span className={classes.noKey} />}
                  <span>
                    <strong>{`${one.label} ${one.strength}`}</strong>
                    <span className={classes.quiet}>
                      {sayPosology(one, language)}
                      {one.repeats !== null && `, ${t("repeatsCount", { count: one.repeats })}`}
                    </span>
                  </span>
                  <IconPlus size={16} aria-hidden />
                </button>
                <ActionIcon
                  variant="subtle"
                  color="ardoise"
                  size={24}
                  aria-label={`${t("favouriteRemove")} : ${one.label} ${one.strength}`}
                  onClick={() => onRemove(one)}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="allergies">
        <h2 id="allergies" className={classes.title}>
          {t("allergies")}
        </h2>
        {known.length === 0 && (
          <p className={allergies.length > 0 ? classes.quiet : classes.attention}>
            {t(allergies.length > 0 ? "noneKnown" : "noAllergy")}
          </p>
        )}
        <ul className={classes.allergies}>
          {known.map(({ kind, substance, reaction }) => (
            <li key={`${kind} ${substance} ${reaction}`}>
              <strong data-kind={kind} className={classes.substance}>
                {substance}
              </strong>{" "}
              {reaction}
            </li>
          ))}
        </ul>
        <p className={classes.quiet}>{t("unchecked")}</p>
      </section>
    </aside>
  );
}
