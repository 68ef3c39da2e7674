import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cleanImage, MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 30, g: 120, b: 90, alpha: 0.5 } } });
const refuses = (content: Uint8Array, key: string) =>
  expect(cleanImage(content)).rejects.toMatchObject({ code: "Invalid", key, fields: { file: key } });

describe("cleanImage", () => {
  test.each([
    ["png", "image/png"],
    ["webp", "image/png"],
    ["jpeg", "image/jpeg"],
  ] as const)("%s becomes a new %s", async (format, mediaType) => {
    const cleaned = await cleanImage(await canvas(300, 200).toFormat(format).toBuffer());
    expect(cleaned).toMatchObject({ mediaType, width: 300, height: 200 });
    expect(await sharp(cleaned.content).metadata()).toMatchObject({ format: mediaType.slice(6), width: 300 });
  });

  test("transparency stays, size is capped, proportions are kept", async () => {
    const cleaned = await cleanImage(await canvas(4000, 1000).png().toBuffer());
    expect(cleaned).toMatchObject({ width: 1024, height: 256 });
    expect((await sharp(cleaned.content).metadata()).hasAlpha).toBe(true);
  });

  test("metadata, orientation and whatever hides behind the picture are gone", async () => {
    const exif = { IFD0: { Copyright: "CANARY-PLACE", ImageDescription: "CANARY-NAME" } };
    const photo = await canvas(300, 200).jpeg().withMetadata({ orientation: 6 }).withExifMerge(exif).toBuffer();
    expect(photo.includes("CANARY-PLACE")).toBe(true);
    const polyglot = Buffer.concat([photo, Buffer.from("<script>alert('CANARY-SCRIPT')</script>")]);
    const cleaned = await cleanImage(polyglot);
    expect(cleaned.content.includes("CANARY")).toBe(false);
    expect(cleaned).toMatchObject({ width: 200, height: 300 });
    const { exif: left, icc, xmp, orientation } = await sharp(cleaned.content).metadata();
    expect({ left, icc, xmp, orientation }).toEqual({
      left: undefined,
      icc: undefined,
      xmp: undefined,
      orientation: undefined,
    });
  });

  test("other types are refused by their bytes, whatever they are called", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script/></svg>');
    const gif = await canvas(10, 10).gif().toBuffer();
    const tiff = await canvas(10, 10).tiff().toBuffer();
    for (const content of [svg, gif, tiff, Buffer.from("%PDF-1.7"), Buffer.from("<html>"), Buffer.alloc(0)]) {
      await refuses(content, "file.type");
    }
  });

  test("a damaged or disguised picture is refused", async () => {
    const png = await canvas(300, 300).png().toBuffer();
    await refuses(png.subarray(0, 60), "file.damaged");
    await refuses(Buffer.concat([png.subarray(0, 8), randomBytes(500)]), "file.damaged");
    await refuses(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from("<svg/>")]), "file.damaged");
  });

  test("too many bytes, or few bytes that unfold into too many pixels, are refused", async () => {
    await refuses(
      Buffer.concat([await canvas(10, 10).png().toBuffer(), Buffer.alloc(MAX_IMAGE_BYTES)]),
      "file.tooLarge",
    );
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(MAX_IMAGE_BYTES);
    await refuses(bomb, "file.tooManyPixels");
  }, 30_000);
});
