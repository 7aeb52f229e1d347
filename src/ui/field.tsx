import type { Child } from "hono/jsx";

/** A control under its label, with a note that is read with it. The control's id is its name. */
export function Field({
  name,
  label,
  note,
  children,
}: {
  name: string;
  label: string;
  note?: string;
  children: Child;
}) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children}
      {note && (
        <p class="field-note" id={`${name}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}
