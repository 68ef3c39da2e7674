"use client";

/** The glass through which this window reads one patient's chart: said with each call while that chart is on screen. */
let held: string | undefined;

export const glassHeader = (): Record<string, string> => (held ? { "x-chevet-break-glass": held } : {});

export function holdGlass(id: string | undefined): void {
  held = id;
}

/** Another chart may hold its own by now. */
export function releaseGlass(id: string): void {
  if (held === id) held = undefined;
}

/** Pages and files bring no header: a cookie of that patient's addresses alone, for as long as the glass lasts. */
export function keepGlass(slug: string, patientId: string, glass: { id: string; expiresAt: Date }): void {
  write(slug, patientId, glass.id, Math.max(0, Math.ceil((glass.expiresAt.getTime() - Date.now()) / 1000)));
  holdGlass(glass.id);
}

export function layGlassDown(slug: string, patientId: string, id: string): void {
  write(slug, patientId, "", 0);
  releaseGlass(id);
}

function write(slug: string, patientId: string, value: string, seconds: number): void {
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  for (const path of [
    `/clinic/${slug}/patients/${patientId}`,
    `/api/clinic/${slug}/documents`,
    `/api/clinic/${slug}/files`,
  ]) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers that clinics still have.
    document.cookie = `chevet-glass=${value}; path=${path}; max-age=${seconds}; samesite=strict${secure}`;
  }
}
