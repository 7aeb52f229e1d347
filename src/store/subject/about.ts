/** Whom and what an event is about; sent along with every decision. */
export interface About {
  readonly workspace: string;
  readonly subject: string;
  readonly request_id: string;
  /** The operator, where it is not the person. */
  readonly by?: string;
}
