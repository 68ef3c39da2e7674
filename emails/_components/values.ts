import { z } from "zod";

/** The few values that a mail may hold, each so narrow that nothing else fits in it. */

/** A page of this site, as a path: the origin is put before it when the mail is written. */
export const path = z.string().regex(/^\/(?!\/)[\w\-./~?=&%#]{0,400}$/);

/** Six digits, or a few groups of letters and digits that are read aloud without confusion. */
export const code = z.string().regex(/^[0-9A-Z]{4,12}(-[0-9A-Z]{4,12}){0,3}$/);

export const clinicName = z.string().trim().min(1).max(200);

/** "Firefox, Windows": a browser and a system, never an address. */
export const device = z.string().regex(/^[\p{L}\p{N} .,/()-]{1,80}$/u);

export const minutes = z.number().int().min(1).max(10_080);
export const at = z.date();

/** The zone of the place where it happens. */
export const timeZone = z.string().regex(/^[A-Za-z_]{2,20}(\/[A-Za-z_-]{2,30}){1,2}$/);
