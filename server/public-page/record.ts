import type { Db } from "#server/db/database.ts";
import { type PageContent, pageContent } from "./schema.ts";

/** The draft as its screen and its verbs know it. Version 0: nothing was ever saved. */
export interface PageDraft extends PageContent {
  readonly frameOrigins: readonly string[];
  readonly version: number;
  readonly lastUpdated: Date;
  readonly publishedAt: Date | null;
  /** What is public differs from the draft. */
  readonly changed: boolean;
}

export async function readRow(db: Db, clinicId: string): Promise<PageDraft> {
  const select = {
    draft: true,
    published: true,
    publishedAt: true,
    frameOrigins: true,
    version: true,
    lastUpdated: true,
  } as const;
  const row = await db.publicPage.findFirst({ where: { clinicId }, select });
  if (!row)
    return {
      ...pageContent.parse({}),
      frameOrigins: [],
      version: 0,
      lastUpdated: new Date(0),
      publishedAt: null,
      changed: false,
    };
  const draft = pageContent.parse(row.draft);
  const published = row.published === null ? null : pageContent.parse(row.published);
  const { frameOrigins, version, lastUpdated, publishedAt } = row;
  return {
    ...draft,
    frameOrigins,
    version,
    lastUpdated,
    publishedAt,
    changed: published !== null && JSON.stringify(published) !== JSON.stringify(draft),
  };
}
