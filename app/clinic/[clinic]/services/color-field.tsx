"use client";

import { useTranslations } from "next-intl";
import { type ServiceColor, serviceColors } from "#server/schedule/service/schema.ts";
import dots from "../_schedule/service-dot.module.css";
import classes from "./services.module.css";

/** The colour of a service in the agenda: eight that are told apart, each with its name. */
export function ColorField({ value, onChange }: { value: ServiceColor; onChange: (color: ServiceColor) => void }) {
  const t = useTranslations("services");
  return (
    <div role="radiogroup" aria-label={t("color")}>
      <p className={classes.fieldLabel} aria-hidden>
        {t("color")}
      </p>
      <div className={classes.colors}>
        {serviceColors.map((color) => (
          <label key={color} className={classes.color} title={t(`colors.${color}`)}>
            <span className={dots.dot} data-color={color} aria-hidden />
            <input
              type="radio"
              name="color"
              value={color}
              aria-label={t(`colors.${color}`)}
              checked={value === color}
              onChange={() => onChange(color)}
            />
          </label>
        ))}
      </div>
    </div>
  );
}
