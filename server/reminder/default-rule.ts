/** The rule of a clinic that has made none: a mail, two days before, for every service. */
export const defaultRule = { channel: "email", beforeMinutes: 2880, evenConfirmed: false } as const;
