"use client";

import { useTranslations } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { SkeletonRows } from "../skeleton/skeleton.tsx";
import classes from "./data-table.module.css";
import { Pager, type Paging } from "./pager.tsx";
import { RowOpener } from "./row-opener.tsx";
import { useRowKeys } from "./use-row-keys.ts";

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and acts stand at the end. */
  align?: "end";
  /** Any CSS width. */
  width?: string;
  /** Left out on a phone, where only what identifies the row and its state has room. */
  secondary?: boolean;
  /** What is pressed by itself under a first cell that opens the row. */
  beneath?: (row: Row) => ReactNode;
};

export type Sort = { column: string; direction: "ascending" | "descending" };

type DataTableProps<Row> = {
  /** Says what the table lists, to those who do not see it. */
  label: string;
  columns: Column<Row>[];
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Where a row leads; its first cell becomes the link and the whole row its target. */
  href?: (row: Row) => string;
  /** Instead of a link: opens a row in place. */
  onOpen?: (row: Row) => void;
  /** The row that is open beside the table. */
  selected?: string;
  /** Columns that the server can sort by. */
  sortable?: string[];
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  paging?: Paging;
  /** An `EmptyState`. */
  empty: ReactNode;
};

/**
 * A list that the server pages and sorts. Arrows, Home and End move between rows, Enter opens. While `rows` is undefined
 * grey rows of the same height stand in.
 */
export function DataTable<Row>({ columns, rows, rowKey, sort, ...props }: DataTableProps<Row>) {
  const t = useTranslations("common.table");
  const onKeyDown = useRowKeys();
  const opens = Boolean(props.href || props.onOpen);

  if (rows === undefined) return <SkeletonRows rows={8} />;
  if (rows.length === 0 && !props.paging?.onPrevious) return props.empty;

  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys only move the focus between the links inside. */}
      <div className={classes.scroll} onKeyDown={opens ? onKeyDown : undefined}>
        <table className={classes.table} aria-label={props.label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeadCell
                  key={column.key}
                  column={column}
                  direction={sort?.column === column.key ? sort.direction : undefined}
                  onSort={props.sortable?.includes(column.key) ? props.onSort : undefined}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const key = rowKey(row);
              return (
                <tr
                  key={key}
                  className={classes.row}
                  data-opens={opens || undefined}
                  data-selected={key === props.selected || undefined}
                >
                  {columns.map((column, index) => (
                    <td key={column.key} data-align={column.align} data-secondary={column.secondary || undefined}>
                      {index === 0 && opens ? (
                        <RowOpener
                          href={props.href?.(row)}
                          onOpen={props.onOpen && (() => props.onOpen?.(row))}
                          current={key === props.selected}
                        >
                          {column.cell(row)}
                        </RowOpener>
                      ) : (
                        column.cell(row)
                      )}
                      {column.beneath && <div>{column.beneath(row)}</div>}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {props.paging && <Pager {...props.paging} label={t("pages", { table: props.label })} />}
    </div>
  );
}

type HeadCellProps<Row> = {
  column: Column<Row>;
  direction?: Sort["direction"];
  onSort?: (sort: Sort) => void;
};

function HeadCell<Row>({ column, direction, onSort }: HeadCellProps<Row>) {
  const next = direction === "ascending" ? "descending" : "ascending";
  return (
    <th
      scope="col"
      data-align={column.align}
      data-secondary={column.secondary || undefined}
      style={column.width ? ({ "--width": column.width } as CSSProperties) : undefined}
      aria-sort={onSort ? (direction ?? "none") : undefined}
    >
      {onSort ? (
        <button type="button" className={classes.sort} onClick={() => onSort({ column: column.key, direction: next })}>
          {column.label}
          <span className={classes.arrow} data-direction={direction} aria-hidden />
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}
