import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { sentenceOf } from '../border/failure';
import { count } from '../shared/format';
import { RowList } from '../shared/rows';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { keys, listServices } from './api';
import { lookOf } from './look';

/** The services in the sidebar. */
export function ServiceSection(props: { onCount: (count: number | null) => void }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { data, error, isLoading } = useQuery({
    queryKey: keys.list,
    queryFn: ({ signal }) => listServices(request, signal)
  });
  const { onCount } = props;
  React.useEffect(() => onCount(data?.total || null), [data?.total, onCount]);
  const open = (name: string): void => {
    void commands.execute('cookhouse:open-service', { name });
  };
  return (
    <RowList
      label={trans.__('Services')}
      loading={isLoading}
      problem={error ? sentenceOf(error) : undefined}
      items={(data?.items ?? []).map(service => ({
        id: service.name,
        title: service.name,
        detail: trans._n(
          '%1 request',
          '%2 requests',
          service.requests ?? 0,
          count(service.requests)
        ),
        state: <State value={lookOf(service.state)} short />,
        onOpen: () => open(service.name),
        menu: [
          {
            label: trans.__('Open'),
            caption: trans.__('Open the page of this service'),
            onClick: () => open(service.name)
          },
          {
            label: trans.__('Delete…'),
            caption: trans.__('Stop and delete this service'),
            onClick: () => void commands.execute('cookhouse:delete-service', { name: service.name })
          }
        ]
      }))}
      total={data?.total}
      empty={{ text: trans.__('No services yet. Publish a model that was trained.') }}
      filter
    />
  );
}
