const gap = 12;
/** Under the top bar, over the foot of the window. */
const top = 56;
const foot = 16;

export interface Corner {
  readonly left: number;
  readonly top: number;
}

/**
 * Where a panel stands beside something in the grid, never over it: at its right, else at its left, else under or over it. What fits
 * nowhere stays in the window all the same. All in pixels of the window.
 */
export function placeBeside(box: DOMRect, width: number, height: number): Corner {
  const start = (document.getElementById("content")?.getBoundingClientRect().left ?? 0) + 8;
  const level = Math.max(top, Math.min(box.top + 8, window.innerHeight - height - foot));
  if (box.right + gap + width < window.innerWidth) return { left: box.right + gap, top: level };
  if (box.left - gap - width >= start) return { left: box.left - gap - width, top: level };
  const left = Math.max(start, Math.min(box.right, window.innerWidth) - width - foot);
  const under = box.bottom + gap;
  if (under + height <= window.innerHeight - foot) return { left, top: under };
  return { left, top: Math.max(top, Math.min(box.top - gap, window.innerHeight - foot) - height) };
}
