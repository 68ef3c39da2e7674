import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { sameDigest } from "#server/crypto/blind-index.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { queryAsVisitor, withVisitor } from "#server/db/with-visitor.ts";
import { DomainError, invalid, precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import type { SentFile } from "../record.ts";
import { mostTries } from "../schema.ts";
import { hashLinkCode, hashOf, makeToken } from "./make-code.ts";

/** How long the browser that gave the code may fetch (minutes): then it asks for the code again. */
const accessMinutes = 30;
/** Lines kept of who fetched what and when; the journal has them all. */
const mostFetched = 500;

/** The same answer to an address that was altered, that ran out, that was revoked or that is another clinic's. */
const noLink = () => new DomainError("NotFound", "communication.noLink");

export interface LinkDoor {
  readonly clinicName: string;
  readonly phone: string;
  readonly language: "fr" | "en";
  /** Its tries are spent: the clinic gives another code. */
  readonly spent: boolean;
}

interface Live {
  readonly id: string;
  readonly patientId: string;
  readonly content: readonly SentFile[];
  readonly language: "fr" | "en";
  readonly tries: number;
  readonly codeHash: Uint8Array | null;
  readonly accessHash: Uint8Array | null;
  readonly accessUntil: Date | null;
}

/** Whose address this is: the clinic's name, and nothing of what waits behind the code. @throws NotFound `communication.noLink` */
export async function readLinkDoor(ctx: VisitorContext): Promise<LinkDoor> {
  return withVisitor(ctx, async (db) => {
    const { language, tries } = await live(db, ctx);
    const clinic = await db.clinic.findFirst({
      where: { clinicId: ctx.clinic.id },
      select: { name: true, phone: true },
    });
    return {
      clinicName: clinic?.name ?? "",
      phone: clinic?.phone ?? "",
      language,
      spent: tries >= mostTries,
    };
  });
}

export interface OpenedLink {
  /** What this browser goes by from here on. */
  readonly access: string;
  readonly documents: readonly {
    readonly id: string;
    readonly title: string;
    readonly fileName: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
  }[];
}

/**
 * Tries the code. The try is counted, and committed, before the code is looked at: five in all, however many come at once. Right, they begin anew.
 * @throws Invalid beside `code`; Precondition `communication.spent`; NotFound `communication.noLink`; LimitReached
 */
export async function openLink(ctx: VisitorContext, { code }: { code: string }): Promise<OpenedLink> {
  const clinicId = ctx.clinic.id;
  await consumeLimit("sent-code", `${clinicId} ${addressKey(ctx.origin.address)}`);
  const key = await openClinicKey(clinicId).catch(() => {
    throw noLink();
  });
  const tried = await countTry(ctx);
  if (!tried) {
    // Spent, or no link at all: the door says which.
    await readLinkDoor(ctx);
    throw precondition("communication.spent");
  }
  if (!tried.codeHash || !sameDigest(tried.codeHash, hashLinkCode(key, tried.id, code)))
    throw tried.tries >= mostTries
      ? precondition("communication.spent")
      : invalid("invalid", { code: "communication.codeWrong" });
  const { token, hash } = makeToken();
  return withVisitor(ctx, async (db) => {
    const one = await live(db, ctx);
    // Under the code that was typed: one that was renewed in the same moment is not opened by the one before.
    const { count } = await db.transmission.updateMany({
      where: { clinicId, id: one.id, codeHash: new Uint8Array(tried.codeHash ?? []) },
      data: { tries: 0, accessHash: hash, accessUntil: new Date(Date.now() + accessMinutes * 60_000) },
    });
    if (count === 0) throw invalid("invalid", { code: "communication.codeWrong" });
    await db.transmission.updateMany({
      where: { clinicId, id: one.id, openedAt: null },
      data: { openedAt: new Date() },
    });
    await recordAudit(db, ctx, {
      event: "communication.opened",
      action: "R",
      entity: "Communication",
      entityIds: [one.id],
      patientId: one.patientId,
    });
    return {
      access: token,
      documents: one.content.map(({ id, title, fileName, mediaType, sizeBytes }) => ({
        id,
        title,
        fileName,
        mediaType,
        sizeBytes,
      })),
    };
  });
}

async function countTry(ctx: VisitorContext) {
  const [row] = await queryAsVisitor<{ id: string; tries: number; codeHash: Uint8Array | null }>(ctx, {
    name: "chevet_try_link",
    text: `update clinic.transmission set tries = tries + 1 where clinic_id = $1 and token_hash = $2 and tries < ${mostTries}
returning id, tries, code_hash as "codeHash"`,
    values: [ctx.clinic.id, ctx.tokenHash ? new Uint8Array(ctx.tokenHash) : null],
  });
  return row;
}

/**
 * Decides that this browser may have the bytes of one document, and writes it down: in the journal, and beside the sending for whoever sent it.
 * @throws NotFound `communication.noLink` also without the code's proof, or when it is half an hour old
 */
export async function fetchSent(ctx: VisitorContext, id: string, access: string): Promise<SentFile> {
  const clinicId = ctx.clinic.id;
  return withVisitor(ctx, async (db) => {
    const one = await live(db, ctx);
    const isProved =
      one.accessHash !== null &&
      one.accessUntil !== null &&
      one.accessUntil > new Date() &&
      sameDigest(one.accessHash, hashOf(access));
    const file = isProved && one.content.find((each) => each.id === id);
    if (!file) throw noLink();
    await db.$executeRaw`
        update clinic.transmission set fetched = fetched || jsonb_build_array(jsonb_build_object('at', now(), 'documentId', ${id}::text))
        where clinic_id = ${clinicId}::uuid and id = ${one.id}::uuid and jsonb_array_length(fetched) < ${mostFetched}`;
    await recordAudit(db, ctx, {
      event: "communication.fetched",
      action: "R",
      entity: "Communication",
      entityIds: [one.id, id],
      patientId: one.patientId,
    });
    return file;
  });
}

async function live(db: Db, ctx: VisitorContext): Promise<Live> {
  if (!ctx.tokenHash) throw noLink();
  const row = await db.transmission.findFirst({
    where: {
      clinicId: ctx.clinic.id,
      tokenHash: new Uint8Array(ctx.tokenHash),
      revokedAt: null,
      expiresAt: { gt: new Date() },
    },
    select: {
      id: true,
      patientId: true,
      content: true,
      language: true,
      tries: true,
      codeHash: true,
      accessHash: true,
      accessUntil: true,
    },
  });
  if (!row) throw noLink();
  // Taken out of the chart by somebody who does not see where it was sent: the database looks past them for this address alone.
  const withdrawn = await db.$queryRaw<object[]>`select 1 from clinic.withdrawn_documents(${ctx.clinic.id}::uuid)`;
  if (withdrawn.length > 0) throw noLink();
  return row as unknown as Live;
}
