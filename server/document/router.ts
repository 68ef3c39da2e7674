import { z } from "zod";
import { id, version } from "#server/schema.ts";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addressDocument } from "./address-document.ts";
import { countDocuments } from "./count-documents.ts";
import { describeDocument } from "./describe-document.ts";
import { fileDocument } from "./file-document.ts";
import { listDocuments } from "./list-documents.ts";
import { listInbox } from "./list-inbox.ts";
import { listReviewers } from "./list-reviewers.ts";
import { listReviews } from "./list-reviews.ts";
import { listUploads } from "./list-uploads.ts";
import { putAside } from "./put-aside.ts";
import { readDocument } from "./read-document.ts";
import {
  addressDocumentInput,
  beginUploadInput,
  completeUploadInput,
  describeDocumentInput,
  documentInput,
  fileDocumentInput,
  inboxInput,
  listDocumentsInput,
  putAsideInput,
  reviewsInput,
  signOffInput,
  unfileDocumentInput,
} from "./schema.ts";
import { signOff } from "./sign-off.ts";
import { takeBack } from "./take-back.ts";
import { unfileDocument } from "./unfile-document.ts";
import { beginUpload } from "./upload/begin-upload.ts";
import { completeUpload } from "./upload/complete-upload.ts";

export const documentRouter = t.router({
  beginUpload: clinicProcedure("document:file")
    .input(beginUploadInput)
    .mutation(({ ctx, input }) => beginUpload(ctx, input)),
  completeUpload: clinicProcedure("document:file")
    .input(completeUploadInput)
    .mutation(({ ctx, input }) => completeUpload(ctx, input)),
  uploads: clinicProcedure("document:file").query(({ ctx }) => listUploads(ctx)),
  count: clinicProcedure("document:file").query(({ ctx }) => countDocuments(ctx)),
  inbox: clinicProcedure("document:file")
    .input(inboxInput)
    .query(({ ctx, input }) => listInbox(ctx, input)),
  reviews: clinicProcedure("chart:read")
    .input(reviewsInput)
    .query(({ ctx, input }) => listReviews(ctx, input)),
  list: clinicProcedure("document:file")
    .input(listDocumentsInput)
    .query(({ ctx, input }) => listDocuments(ctx, input)),
  read: clinicProcedure("document:file")
    .input(documentInput)
    .query(({ ctx, input }) => readDocument(ctx, input)),
  reviewers: clinicProcedure("document:file").query(({ ctx }) => listReviewers(ctx)),
  file: clinicProcedure("document:file")
    .input(fileDocumentInput)
    .mutation(({ ctx, input }) => fileDocument(ctx, input)),
  describe: clinicProcedure("document:file")
    .input(describeDocumentInput)
    .mutation(({ ctx, input }) => describeDocument(ctx, input)),
  unfile: clinicProcedure("document:file")
    .input(unfileDocumentInput)
    .mutation(({ ctx, input }) => unfileDocument(ctx, input)),
  putAside: clinicProcedure("document:file")
    .input(putAsideInput)
    .mutation(({ ctx, input }) => putAside(ctx, input)),
  takeBack: clinicProcedure("document:file")
    .input(z.object({ id, version }))
    .mutation(({ ctx, input }) => takeBack(ctx, input)),
  address: clinicProcedure("chart:write")
    .input(addressDocumentInput)
    .mutation(({ ctx, input }) => addressDocument(ctx, input)),
  signOff: clinicProcedure("chart:sign")
    .input(signOffInput)
    .mutation(({ ctx, input }) => signOff(ctx, input)),
});
