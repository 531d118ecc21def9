import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { type IChoice, SelectField } from './fields';
import { useRequest, useTrans } from './room-widget';

/** The names of all datasets or models, to choose from; empty while they are read. */
export function useNames(room: 'datasets' | 'models', enabled = true): string[] {
  const request = useRequest();
  const { data } = useQuery({
    queryKey: [room, 'names'],
    queryFn: async ({ signal }) => {
      const page = await request('get', `/${room}`, { query: { limit: 500 }, signal });
      return page.items.map(item => item.name);
    },
    enabled
  });
  return data ?? [];
}

/** Names as choices of a select, with a first one that stands for none. */
export function choicesOf(names: readonly string[], none: string): IChoice[] {
  return [{ value: '', label: none }, ...names.map(name => ({ value: name, label: name }))];
}

/** A select of models, for forms that were opened without one. */
export function ModelField(props: {
  value: string;
  onChange: (model: string) => void;
}): JSX.Element {
  const trans = useTrans();
  const names = useNames('models');
  return (
    <SelectField
      label={trans.__('Model')}
      value={props.value}
      choices={choicesOf(names, names.length ? trans.__('Choose…') : trans.__('No models yet'))}
      onChange={props.onChange}
    />
  );
}
