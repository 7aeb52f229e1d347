export interface SharedValue {
  readonly label: string;
  readonly value: string;
}

/** The very values that will be shared. */
export function Shared({ values }: { values: readonly SharedValue[] }) {
  return (
    <dl class="shared">
      {values.map(({ label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
