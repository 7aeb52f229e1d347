/** The sign of the product: a doorway with its door ajar. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={arch} fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
      <path class="mark-light" d="M12 7.2 17 10v11h-5z" fill="currentColor" />
      <path d="M2.5 21h19" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}

const arch = "M5 21V10a7 7 0 0 1 14 0v11";

/** The same sign for the tab of the browser, where no style sheet reaches. */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#17594a"/>` +
    `<g transform="translate(3.6 3) scale(.7)"><path d="${arch}" fill="none" stroke="#fff" stroke-width="2.4"/>` +
    `<path d="M12 7.2 17 10v11h-5z" fill="#f4c272"/></g></svg>`,
)}`;
