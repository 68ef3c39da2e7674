import sharp from "sharp";

/** A picture of a few pixels, as a person would upload it. */
export const smallPicture = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: "#1f6f5c" } })
      .png()
      .toBuffer(),
  );
