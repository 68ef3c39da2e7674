"use client";

import { Button, FileButton } from "@mantine/core";
import { IconPhotoUp, IconTrash } from "@tabler/icons-react";
import classes from "./picture.module.css";

interface PictureFieldProps {
  /** Where the picture is shown from; null while there is none. */
  source: string | null;
  /** What it shows, to those who do not see it. */
  alt: string;
  /** In the frame while there is none. */
  none: string;
  choose: string;
  replace: string;
  remove: string;
  busy: boolean;
  onChoose: (file: File) => void;
  onRemove: () => void;
}

/** A picture that is looked at, replaced and removed. What is sent and refused is its owner's affair. */
export function PictureField(props: PictureFieldProps) {
  const { source, busy } = props;
  return (
    <div className={classes.row}>
      <div className={classes.frame} data-shown={source !== null || undefined}>
        {source ? (
          // biome-ignore lint/performance/noImgElement: a private file behind its own door, which Next's optimiser may not read.
          <img src={source} alt={props.alt} className={classes.image} />
        ) : (
          <span>{props.none}</span>
        )}
      </div>
      <div className={classes.acts}>
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && props.onChoose(file)}>
          {(button) => (
            <Button {...button} variant="default" loading={busy} leftSection={<IconPhotoUp size={18} aria-hidden />}>
              {source ? props.replace : props.choose}
            </Button>
          )}
        </FileButton>
        {source && (
          <Button
            variant="subtle"
            color="brique"
            disabled={busy}
            onClick={props.onRemove}
            leftSection={<IconTrash size={18} aria-hidden />}
          >
            {props.remove}
          </Button>
        )}
      </div>
    </div>
  );
}
