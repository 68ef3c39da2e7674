"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { DocumentViewer } from "./document-viewer.tsx";
import classes from "./documents.module.css";
import { type Following, ReviewPane } from "./review-pane.tsx";

export interface Rights {
  readonly mayReview: boolean;
  readonly mayFile: boolean;
}

interface OpenDocumentProps extends Rights {
  id: string;
  inList: boolean;
  /** Under its pages, in few lines: somebody else says above what it is. */
  beside?: boolean;
  following?: Following | undefined;
  onGone: () => void;
  onChanged: () => void;
}

/** A filed document: its pages, and beside them what is known and done of it. */
export function OpenDocument(props: OpenDocumentProps) {
  const { id, mayReview, mayFile, inList, beside = false, following, onGone, onChanged } = props;
  const trpc = useTRPC();
  const say = useErrorText();
  const document = useQuery(trpc.document.read.queryOptions({ id }));
  if (document.isError)
    return (
      <div className={classes.view}>
        <ErrorPanel requestId={say(document.error).requestId} onRetry={() => void document.refetch()}>
          {say(document.error).message}
        </ErrorPanel>
      </div>
    );
  if (!document.data)
    return (
      <div className={classes.view} data-under={beside || undefined}>
        <SkeletonRows rows={8} />
      </div>
    );
  const changed = () => {
    void document.refetch();
    onChanged();
  };
  return (
    <>
      <div className={classes.view} data-under={beside || undefined}>
        <DocumentViewer document={document.data} text={document.data.text} />
      </div>
      <aside className={classes.side} data-under={beside || undefined}>
        <ReviewPane
          key={`${id} ${document.data.version}`}
          document={document.data}
          mayReview={mayReview}
          mayUnfile={mayFile}
          inList={inList}
          beside={beside}
          following={following}
          onGone={onGone}
          onChanged={changed}
        />
      </aside>
    </>
  );
}
