/** A value to be copied into another console: read-only, so that it can be selected without a script; with one, a button copies it. */
export function Copy({ id, value, label }: { id: string; value: string; label: string }) {
  return (
    <span class="copy">
      <input id={id} name={id} value={value} readonly />
      <button
        type="button"
        class="button small"
        id={`${id}-copy`}
        name={`${id}-copy`}
        data-copy={id}
        aria-label={`Copy ${label}`}
        hidden
      >
        Copy
      </button>
    </span>
  );
}
