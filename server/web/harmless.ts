/** Even opened alone in a tab, a file can run nothing, load nothing and be framed by nobody; and no copy of it stays in the browser. */
export const harmless = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "private, no-store",
};

const extensions: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "application/rtf": "rtf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/tiff": "tiff",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.oasis.opendocument.text": "odt",
};

/** RFC 6266: the name as it came, in UTF-8 by percent, with the extension of what it really is. */
export function attachment({ fileName, mediaType, id }: { fileName: string; mediaType: string; id: string }): string {
  const extension = extensions[mediaType] ?? "bin";
  const base =
    fileName
      .replace(/\.[a-z0-9]{1,5}$/i, "")
      .replaceAll(/[\\/:*?"<>|]/g, "-")
      .slice(0, 150) || id;
  const encoded = encodeURIComponent(`${base}.${extension}`).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${id}.${extension}"; filename*=UTF-8''${encoded}`;
}
