/** Which part of the picture is shown. */
import type { Graph } from "../../lineage/node.ts";
import type { Desk } from "../desk.ts";
import { type Asked, connectionsOf } from "./view.ts";

interface Props {
  readonly desk: Desk;
  readonly graph: Graph;
  readonly asked: Asked;
  /** Kinds of records of which there are more than the graph has. */
  readonly more: readonly string[];
}

export function Filters({ desk, graph, asked, more }: Props) {
  const clients = graph.nodes.filter(({ column }) => column === "client");
  return (
    <form method="get" class="filters lineage-filters" role="search">
      <Choice
        name="connection"
        label="Identity provider"
        chosen={asked.connection}
        options={connectionsOf(graph).map((id) => ({ value: id, label: id }))}
        typed={more.includes("connections")}
      />
      <Choice
        name="client"
        label="Application"
        chosen={asked.client}
        options={clients.map(({ name, display_name = name }) => ({ value: name, label: display_name }))}
        typed={more.includes("clients")}
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

/** More than can be listed are named: by the ID, or by a part of it or of the name. */
interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly typed: boolean;
}

function Choice({ name, label, chosen, options, typed }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {typed ? (
        <input
          id={name}
          name={name}
          value={chosen}
          placeholder="ID or name"
          autocomplete="off"
          spellcheck={false}
        />
      ) : (
        <select id={name} name={name}>
          <option value="">All</option>
          {options.map(({ value, label: words }) => (
            <option value={value} selected={value === chosen}>
              {words}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
