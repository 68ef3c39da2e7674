import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { checkImport, runImport, undoImport } from "./ask-import.ts";
import { listImports, listLines, readImport } from "./read-import.ts";
import { checkImportInput, importRef, importVersionRef, listLinesInput } from "./schema.ts";

const importing = clinicProcedure("patient:import");

export const patientImportRouter = t.router({
  list: importing.query(({ ctx }) => listImports(ctx)),
  read: importing.input(importRef).query(({ ctx, input }) => readImport(ctx, input)),
  lines: importing.input(listLinesInput).query(({ ctx, input }) => listLines(ctx, input)),
  check: importing.input(checkImportInput).mutation(({ ctx, input }) => checkImport(ctx, input)),
  run: importing.input(importVersionRef).mutation(({ ctx, input }) => runImport(ctx, input)),
  undo: importing.input(importVersionRef).mutation(({ ctx, input }) => undoImport(ctx, input)),
});
