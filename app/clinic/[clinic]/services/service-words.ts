import type { useTranslations } from "next-intl";
import type { ResourceRecord } from "#server/schedule/resource/list-resources.ts";
import type { ServiceValues } from "./service-form.tsx";

type Words = ReturnType<typeof useTranslations<"services">>;

/** What a new service begins with: given by everybody where all are of one profession, for staff until it is put online. */
export function newService(resources: readonly ResourceRecord[], rank: number): ServiceValues & { version: number } {
  const people = resources.filter(({ kind, status }) => kind === "practitioner" && status === "active");
  const alike = new Set(people.map(({ profession }) => profession)).size === 1;
  return {
    name: "",
    nameEn: "",
    description: "",
    descriptionEn: "",
    preparation: "",
    preparationEn: "",
    durationMinutes: 30,
    stepMinutes: 15,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    priceCents: null,
    costShown: false,
    insured: false,
    modes: ["in-person"],
    videoLink: "",
    color: "sapin",
    online: false,
    audience: "anyone",
    noticeMinutes: 120,
    horizonDays: 90,
    dailyLimit: null,
    capacity: 1,
    cancelNoticeMinutes: 1440,
    rank,
    requirements: [
      { kind: "practitioner", quantity: 1, resourceType: "", candidates: alike ? people.map(({ id }) => id) : [] },
    ],
    status: "active",
    version: 1,
  };
}

/** Field id → label, for the errors at the head and for the two versions of a conflict. */
export const serviceLabels = (t: Words): Record<keyof ServiceValues, string> => ({
  name: t("name"),
  nameEn: t("nameEn"),
  description: t("description"),
  descriptionEn: t("descriptionEn"),
  preparation: t("preparation"),
  preparationEn: t("preparationEn"),
  durationMinutes: t("duration"),
  stepMinutes: t("step"),
  bufferBeforeMinutes: t("bufferBefore"),
  bufferAfterMinutes: t("bufferAfter"),
  priceCents: t("price"),
  costShown: t("costShown"),
  insured: t("insured"),
  modes: t("mode"),
  videoLink: t("videoLink"),
  color: t("color"),
  online: t("bookable"),
  audience: t("audience"),
  noticeMinutes: t("notice"),
  horizonDays: t("horizon"),
  dailyLimit: t("dailyLimit"),
  capacity: t("capacity"),
  cancelNoticeMinutes: t("cancelNotice"),
  rank: t("rank"),
  requirements: t("parts.needs"),
  status: t("status"),
});

/** A field of a service as its reader sees it, for the two versions of a conflict. */
export function sayField(
  t: Words,
  names: ReadonlyMap<string, string>,
  name: keyof ServiceValues,
  from: ServiceValues,
): string {
  const value = from[name];
  if (name === "status") return t(`statuses.${from.status}`);
  if (name === "color") return t(`colors.${from.color}`);
  if (name === "audience") return t(`audiences.${from.audience}`);
  if (name === "modes") return from.modes.map((mode) => t(`modes.${mode}`)).join(", ");
  if (name === "priceCents") return from.priceCents === null ? "" : String(from.priceCents / 100);
  if (name === "requirements")
    return from.requirements
      .map(({ quantity, resourceType, candidates }) => {
        const who = resourceType || candidates.map((id) => names.get(id) ?? "").join(", ");
        return quantity > 1 ? `${quantity} × ${who}` : who;
      })
      .join(" + ");
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  return value === null ? "" : String(value);
}
