import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** The person's own journal and mailbox learn that their role in a clinic changed. */
export const tellRoleChanged = defineJob({ name: "tell-role-changed", payload: ids("userId") });

/** The same when their role stays, and where or under whom they work here changed. */
export const tellAccessChanged = defineJob({ name: "tell-access-changed", payload: ids("userId") });

/** The same when their access to a clinic was given back. */
export const tellAccessRestored = defineJob({ name: "tell-access-restored", payload: ids("userId") });

/** The same when their access to a clinic ended. */
export const tellAccessEnded = defineJob({ name: "tell-access-ended", payload: ids("userId") });

/** The clinic's journal learns who took the place that an invitation kept. */
export const memberJoined = defineJob({ name: "member-joined", payload: ids("membershipId", "invitationId") });
