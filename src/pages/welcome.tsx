import { Card } from "../ui/card.tsx";
import type { Frame } from "../ui/layout.tsx";
import { Say } from "../ui/say.tsx";

export interface WelcomeProps {
  readonly frame: Frame;
  /** The public host of the deployment. */
  readonly host: string;
}

/** What someone sees who opens the bare address. It names no workspace: that list is nobody's business. */
export function Welcome({ frame, host }: WelcomeProps) {
  const words = frame.text.welcome;
  return (
    <Card frame={frame} title={words.title}>
      <h1>{words.title}</h1>
      <p>
        <Say words={words.message} values={{ host }} strong />
      </p>
      <p class="quiet">{words.lost}</p>
    </Card>
  );
}
