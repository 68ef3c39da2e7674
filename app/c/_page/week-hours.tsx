import { useLocale, useTranslations } from "next-intl";
import type { OpeningDay, OpeningHours } from "#server/public-page/opening-hours.ts";
import type { Language } from "../../_i18n/locale.ts";
import classes from "./foot.module.css";
import { sayDay, sayDays, sayMinute, sayWeekday } from "./say-time.ts";

/** Days that follow each other with the same hours; today always stands alone. */
function groups({ week, today }: OpeningHours): OpeningDay[][] {
  const kept: OpeningDay[][] = [];
  for (const day of week) {
    const last = kept.at(-1);
    const same = last?.[0] && JSON.stringify(last[0].spans) === JSON.stringify(day.spans);
    if (last && same && day.date !== today && last[0]?.date !== today) last.push(day);
    else kept.push([day]);
  }
  return kept;
}

const capital = (text: string, locale: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

/** The usual week of one place, and the closures that come. */
export function WeekHours({ hours, language }: { hours: OpeningHours; language: Language }) {
  const [t, locale] = [useTranslations("clinicPage"), useLocale()];
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const said = (date: string) => sayDay(date, language);
  return (
    <>
      <dl className={classes.week}>
        {groups(hours).map((days) => {
          const [first, last] = [days[0] as OpeningDay, days.at(-1) as OpeningDay];
          const isToday = first.date === hours.today;
          const from = sayWeekday(first.date, language);
          const until = sayWeekday(last.date, language);
          const name = isToday
            ? t("todayNamed", { day: from })
            : first === last
              ? from
              : t("dayRange", { from, until });
          return (
            <div key={first.date} className={classes.day} data-today={isToday || undefined}>
              <dt>{capital(name, locale)}</dt>
              <dd data-closed={first.spans.length === 0 || undefined}>
                {first.spans.length === 0
                  ? t("dayClosed")
                  : first.spans.map((span) => (
                      <span key={span.from} className="cv-nowrap">
                        {t("span", { from: sayMinute(span.from, language), until: sayMinute(span.until, language) })}
                      </span>
                    ))}
              </dd>
            </div>
          );
        })}
      </dl>
      {hours.closures.length > 0 && (
        <p className={classes.closures}>
          {t("closures", {
            days: list.format(
              hours.closures.map(({ from, until }) =>
                from === until
                  ? t("closureDay", { day: said(from) })
                  : t("closureRange", sayDays(from, until, language)),
              ),
            ),
          })}
        </p>
      )}
    </>
  );
}
