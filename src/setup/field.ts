/** One thing to fill in. */
export interface Field {
  /** That of the attribute, where it is one. */
  readonly name: string;
  readonly label: string;
  /** What to write, with an example. */
  readonly hint: string;
  /** Default: empty. */
  readonly initial?: string;
  /** Default: false. */
  readonly optional?: boolean;
  /** Other attributes that follow from it: what is wrong with them is shown here. */
  readonly gives?: readonly string[];
}

/** What was filled in, by the name of the field. A field that is absent has its initial value. */
export type Values = Readonly<Record<string, string>>;

export const valueOf = (values: Values, { name, initial = '' }: Pick<Field, 'name' | 'initial'>): string =>
  values[name] ?? initial;
