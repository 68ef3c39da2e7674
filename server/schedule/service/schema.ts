import { z } from "zod";
import { id, line, optionalLine, optionalText, page, version } from "#server/schema.ts";

/** Browser-safe. Bounds are the table's own (clinic.healthcare_service); messages are keys of the namespace `errors`. */

export const serviceColors = ["sapin", "encre", "ciel", "lampe", "brique", "prune", "mousse", "ardoise"] as const;
export type ServiceColor = (typeof serviceColors)[number];
export const serviceModes = ["in-person", "phone", "video"] as const;
export type ServiceMode = (typeof serviceModes)[number];
export const serviceAudiences = ["anyone", "new", "existing", "code"] as const;
export type ServiceAudience = (typeof serviceAudiences)[number];
export const resourceKinds = ["practitioner", "room", "device"] as const;
export type ResourceKind = (typeof resourceKinds)[number];

const whole = (least: number, most: number, key: string) => z.int(key).min(least, key).max(most, key);

/** « One of these practitioners », « two nurses of four », « a room of this type »: named one by one, or by type. */
const requirement = z
  .object({
    kind: z.enum(resourceKinds, "required"),
    quantity: whole(1, 10, "schedule.quantity"),
    resourceType: optionalLine(100),
    candidates: z.array(id).max(200, "malformed"),
  })
  .superRefine(({ kind, quantity, resourceType, candidates }, check) => {
    const say = (path: string, message: string) => check.addIssue({ code: "custom", path: [path], message });
    if (new Set(candidates).size < candidates.length) say("candidates", "malformed");
    else if (resourceType !== "" && (kind === "practitioner" || candidates.length > 0))
      say("resourceType", "malformed");
    else if (resourceType === "" && candidates.length === 0) say("candidates", "schedule.nobody");
    else if (resourceType === "" && candidates.length < quantity) say("quantity", "schedule.tooFew");
  });
export type Requirement = z.output<typeof requirement>;

const card = z.object({
  name: line(200),
  nameEn: optionalLine(200),
  description: optionalText(2000),
  descriptionEn: optionalText(2000),
  preparation: optionalText(2000),
  preparationEn: optionalText(2000),
  durationMinutes: whole(5, 720, "schedule.duration"),
  stepMinutes: whole(5, 240, "schedule.step"),
  bufferBeforeMinutes: whole(0, 180, "schedule.buffer"),
  bufferAfterMinutes: whole(0, 180, "schedule.buffer"),
  priceCents: whole(0, 10_000_000, "price").nullable(),
  costShown: z.boolean(),
  insured: z.boolean(),
  modes: z
    .array(z.enum(serviceModes, "malformed"))
    .min(1, "schedule.mode")
    .transform((modes) => serviceModes.filter((mode) => modes.includes(mode))),
  videoLink: optionalLine(500).refine((text) => text === "" || isHttps(text), "webAddress"),
  color: z.enum(serviceColors, "required"),
  online: z.boolean(),
  audience: z.enum(serviceAudiences, "required"),
  noticeMinutes: whole(0, 129_600, "schedule.notice"),
  horizonDays: whole(1, 730, "schedule.horizon"),
  dailyLimit: whole(1, 200, "schedule.dailyLimit").nullable(),
  capacity: whole(1, 200, "schedule.capacity"),
  cancelNoticeMinutes: whole(0, 43_200, "schedule.cancelNotice"),
  rank: whole(0, 10_000, "malformed"),
  /** In order: the hours of the first one's resources lead, so that it is always practitioners. None: nobody gives it yet. */
  requirements: z.array(requirement).max(5, "schedule.tooManyNeeds"),
});

function isHttps(text: string): boolean {
  return text.startsWith("https://") && URL.canParse(text);
}

function refuseMismatch(input: z.output<typeof card>, check: z.RefinementCtx): void {
  const say = (path: (string | number)[], message: string) => check.addIssue({ code: "custom", path, message });
  if (input.insured && input.costShown) say(["costShown"], "schedule.insuredPrice");
  if (input.costShown && input.priceCents === null) say(["priceCents"], "schedule.priceNeeded");
  if (input.modes.includes("video") && input.videoLink === "") say(["videoLink"], "schedule.videoLink");
  if (input.requirements[0] && input.requirements[0].kind !== "practitioner")
    say(["requirements", 0, "kind"], "schedule.practitionerFirst");
}

/** What the form holds, judged as the server will. */
export const serviceCard = card.superRefine(refuseMismatch);
export type ServiceCard = z.output<typeof card>;

/** `id` is made by the screen that opened the form: sent twice, it is one service. */
export const addServiceInput = card.extend({ id }).superRefine(refuseMismatch);
export type AddServiceInput = z.output<typeof addServiceInput>;

export const changeServiceInput = card.extend({ id, version, active: z.boolean() }).superRefine(refuseMismatch);
export type ChangeServiceInput = z.output<typeof changeServiceInput>;

/** A new code, on top of the version that the screen shows; the former one opens nothing from then on. */
export const renewCodeInput = z.object({ id, version });
export type RenewCodeInput = z.output<typeof renewCodeInput>;

export const listServicesInput = page.extend({ status: z.enum(["active", "inactive"]).optional() });
export type ListServicesInput = z.output<typeof listServicesInput>;

export const readServiceInput = z.object({ id });

/** Which of the proposed services are taken, by their own keys. */
export const startServicesInput = z.object({
  keys: z.array(z.string().max(60, "malformed")).min(1, "required").max(100, "malformed"),
});
export type StartServicesInput = z.output<typeof startServicesInput>;
