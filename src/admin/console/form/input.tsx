/** One control with its label, its help and what is wrong with it, all read together. */
import type { Field, Option } from "./field.ts";
import type { Typed } from "./typed.ts";

interface Props {
  readonly field: Field;
  readonly typed: Typed;
  readonly errors: readonly string[];
  /** A secret is there, and is kept when the field stays empty. */
  readonly held: boolean;
  readonly disabled: boolean;
}

export function Input(props: Props) {
  const { field, errors, held } = props;
  const { path, label, help, where, control } = field;
  const notes = [
    ...(help ? [{ id: `${path}-note`, text: help, kind: "field-note" }] : []),
    ...(where ? [{ id: `${path}-where`, text: `Where to find it: ${where}`, kind: "field-note" }] : []),
    ...(held
      ? [{ id: `${path}-held`, text: "One is set. Leave this empty to keep it.", kind: "field-note" }]
      : []),
    ...errors.map((text, index) => ({ id: `${path}-error-${index}`, text, kind: "field-error" })),
  ];
  const described = notes.map(({ id }) => id).join(" ") || undefined;
  const said = notes.map(({ id, text, kind }) => (
    <p class={kind} id={id}>
      {text}
    </p>
  ));
  const state = errors.length > 0 ? "field wrong" : "field";
  if (control.as === "switch")
    return (
      <div class={`${state} switch`}>
        <label for={path}>
          <Bare {...props} described={described} />
          <span>{label}</span>
        </label>
        {said}
      </div>
    );
  if (control.as === "boxes")
    return (
      <fieldset class={`${state} boxes`} id={path} aria-describedby={described}>
        <legend>{label}</legend>
        {said}
        <Boxes {...props} options={control.options} />
      </fieldset>
    );
  // One of its options is always chosen.
  const always = control.as === "choice" && field.fallback !== undefined;
  return (
    <div class={state}>
      <label for={path}>
        {label}
        {field.required || always ? "" : <span class="optional"> (optional)</span>}
      </label>
      <Bare {...props} described={described} />
      {said}
    </div>
  );
}

function Bare({ field, typed, errors, disabled, described }: Props & { described: string | undefined }) {
  const { path, control, placeholder, required } = field;
  const value = typed.get(path) ?? "";
  const common = {
    id: path,
    name: path,
    disabled,
    "aria-describedby": described,
    "aria-invalid": errors.length > 0 ? "true" : undefined,
  };
  const text = { ...common, placeholder, autocomplete: "off", spellcheck: false };
  const needed = required ? "true" : undefined;
  switch (control.as) {
    case "switch":
      return <input type="checkbox" {...common} value="on" checked={typed.has(path)} />;
    case "number":
      return <input {...text} inputmode="numeric" value={value} aria-required={needed} />;
    case "secret":
      if (control.long)
        return (
          <textarea {...text} rows={6}>
            {value}
          </textarea>
        );
      return <input type="password" {...text} autocomplete="new-password" value={value} />;
    case "date":
      return <input type="date" {...common} value={value} />;
    case "lines":
    case "json":
      return (
        <textarea {...text} rows={Math.min(Math.max(value.split("\n").length + 1, 3), 16)}>
          {value}
        </textarea>
      );
    case "choice":
      return (
        <select {...common} aria-required={needed}>
          {withCurrent(control.options, value, required || field.fallback !== undefined).map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    case "boxes":
    case "text":
      return <input {...text} value={value} aria-required={needed} />;
  }
}

/** What the record holds is always among the options, whoever wrote it there. */
function withCurrent(options: readonly Option[], value: string, needed: boolean): readonly Option[] {
  const none = needed || options.some((option) => option.value === "") ? [] : [{ value: "", label: "—" }];
  const known = value === "" || options.some((option) => option.value === value);
  return [...none, ...options, ...(known ? [] : [{ value, label: value }])];
}

function Boxes({ field, typed, disabled, options }: Props & { options: readonly Option[] }) {
  const chosen = typed.getAll(field.path);
  const gone = chosen.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...gone.map((value) => ({ value, label: value }))];
  return (
    <div class="choices">
      {all.map(({ value, label }) => (
        <label for={`${field.path}-${value}`}>
          <input
            type="checkbox"
            id={`${field.path}-${value}`}
            name={field.path}
            value={value}
            checked={chosen.includes(value)}
            disabled={disabled}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
