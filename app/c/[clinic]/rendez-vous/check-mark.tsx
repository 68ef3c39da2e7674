/** Done: beside words that say it. */
export function CheckMark({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      aria-hidden="true"
    >
      <path d="M5 12l5 5l9-10" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
