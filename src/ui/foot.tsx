import type { Frame } from "./layout.tsx";
import { Mark } from "./mark.tsx";
import { Say } from "./say.tsx";

/** The end of every page: whose it is, and the number to give to support. */
export function Foot({ frame: { text, workspace, request_id } }: { frame: Frame }) {
  return (
    <footer class="foot">
      <span class="foot-product">
        <Mark size={16} />
        {text.product}
      </span>
      {workspace?.help && (
        <span class="foot-help">
          <Say words={text.help} values={{ help: workspace.help }} />
        </span>
      )}
      {request_id && (
        <span class="foot-request">
          <Say words={text.request} values={{ id: request_id }} />
        </span>
      )}
    </footer>
  );
}
