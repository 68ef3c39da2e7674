import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** A time came free in a clinic that lets offers leave by themselves. Asked by the database, by whichever door the visit went. */
export const offerFreedTime = defineJob({ name: "offer-freed-time", payload: ids("freedTimeId") });

/** Somebody answered: their place on the list, and those who were asked beside them. */
export const settleOffers = defineJob({ name: "settle-offers", payload: ids("offerId") });
