/** What a file dialog offers; what is taken is decided by the bytes (server/document/reading/check-document.ts). */
export const accepted = ".pdf,.jpg,.jpeg,.png,.webp,.tif,.tiff,.docx,.xlsx,.odt,.rtf";
