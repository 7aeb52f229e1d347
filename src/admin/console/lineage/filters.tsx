/** Which part of the picture is shown. */
import type { Graph } from "../../lineage/node.ts";
import type { Desk } from "../desk.ts";
import type { Asked } from "./view.ts";

export function Filters({ desk, graph: { nodes }, asked }: { desk: Desk; graph: Graph; asked: Asked }) {
  const connections = [...new Set(nodes.flatMap(({ connection }) => connection ?? []))];
  const clients = nodes.filter(({ column }) => column === "client");
  return (
    <form method="get" class="filters lineage-filters" role="search">
      <Choice
        name="connection"
        label="Identity provider"
        chosen={asked.connection}
        options={connections.map((id) => ({ value: id, label: id }))}
      />
      <Choice
        name="client"
        label="Application"
        chosen={asked.client}
        options={clients.map(({ name, display_name = name }) => ({ value: name, label: display_name }))}
      />
      <div class="field switch">
        <label for="flows">
          <input type="checkbox" id="flows" name="flows" value="on" checked={asked.flows} />
          <span>Only what gets through</span>
        </label>
      </div>
      <p class="actions">
        <button class="button" id="filter">
          Show
        </button>
        <a class="button" id="all" href={desk.href("/data-lineage")}>
          Show all
        </a>
      </p>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Choice({ name, label, chosen, options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">All</option>
        {options.map(({ value, label: words }) => (
          <option value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
