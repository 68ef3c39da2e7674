import { z } from "zod";

const bilingual = z.object({ fr: z.string(), en: z.string() });

/** What a clinic wrote for its page and what it chose to hide, as kept in `clinic.public_page`. Services, people and hours are read live. */
export const pageContent = z.object({
  welcome: bilingual.default({ fr: "", en: "" }),
  directions: bilingual.default({ fr: "", en: "" }),
  /** « Une urgence? Composez le 911. » Shown unless the clinic says otherwise. */
  emergency: z.boolean().default(true),
  /** Left off the page; whatever is added later shows itself. */
  hiddenServices: z.array(z.uuid()).default([]),
  hiddenPractitioners: z.array(z.uuid()).default([]),
  hiddenLocations: z.array(z.uuid()).default([]),
});
export type PageContent = z.output<typeof pageContent>;
