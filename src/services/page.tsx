import { useMutation, useQuery } from '@tanstack/react-query';
import React from 'react';

import { count, seconds } from '../shared/format';
import { Page } from '../shared/page';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import { Failed, Waiting } from '../shared/waiting';
import { changeState, isMoving, keys, type Service, showService } from './api';
import { CallIt } from './call-it';
import { lookOf } from './look';
import { TryRow } from './try-row';

/** The page of a service. */
export function ServicePage(props: { name: string }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands, border } = useRoom();
  const { name } = props;
  const { data: service, error } = useQuery({
    queryKey: keys.service(name),
    queryFn: ({ signal }) => showService(request, name, signal),
    refetchInterval: query => (isMoving(query.state.data?.state) ? 1000 : 5000)
  });
  const change = useMutation({
    mutationFn: (state: 'running' | 'stopped') => changeState(request, name, state),
    onSettled: () => border.queries.invalidateQueries({ queryKey: ['services'] })
  });
  if (error) {
    return <Failed error={error} />;
  }
  if (!service) {
    return <Waiting />;
  }
  const stopped = service.state === 'stopped' || service.state === 'failed';
  const tabs: [string, string, () => JSX.Element][] = [
    ['try', trans.__('Try a Row'), () => <TryRow service={service} />],
    ['call', trans.__('Call It'), () => <CallIt service={service} />],
    ['versions', trans.__('Versions'), () => <Versions service={service} />],
    ['about', trans.__('About'), () => <About service={service} />]
  ];
  return (
    <Page
      title={service.name}
      subtitle={service.description || trans.__('service of model %1', service.model)}
      state={<State value={lookOf(service.state)} />}
      actions={[
        {
          id: 'state',
          label: stopped ? trans.__('Start') : trans.__('Stop'),
          caption: stopped ? trans.__('Start this service') : trans.__('Stop this service'),
          primary: stopped,
          disabled: change.isPending ? trans.__('One moment…') : undefined,
          onClick: () => change.mutate(stopped ? 'running' : 'stopped')
        },
        {
          id: 'delete',
          label: trans.__('Delete…'),
          caption: trans.__('Stop and delete this service'),
          danger: true,
          onClick: () => void commands.execute('cookhouse:delete-service', { name })
        }
      ]}
      tabs={tabs.map(([id, label, draw]) => ({
        id,
        label,
        body: () => (
          <>
            <Trouble service={service} error={change.error} />
            {draw()}
          </>
        )
      }))}
    />
  );
}

function Trouble(props: { service: Service; error: unknown }): JSX.Element | null {
  if (props.error) {
    return <Failed error={props.error} />;
  }
  return props.service.reason ? (
    <p className="ck-Sentence ck-mod-bad" role="alert">
      {props.service.reason}
    </p>
  ) : null;
}

function Versions(props: { service: Service }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  return (
    <Table
      label={trans.__('Versions of %1', props.service.name)}
      rows={props.service.versions ?? []}
      rowKey={row => String(row.version)}
      columns={[
        {
          id: 'version',
          title: trans.__('Version'),
          render: row =>
            row.current ? trans.__('%1 · in force', row.version) : String(row.version)
        },
        {
          id: 'run',
          title: trans.__('Run'),
          render: row => (
            <button
              type="button"
              className="ck-Link"
              onClick={() =>
                void commands.execute('cookhouse:open-run', { model: row.model, id: row.run })
              }
            >
              {row.model}
            </button>
          )
        },
        { id: 'made', title: trans.__('Published'), render: row => <When at={row.created} /> },
        { id: 'who', title: trans.__('Who'), render: row => row.who ?? '' }
      ]}
    />
  );
}

function About(props: { service: Service }): JSX.Element {
  const trans = useTrans();
  const { service } = props;
  return (
    <dl className="ck-Facts">
      <dt>{trans.__('Requests')}</dt>
      <dd>{count(service.requests ?? 0)}</dd>
      <dt>{trans.__('Errors')}</dt>
      <dd>{count(service.errors ?? 0)}</dd>
      <dt>{trans.__('Latency (median)')}</dt>
      <dd>
        {typeof service.latency_p50 === 'number'
          ? seconds(service.latency_p50)
          : trans.__('none yet')}
      </dd>
      <dt>{trans.__('Recipe')}</dt>
      <dd>{trans.__('%1, version %2', service.recipe, service.recipe_version)}</dd>
      <dt>{trans.__('Address of the host itself')}</dt>
      <dd>{service.host_url ?? trans.__('not running')}</dd>
      <dt>{trans.__('Published')}</dt>
      <dd>
        <When at={service.created} /> {service.who && trans.__('by %1', service.who)}
      </dd>
    </dl>
  );
}
