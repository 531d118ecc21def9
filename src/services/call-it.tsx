import { Clipboard } from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import { useMutation, useQuery } from '@tanstack/react-query';
import React from 'react';

import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import { Failed } from '../shared/waiting';
import { createKey, deleteKey, keys, listKeys, type Service } from './api';
import { freshKeys } from './fresh-keys';
import { curl, javascript, python } from './snippets';

const PLACE = 'YOUR-KEY';

/** How to call the service from anywhere: snippets and keys. */
export function CallIt(props: { service: Service }): JSX.Element {
  const trans = useTrans();
  const { border } = useRoom();
  const { service } = props;
  const [key, setKey] = React.useState<string | null>(freshKeys.take(service.name));
  const call = {
    url: URLExt.join(border.settings.baseUrl, service.url),
    row: service.example ?? {},
    key: key ?? PLACE
  };
  return (
    <>
      {key && <FreshKey value={key} />}
      <Snippet title="curl" text={curl(call)} />
      <Snippet title="Python" text={python(call)} />
      <Snippet title="JavaScript" text={javascript(call)} />
      {!key && (
        <p className="ck-Field-help">
          {trans.__(
            'Put a key of this service in the place of %1; a new one is shown once.',
            PLACE
          )}
        </p>
      )}
      <Keys name={service.name} onKey={setKey} />
    </>
  );
}

function FreshKey(props: { value: string }): JSX.Element {
  const trans = useTrans();
  return (
    <div className="ck-FreshKey" role="status">
      <p>{trans.__('Copy this key now: it is not shown again.')}</p>
      <code aria-label={trans.__('Key')}>{props.value}</code>
      <CopyButton text={props.value} what={trans.__('Copy the key')} />
    </div>
  );
}

function Snippet(props: { title: string; text: string }): JSX.Element {
  const trans = useTrans();
  return (
    <section className="ck-Snippet" aria-label={props.title}>
      <header>
        <h3>{props.title}</h3>
        <CopyButton text={props.text} what={trans.__('Copy the %1 snippet', props.title)} />
      </header>
      <pre>{props.text}</pre>
    </section>
  );
}

function CopyButton(props: { text: string; what: string }): JSX.Element {
  const trans = useTrans();
  const [copied, setCopied] = React.useState(false);
  return (
    <button
      type="button"
      className="ck-Button jp-mod-styled jp-mod-reject"
      title={props.what}
      aria-label={props.what}
      onClick={() => {
        Clipboard.copyToSystem(props.text);
        setCopied(true);
      }}
    >
      {copied ? trans.__('Copied') : trans.__('Copy')}
    </button>
  );
}

function Keys(props: { name: string; onKey: (key: string) => void }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { border } = useRoom();
  const { name, onKey } = props;
  const again = (): Promise<void> =>
    border.queries.invalidateQueries({ queryKey: keys.keys(name) });
  const { data, error } = useQuery({
    queryKey: keys.keys(name),
    queryFn: ({ signal }) => listKeys(request, name, signal)
  });
  const make = useMutation({
    mutationFn: () => createKey(request, name, ''),
    onSuccess: made => {
      onKey(made.key ?? '');
      void again();
    }
  });
  const drop = useMutation({
    mutationFn: (id: string) => deleteKey(request, name, id),
    onSuccess: again
  });
  const failure = error ?? make.error ?? drop.error;
  return (
    <section aria-label={trans.__('Keys')}>
      <h3>{trans.__('Keys')}</h3>
      {failure && <Failed error={failure} />}
      <Table
        label={trans.__('Keys of %1', name)}
        rows={data?.items ?? []}
        rowKey={item => item.id}
        empty={trans.__('No keys: only people who are logged in can call this service.')}
        columns={[
          { id: 'hint', title: trans.__('Key'), render: item => <code>{item.hint}…</code> },
          { id: 'made', title: trans.__('Made'), render: item => <When at={item.created} /> },
          { id: 'who', title: trans.__('Who'), render: item => item.who ?? '' },
          {
            id: 'drop',
            title: '',
            align: 'end',
            render: item => (
              <button type="button" className="ck-Link" onClick={() => drop.mutate(item.id)}>
                {trans.__('Withdraw')}
              </button>
            )
          }
        ]}
      />
      <button
        type="button"
        className="ck-Button jp-mod-styled jp-mod-reject"
        disabled={make.isPending}
        onClick={() => make.mutate()}
      >
        {trans.__('Make Key')}
      </button>
    </section>
  );
}
