import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { countUnread } from "./count-unread.ts";
import { listDiscussions } from "./list-discussions.ts";
import { markRead } from "./mark-read.ts";
import { readDiscussion } from "./read-discussion.ts";
import { reply } from "./reply.ts";
import {
  listDiscussionsInput,
  markReadInput,
  readDiscussionInput,
  replyInput,
  startDiscussionInput,
} from "./schema.ts";
import { startDiscussion } from "./start-discussion.ts";

const use = () => clinicProcedure("task:use");

export const discussionRouter = t.router({
  count: use().query(({ ctx }) => countUnread(ctx)),
  list: use()
    .input(listDiscussionsInput)
    .query(({ ctx, input }) => listDiscussions(ctx, input)),
  read: use()
    .input(readDiscussionInput)
    .query(({ ctx, input }) => readDiscussion(ctx, input)),
  start: use()
    .input(startDiscussionInput)
    .mutation(({ ctx, input }) => startDiscussion(ctx, input)),
  reply: use()
    .input(replyInput)
    .mutation(({ ctx, input }) => reply(ctx, input)),
  markRead: use()
    .input(markReadInput)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
});
