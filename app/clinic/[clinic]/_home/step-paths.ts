import type { OnboardingStep } from "#server/clinic/settings-schema.ts";

/** Where each step is taken, below the clinic's address or in one's own account. */
const paths: Record<OnboardingStep, string> = {
  address: "/locations",
  logo: "/settings",
  practitioner: "/practitioners",
  services: "/services",
  hours: "/hours",
  page: "/public-page",
  colleague: "/members",
  secondFactor: "account",
  passkey: "account",
  policy: "/settings",
  journal: "/journal?mine=1",
};

export function stepHref(slug: string, step: OnboardingStep): string {
  return paths[step] === "account" ? "/compte/securite" : `/clinic/${slug}${paths[step]}`;
}
