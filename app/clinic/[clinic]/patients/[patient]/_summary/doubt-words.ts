import { useTranslations } from "next-intl";
import { type Age, ageOn } from "#server/chart/age-on.ts";
import type { Doubt, Last } from "#server/observation/doubt-value.ts";
import type { LastValue } from "#server/summary/record.ts";
import { useMeasureWords } from "./measure-words.ts";

/** What a new value is judged beside: the last one of each measure. */
export function lastOf(values: readonly LastValue[]): Record<string, Last> {
  return Object.fromEntries(values.flatMap(({ code, value, at }) => (value === null ? [] : [[code, { value, at }]])));
}

/** « 4 ans ». */
export function useAge() {
  const t = useTranslations("chart.age");
  return ({ unit, count }: Age) => t(unit, { count });
}

/** « 1,7 kg? Dernier poids : 17,2 kg. » */
export function useDoubtWords(birthDate: string | null, today: string) {
  const t = useTranslations("record.doubt");
  const words = useMeasureWords();
  const age = useAge();
  return ({ code, value, last, over }: Doubt) => {
    const say = (decimal: string) => `${words.number({ code, value: decimal })} ${words.unitOf(code)}`;
    const told = { measure: words.name(code), value: say(value) };
    if (over !== undefined) return t("pressure", { value: `${value}/${over}`, apart: Number(value) - Number(over) });
    if (last !== undefined) return t("last", { ...told, last: say(last) });
    return t("age", { ...told, age: birthDate ? age(ageOn(birthDate, today)) : "" });
  };
}
